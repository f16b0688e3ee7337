"""What-if questions: facts are replaced in the document, nothing is saved, and faulty input is kept."""

from dataclasses import replace

import pytest

from caseflow.errors import Invalid
from caseflow.features.cases.queries import history, whole_case
from caseflow.features.deadlines.queries import deadlines_of_case
from caseflow.features.readiness.commands import WhatIf
from caseflow.features.readiness.facts import case_document
from caseflow.features.readiness.queries import answers_of_case
from caseflow.features.readiness.what_if import first_filing_day, replace_facts
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.law import UncertainDate
from caseflow.models import Role
from tests.factories import (
    days_ago,
    in_days,
    known,
    make_actor,
    make_case,
    make_claim,
    make_remedy,
    make_section,
    not_used,
)


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def claim(runtime, ana):
    return make_claim(runtime.units, ana, make_case(runtime.units, ana))


@pytest.fixture
def pending(runtime, ana, claim):
    return make_remedy(
        runtime.units, ana, claim, stage="APPEAL", authority="Provincial Court", outcome="pending", filed=known(2024)
    )


def boxes(name, day):
    return {f"{name}__day": str(day.day), f"{name}__month": str(day.month), f"{name}__year": str(day.year)}


def document(runtime, ana, claim):
    with runtime.units.begin(ana) as uow:
        return case_document(uow, whole_case(uow, claim.case_id))


def test_a_decision_is_replaced_in_the_document_and_nowhere_else(runtime, ana, claim, pending):
    before = document(runtime, ana, claim)
    decided = UncertainDate.of(in_days(30))
    asked = WhatIf(on=in_days(30), remedy_id=pending.id, decided=decided, notified=None, outcome="dismissed")
    facts = replace_facts(before, asked)
    (changed,) = facts.claims[0].remedies
    (same,) = before.facts.claims[0].remedies
    assert changed == replace(same, decided=decided, outcome="dismissed", notified=None)
    assert document(runtime, ana, claim).facts == before.facts


@pytest.mark.parametrize(
    ("asked", "box"),
    [
        ({"decided": known(2025, 1, 1)}, "outcome"),
        ({"outcome": "dismissed"}, "decided"),
        ({"decided": known(2025, 1, 1), "outcome": "pending"}, "outcome"),
        ({"decided": known(2023, 1, 1), "outcome": "dismissed"}, "decided"),
        ({"decided": known(2025, 1, 2), "notified": known(2025, 1, 1), "outcome": "dismissed"}, "notified"),
        ({"decided": known(2999, 1, 1), "outcome": "dismissed"}, "decided"),
        ({"on": known(1999, 1, 1).earliest, "decided": known(2025, 1, 1), "outcome": "dismissed"}, "filed_on"),
        ({"remedy_id": None, "outcome": "dismissed"}, "remedy"),
    ],
)
def test_an_impossible_value_is_reported_at_its_field(runtime, ana, pending, asked, box):
    given = {"on": in_days(0), "remedy_id": pending.id, **asked}
    with pytest.raises(Invalid) as refused:
        replace_facts(document(runtime, ana, pending), WhatIf(**given))
    assert set(refused.value.fields) == {box}


def test_a_remedy_of_another_case_is_refused(runtime, ana, claim):
    other = make_remedy(runtime.units, ana, make_claim(runtime.units, ana, make_case(runtime.units, ana)))
    unused = not_used(runtime.units, ana, claim)
    for remedy in (other, unused):
        with pytest.raises(Invalid):
            replace_facts(
                document(runtime, ana, claim),
                WhatIf(
                    on=in_days(0), remedy_id=remedy.id, decided=known(2025, 1, 1), notified=None, outcome="dismissed"
                ),
            )


def test_the_day_of_filing_is_not_before_the_assumed_days():
    day = in_days(0)
    assert first_filing_day(day, WhatIf(on=day)) == day
    assert first_filing_day(
        day, WhatIf(on=day, decided=UncertainDate.of(in_days(9)), notified=UncertainDate.of(in_days(12)))
    ) == in_days(12)


def test_the_page_shows_what_would_differ_and_saves_nothing(pages, runtime, ana, claim, pending):
    before = stored_state(runtime, ana, claim)
    path = f"/cases/{claim.case_id}/what-if"
    page = pages(ana).submit(path, remedy=str(pending.id), outcome="dismissed", **boxes("decided", in_days(20)))
    assert "Domestic remedies exhausted: Not met (may be met later) → to" in page.words
    assert (page.path, page.answer.request.query_string) == (path, b""), "days of a case appear in no address"
    assert page.form().values()["outcome"] == ["dismissed"]
    assert stored_state(runtime, ana, claim) == before


def stored_state(runtime, ana, claim):
    """Return everything that saving would change: versions, answers, deadlines and the audit trail."""
    with runtime.units.begin(ana) as uow:
        case = whole_case(uow, claim.case_id)
        remedies = [(remedy.outcome, remedy.version) for remedy in remedies_of_case(uow, case)]
        acts = [entry.action for entry in history(uow, case.id, limit=100)]
        answers = answers_of_case(uow, case.id, None, 100)
        return case.version, remedies, acts, [answer.id for answer in answers], len(deadlines_of_case(uow, case.id))


def test_as_if_filed_on_another_day(pages, runtime, ana, claim):
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(100), notified=days_ago(100))
    page = pages(ana).submit(f"/cases/{claim.case_id}/what-if", **boxes("filed_on", in_days(600)))
    assert "Within one year: Met → to Not met" in page.words
    assert "Gaps → to Barred" in page.words
    same = pages(ana).submit(f"/cases/{claim.case_id}/what-if")
    assert "No result would differ" in same.words


def test_faulty_input_is_reported_and_kept(pages, ana, claim, pending):
    path = f"/cases/{claim.case_id}/what-if"
    page = pages(ana).submit(path, remedy=str(pending.id), decided__year="2025", outcome="dismissed", status=422)
    assert "Enter the day, the month and the year." in page.error_at("decided")
    assert page.form().values()["outcome"] == ["dismissed"]
    page = pages(ana).submit(path, outcome="dismissed", status=422)
    assert "Choose the remedy that was decided" in page.error_at("remedy")
    page = pages(ana).submit(path, remedy="not-an-id", status=422)
    assert "Choose one from the list" in page.error_at("remedy")
