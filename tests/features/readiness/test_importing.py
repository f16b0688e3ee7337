"""Importing real case facts: the page of the case shows what the engine finds in the document."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from wtforms import StringField

from caseflow import law
from caseflow.errors import Invalid
from caseflow.features.cases.commands import NewCase
from caseflow.features.cases.forms import CaseForm
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import open_case
from caseflow.features.claims.forms import ActForm, ClaimForm, OtherTreatyForm
from caseflow.features.objections.forms import ObjectionForm
from caseflow.features.procedures.forms import OtherProcedureForm
from caseflow.features.readiness.facts import case_document
from caseflow.features.readiness.importing import LINES as LINES_OF_FACTS
from caseflow.features.readiness.importing import import_facts
from caseflow.features.readiness.service import assess_case
from caseflow.features.remedies.forms import RemedyForm
from caseflow.law import decode, read_facts
from caseflow.law.writing import facts_document
from caseflow.models import Role, Section
from caseflow.web.words import label
from tests.factories import make_actor, make_section, seal
from tests.law.building import claim, document, victim

FACTS = Path(__file__).parents[2] / "law" / "examples" / "facts"
EXAMPLES = sorted(FACTS.glob("*.json"))
LEFT_OUT = {"consent", "written-and-named", "substantiation"}
"""Rules that read what an import leaves out: days of consents, who the author is, evidence."""
"""Rules on facts for which a case has no fields yet; they stay unknown in an imported case."""


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


def results(findings):
    return [(one.rule, one.result) for one in findings.findings if one.rule not in LEFT_OUT]


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


def test_requests_for_housing_come_in_and_go_out_again(runtime, ana):
    asked = [
        {"authority": "The city", "applied": "2015-03", "answered": None, "answer": "refused"},
        {"applied": "2016"},
    ]
    facts = document(claim(housing_applications=asked))
    with runtime.units.begin(ana) as uow:
        imported = import_facts(uow, ana.memberships[0].section_id, read_facts(facts))
    with runtime.units.begin(ana) as uow:
        found = case_document(uow, whole_case(uow, imported.case.id)).facts
    assert found.claims[0].housing_applications == read_facts(facts).claims[0].housing_applications


def test_victims_come_in_by_code_name_and_go_out_again(runtime, ana):
    people = [
        victim("mother", consent="author"),
        victim("block", kind="group", identified=False),
        victim("child", personally_affected=None),
    ]
    facts = document(claim(victims=["mother", "child"]), claim(id="other", victims=None), victims=people)
    with runtime.units.begin(ana) as uow:
        imported = import_facts(uow, ana.memberships[0].section_id, read_facts(facts))
    assert any("2 consent(s)" in each for each in imported.left_out)
    with runtime.units.begin(ana) as uow:
        found = case_document(uow, whole_case(uow, imported.case.id)).facts
    assert [(one.id, one.kind, one.identified, one.personally_affected, one.consent) for one in found.victims] == [
        ("V1", "individual", True, True, "author"), ("V2", "group", False, True, None), ("V3", "individual", True, None, None),
    ]  # fmt: skip
    assert [one.victims for one in found.claims] == [("V1", "V3"), None]


def test_whom_remedies_concern_comes_in_and_goes_out_again(runtime, ana):
    used = [{"stage": "COURT_1", "victims": named} for named in (None, ["mother", "child"], ["child"], [])]
    facts = document(claim(victims=None, remedies=used), victims=[victim("mother"), victim("child")])
    with runtime.units.begin(ana) as uow:
        imported = import_facts(uow, ana.memberships[0].section_id, read_facts(facts))
    assert not any("victim" in each for each in imported.left_out)
    with runtime.units.begin(ana) as uow:
        found = case_document(uow, whole_case(uow, imported.case.id)).facts
    assert [one.victims for one in found.claims[0].remedies] == [None, ("V1", "V2"), ("V2",), ()]
    assert read_facts(facts_document(found)) == found


def test_objections_and_other_treaties_come_in_and_go_out_again(runtime, ana):
    named = [{"treaty": "CRC", "article": "28(1)"}, {"treaty": "OTHER", "article": None}]
    objections = [
        {"ground": "exhaustion", "raised": "2018-03", "names_remedy": False, "summary": "Open"},
        {"ground": "abuse"},
    ]
    for given in (objections, []):
        facts = read_facts(document(claim(other_treaty_articles=named), state_objections=given))
        with runtime.units.begin(ana) as uow:
            imported = import_facts(uow, ana.memberships[0].section_id, facts)
        with runtime.units.begin(ana) as uow:
            found = case_document(uow, whole_case(uow, imported.case.id)).facts
        assert found.claims[0].other_treaty_articles == facts.claims[0].other_treaty_articles
        assert found.state_objections == facts.state_objections


def test_the_page_of_2_2014_shows_its_findings(pages, app, runtime, ana):
    imported = import_document(runtime, ana, next(path for path in EXAMPLES if path.stem.startswith("2-2014")))
    assert imported.left_out, "consents and evidence are not brought in, and that is said"
    page = pages(ana).get(f"/cases/{imported.case.id}/readiness", most=22)
    with app.test_request_context():
        names = [
            label("rule", one) for one in ("state-party", "facts-after-entry-into-force", "exhaustion", "one-year")
        ]
    for name in names:
        assert name in page.words
    assert "OP-ICESCR art. 3(1)" in page.words
    assert "Add the file that proves it" in page.words


def test_every_finding_links_to_its_field(pages, runtime, ana):
    for path in EXAMPLES:
        case = import_document(runtime, ana, path).case
        page = pages(ana).get(f"/cases/{case.id}/readiness", most=22)
        links = {
            words: href for words, href in page.links.items() if href.startswith(f"/cases/{case.id}/") and "#" in href
        }
        targets = {
            target: pages(ana).get(target).markup.ids for target in {href.partition("#")[0] for href in links.values()}
        }
        for words, href in links.items():
            target, _, field = href.partition("#")
            assert field in targets[target], (words, href)


LINES = ["/reference", "/claims/0/acts/0/what", "/claims/0/remedies/0/authority", "/earlier_communications/0/number"]
TEXTS = [
    "/lateness_reason", "/claims/0/disadvantage", "/claims/0/general_importance", "/claims/0/delay/explanation",
    "/claims/0/acts/0/continuing_reason", "/claims/0/remedies_not_used/0/explanation",
]  # fmt: skip


def document_with(path, length):
    """Return a document that has every text, and one of this length."""
    facts = document(
        reference="Title",
        lateness_reason="Ill",
        earlier_communications=[{"number": "1/2013", "status": "pending"}],
        claims=[
            {
                "id": "c1",
                "rights": ["HOUSING"],
                "acts": [{"what": "Eviction", "from": "2016-01", "continuing": True, "continuing_reason": "Still"}],
                "remedies": [{"stage": "COURT_1", "authority": "Court", "filed": "2016-02"}],
                "remedies_not_used": [{"stage": "APPEAL", "reason": "not_tried", "explanation": "None"}],
                "delay": {"claimed": True, "explanation": "Slow"},
                "disadvantage": "Home lost",
                "general_importance": "Many",
            }
        ],
    )
    *steps, last = [int(step) if step.isdigit() else step for step in path.strip("/").split("/")]
    place = facts
    for step in steps:
        place = place[step]
    place[last] = "x" * length
    return facts


def brought_in(runtime, ana, facts):
    with runtime.units.begin(ana) as uow:
        return import_facts(uow, ana.memberships[0].section_id, read_facts(facts)).case


@pytest.mark.parametrize("length", [251, 300, 301, 60_000])
@pytest.mark.parametrize("path", LINES)
def test_a_line_longer_than_its_box_is_refused_with_its_path_and_figures(runtime, ana, path, length):
    with pytest.raises(law.InvalidFacts) as refused:
        brought_in(runtime, ana, document_with(path, length))
    assert [
        (fault.path, f"has {length} characters; at most 250" in fault.sentence) for fault in refused.value.faults
    ] == [(path, True)]


@pytest.mark.parametrize("length", [20_001, 60_000, 2_000_000])
@pytest.mark.parametrize("path", TEXTS)
def test_a_text_longer_than_its_box_is_refused(runtime, ana, path, length):
    with pytest.raises(law.InvalidFacts) as refused:
        brought_in(runtime, ana, document_with(path, length))
    assert [fault.path for fault in refused.value.faults] == [path]


@pytest.mark.parametrize("path", [*LINES, *TEXTS])
def test_the_longest_text_that_is_brought_in_can_be_changed_on_its_page(runtime, ana, pages, path):
    case = brought_in(runtime, ana, document_with(path, 250 if path in LINES else 20_000))
    browser = pages(ana)
    links = {
        link
        for page in ("facts", "remedies")
        for link in re.findall(r'href="(/cases/[^"#?]+)"', browser.get(f"/cases/{case.id}/{page}").html)
        if link.endswith("/edit") or re.search(r"/(acts|remedies|claims|procedures)/[0-9a-f-]{36}$", link)
    }
    assert len(links) >= 6, links
    for link in links:
        browser.send(browser.get(link, most=25))


def test_every_text_of_the_facts_has_the_limit_of_its_box():
    boxes = {
        "reference": CaseForm.title, "lateness_reason": CaseForm.lateness_reason, "what": ActForm.what, "id": ClaimForm.label,
        "continuing_reason": ActForm.continuing_reason, "authority": RemedyForm.authority, "explanation": RemedyForm.explanation,
        "disadvantage": ClaimForm.disadvantage, "general_importance": ClaimForm.general_importance,
        "number": OtherProcedureForm.file_number, "article": OtherTreatyForm.article, "summary": ObjectionForm.summary,
    }  # fmt: skip
    assert {name for name, box in boxes.items() if box.field_class is StringField} == LINES_OF_FACTS


def test_a_service_refuses_a_line_that_is_too_long_for_its_column_and_names_it(runtime, ana):
    with pytest.raises(Invalid) as refused, runtime.units.begin(ana) as uow:
        open_case(
            uow, NewCase(section_id=ana.memberships[0].section_id, state_code="ES", right="HOUSING", title="x" * 301)
        )
    assert str(refused.value) == "Nothing was saved: title has 301 characters, and at most 250 fit."


def test_the_same_facts_are_imported_once_unless_they_are_wanted_again(runtime, ana):
    first = import_document(runtime, ana, EXAMPLES[0]).case
    with pytest.raises(Invalid, match=f"they are the case {first.reference}"):
        import_document(runtime, ana, EXAMPLES[0])
    import_document(runtime, ana, EXAMPLES[1])
    facts = read_facts(decode(EXAMPLES[0].read_bytes()))
    with runtime.units.begin(ana) as uow:
        again = import_facts(uow, ana.memberships[0].section_id, facts, again=True).case
    assert again.reference != first.reference


def test_what_a_hidden_case_was_imported_from_is_not_said(runtime, ana):
    """A sealed case of a colleague: its facts may be imported, as if there were no such case."""
    first = import_document(runtime, ana, EXAMPLES[0]).case
    seal(runtime.units, ana, first)
    with runtime.units.begin(ana) as uow:
        section = uow.session.get(Section, ana.memberships[0].section_id)
    colleague = make_actor(runtime.units, (section, Role.CASEWORKER))
    assert import_document(runtime, colleague, EXAMPLES[0]).case.reference != first.reference
