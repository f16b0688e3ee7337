"""The facts of decided communications give the dates of the decision: in the table of remedies and in the chronology."""

import json
from pathlib import Path

import pytest

from caseflow.features.cases.queries import whole_case
from caseflow.features.dossier.documents import complaint
from caseflow.features.dossier.gathered import gather
from caseflow.features.dossier.labels import LANGUAGES, Labels
from caseflow.features.readiness.importing import import_facts
from caseflow.law import UncertainDate
from caseflow.law.parsing import read_facts
from caseflow.models import Role
from tests.factories import make_actor, make_section

FACTS = Path(__file__).parents[2] / "law" / "examples" / "facts"
OWN = Path(__file__).parent / "facts"
"""Of communications whose facts were read in part, so that they are no examples of the engine."""
DECIDED = sorted(path.stem for path in FACTS.glob("[0-9]*.json"))


@pytest.fixture
def gathered(runtime):
    """Return what the documents of a case say that is opened from the facts of a decided communication."""
    section = make_section(runtime.units, "ES")
    ana = make_actor(runtime.units, (section, Role.CASEWORKER))

    def of(name):
        folder = OWN if (OWN / f"{name}.json").exists() else FACTS
        facts = json.loads((folder / f"{name}.json").read_text())
        with runtime.units.begin(ana) as uow:
            case_id = import_facts(uow, section.id, read_facts(facts)).case.id
        with runtime.units.begin(ana) as uow:
            return facts, gather(uow, whole_case(uow, case_id))

    return of


def tables_of(blocks, *head):
    return [
        row
        for one in blocks
        if one["kind"] == "table" and one["head"][: len(head)] == list(head)
        for row in one["rows"]
    ]


def test_5_2015_has_the_days_of_the_views(gathered):
    """Views of 20 June 2017, E/C.12/61/D/5/2015: evicted on 3 October 2013, after the court had refused to stay the eviction."""
    _, of = gathered("5-2015-ben-djazia-and-bellili-v-spain")
    blocks = complaint(of, Labels("en"))
    remedies = tables_of(blocks, "Remedy")
    assert [row[0] for row in remedies] == [
        "Court of first instance",
        "Court of second instance",
        "Constitutional complaint",
    ]
    assert remedies[0][1:6] == [
        "Court of First Instance No. 37, Madrid",
        "",
        "not after 3 October 2013",
        "",
        "Dismissed",
    ]
    assert remedies[2][5] == "Not used: Not available"
    assert tables_of(blocks, "Day") == [
        [
            "not after 3 October 2013",
            "Decision",
            "Court of First Instance No. 37, Madrid, Court of first instance, Dismissed",
        ],
        ["3 October 2013", "Act or omission", "eviction from a rented room without alternative housing"],
    ]


def test_61_2018_has_the_days_of_the_views(gathered):
    """Views of 12 October 2021, E/C.12/70/D/61/2018 (Walters v. Belgium), sent to the Committee on 5 October 2018.

    Notice of the landlady 21 August 2017, notice of the bailiff 17 September 2018 and eviction 17 October 2018 (paras. 8.2 and 12);
    both courts found the notice valid before that of the bailiff. Cassation came after filing: on 8 October 2020 by para. 2.17, while
    para. 7.2 says 4 November 2020.
    """
    _, of = gathered("61-2018-walters-v-belgium")
    blocks = complaint(of, Labels("en"))
    remedies = tables_of(blocks, "Remedy")
    assert [(row[0], row[3], row[5]) for row in remedies] == [
        ("Court of first instance", "", "Dismissed"),
        ("Court of second instance", "not after 17 September 2018", "Dismissed"),
        ("Supreme court, cassation", "8 October 2020", "Dismissed"),
    ]
    assert [(row[0], row[1]) for row in tables_of(blocks, "Day")] == [
        ("not after 17 September 2018", "Decision"),
        ("21 August 2017", "Act or omission"),
        ("17 September 2018", "Act or omission"),
        ("17 October 2018", "Act or omission"),
        ("8 October 2020", "Decision"),
    ]


@pytest.mark.parametrize("name", [*DECIDED, "61-2018-walters-v-belgium"])
def test_every_day_of_a_decided_communication_is_in_its_dossier(gathered, name):
    facts, of = gathered(name)
    labels = Labels("en")
    blocks = complaint(of, labels)
    remedies = [day for row in tables_of(blocks, "Remedy") for day in row[2:5]]
    chronology = [row[0] for row in tables_of(blocks, "Day")]
    for claim in facts["claims"]:
        for remedy in claim["remedies"]:
            for which in ("filed", "decided", "notified"):
                if remedy.get(which):
                    day = labels.day(UncertainDate.parse(remedy[which]))
                    assert day in remedies
                    assert day in chronology
        for act in claim["acts"]:
            for which in ("from", "until"):
                if act.get(which):
                    assert labels.day(UncertainDate.parse(act[which])) in chronology


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_have_words_for_every_code(gathered, language):
    """What has no words would stand there as a code, in capitals or with a dot."""
    for name in DECIDED[:10]:
        _, of = gathered(name)
        for row in tables_of(complaint(of, Labels(language))):
            assert not any("_" in cell for cell in row), row
