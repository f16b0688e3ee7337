"""Importing real case facts: the page of the case shows what the engine finds in the document."""

import json
from datetime import date
from pathlib import Path

import pytest

from caseflow import law
from caseflow.features.cases.queries import whole_case
from caseflow.features.readiness.facts import case_document
from caseflow.features.readiness.importing import import_facts
from caseflow.features.readiness.service import assess_case
from caseflow.law import decode, read_facts
from caseflow.models import Role
from caseflow.web.words import label
from tests.factories import make_actor, make_section

FACTS = Path(__file__).parents[2] / "law" / "examples" / "facts"
EXAMPLES = sorted(FACTS.glob("*.json"))
OF_PERSONS_AND_EVIDENCE = {"victim-standing", "consent", "written-and-named", "substantiation"}
"""Rules on facts for which a case has no fields yet; they stay unknown in an imported case."""


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


def results(findings):
    return [(one.rule, one.result) for one in findings.findings if one.rule not in OF_PERSONS_AND_EVIDENCE]


def import_document(runtime, ana, path):
    with runtime.units.begin(ana) as uow:
        return import_facts(uow, ana.memberships[0].section_id, read_facts(decode(path.read_bytes())))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_case_and_the_document_have_the_same_findings(runtime, ana, path):
    on = date.fromisoformat(json.loads(path.read_text())["on"])
    document = read_facts(decode(path.read_bytes()))
    imported = import_document(runtime, ana, path)
    with runtime.units.begin(ana) as uow:
        case = whole_case(uow, imported.case.id)
        found = assess_case(law.load_register(), case_document(uow, case), on)
    expected = law.assess(document, on, law.load_register())
    assert results(found) == results(expected)
    assert [(c.clock, c.safe_until, c.state) for c in found.clocks] == [
        (c.clock, c.safe_until, c.state) for c in expected.clocks
    ]


def test_the_page_of_2_2014_shows_its_findings(pages, app, runtime, ana):
    imported = import_document(runtime, ana, next(path for path in EXAMPLES if path.stem.startswith("2-2014")))
    assert imported.left_out, "persons and evidence have no fields yet, and that is said"
    page = pages(ana).get(f"/cases/{imported.case.id}", most=22)
    with app.test_request_context():
        names = [
            label("rule", one) for one in ("state-party", "facts-after-entry-into-force", "exhaustion", "one-year")
        ]
    for name in names:
        assert name in page.words
    assert "OP-ICESCR art. 3(1)" in page.words
    assert "Not part of the case file yet" in page.words


def test_every_finding_links_to_its_field(pages, runtime, ana):
    for path in EXAMPLES:
        case = import_document(runtime, ana, path).case
        page = pages(ana).get(f"/cases/{case.id}", most=22)
        links = {
            words: href for words, href in page.links.items() if href.startswith(f"/cases/{case.id}/") and "#" in href
        }
        targets = {
            target: pages(ana).get(target).markup.ids for target in {href.partition("#")[0] for href in links.values()}
        }
        for words, href in links.items():
            target, _, field = href.partition("#")
            assert field in targets[target], (words, href)
