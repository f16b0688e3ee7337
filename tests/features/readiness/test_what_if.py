"""What-if questions: facts are replaced in the document, nothing is saved, and faulty input is kept."""

import re
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
from caseflow.features.remedies.service import untried_steps
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
    assert "Choose the remedy or the next step" in page.error_at("remedy")
    page = pages(ana).submit(path, remedy="not-an-id", status=422)
    assert "Choose one from the list" in page.error_at("remedy")


@pytest.fixture
def dismissed(runtime, ana, claim):
    """Add a remedy that was dismissed, and whose next step is open."""
    return make_remedy(
        runtime.units, ana, claim, outcome="dismissed", decided=days_ago(10), notified=days_ago(10), raised_right=True,
        next_step="APPEAL", next_step_due=in_days(10),
    )  # fmt: skip


def steps(runtime, ana, claim):
    with runtime.units.begin(ana) as uow:
        return untried_steps(uow, whole_case(uow, claim.case_id), in_days(0))


def row_of(page, title):
    """Return a line of the comparison: today's answer, and the assumed one."""
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in page.html.split("<tr")]
    lines = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]
    (line,) = [one for one in lines if one and one[0] == title]
    return line[1:]


def test_the_next_step_is_the_recorded_one_and_the_map_names_its_authority(runtime, ana, claim, dismissed):
    (step,) = steps(runtime, ana, claim)
    assert (step.claim.id, step.stage, step.last_day) == (claim.id, "APPEAL", in_days(10))
    assert step.authority
    make_remedy(runtime.units, ana, claim, stage="APPEAL", outcome="pending", filed=days_ago(1))
    assert steps(runtime, ana, claim) == []


def test_a_step_that_only_the_map_proposes_can_be_tried(runtime, ana, claim):
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(3), notified=days_ago(3))
    (step,) = steps(runtime, ana, claim)
    assert (step.stage, step.last_day is not None) == ("APPEAL", True)


def test_a_step_that_only_the_ladder_records_can_be_tried(runtime, ana):
    case = make_case(runtime.units, ana, state_code="SI")
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(3), next_step="APPEAL")
    (step,) = steps(runtime, ana, claim)
    assert (step.stage, step.authority, step.last_day, step.then) == ("APPEAL", "", None, None)


def test_the_next_step_is_dismissed(pages, runtime, ana, claim, dismissed):
    before = stored_state(runtime, ana, claim)
    page = pages(ana).submit(
        f"/cases/{claim.case_id}/what-if", remedy=f"step:APPEAL:{claim.id}", outcome="dismissed",
        **boxes("filed", in_days(5)), **boxes("decided", in_days(90)), **boxes("notified", in_days(95)),
    )  # fmt: skip
    today, then = row_of(page, "Next domestic step: last day")
    assert ("10 days left" in today, then) == (True, "Not running")
    today, then = row_of(page, "One-year clock: safe until")
    assert "360 days left" in then or "361 days left" in then, "it begins with the assumed decision, not with the first"
    assert "Domestic remedies exhausted" in row_of(page, "Blocking")[0]
    assert "Domestic remedies exhausted" not in row_of(page, "Blocking")[1]
    assert "It is assumed that the right is raised" in page.words
    assert page.form().values()["remedy"] == [f"step:APPEAL:{claim.id}"]
    assert stored_state(runtime, ana, claim) == before


def test_the_next_step_is_pending(pages, ana, claim, dismissed):
    page = pages(ana).submit(
        f"/cases/{claim.case_id}/what-if", remedy=f"step:APPEAL:{claim.id}", outcome="pending",
        **boxes("filed", in_days(5)),
    )  # fmt: skip
    assert row_of(page, "Outlook")[1] == "Too early"
    assert row_of(page, "Next domestic step: last day")[1] == "Not running"


def test_the_next_step_is_not_pursued(pages, ana, claim, dismissed):
    path, step = f"/cases/{claim.case_id}/what-if", f"step:APPEAL:{claim.id}"
    page = pages(ana).submit(path, remedy=step, outcome="not_pursued")
    assert row_of(page, "Outlook") == ["Too early", "Barred"]
    assert "passes unused" in page.words
    excused = pages(ana).submit(path, remedy=step, outcome="not_pursued", reason_not_used="fear")
    assert row_of(excused, "Outlook")[1] != "Barred"
    assert "explained, and not proved" in excused.words


def test_without_a_reason_the_case_is_filed_after_the_last_day(runtime, ana, claim, dismissed):
    asked = WhatIf(on=in_days(0), steps=tuple(steps(runtime, ana, claim)), outcome="not_pursued")
    assert first_filing_day(in_days(0), asked) == in_days(11)
    assert first_filing_day(in_days(0), replace(asked, reason_not_used="fear")) == in_days(0)


def test_a_step_filed_too_late_is_warned_of(pages, ana, claim, dismissed):
    path = f"/cases/{claim.case_id}/what-if"
    given = {"remedy": f"step:APPEAL:{claim.id}", "outcome": "pending"}
    assert "after its last day" in pages(ana).submit(path, **given, **boxes("filed", in_days(11))).words
    assert "after its last day" not in pages(ana).submit(path, **given, **boxes("filed", in_days(10))).words


def test_the_same_step_is_tried_in_several_claims_at_once(pages, runtime, ana, claim, dismissed):
    with runtime.units.begin(ana) as uow:
        case = whole_case(uow, claim.case_id)
    second = make_claim(runtime.units, ana, case)
    make_remedy(
        runtime.units, ana, second, outcome="dismissed", decided=days_ago(9), raised_right=True,
        next_step="APPEAL", next_step_due=in_days(8),
    )  # fmt: skip
    path, given = f"/cases/{claim.case_id}/what-if", {"outcome": "dismissed", **boxes("filed", in_days(5))}
    given |= boxes("decided", in_days(90))
    one = pages(ana).submit(path, remedy=f"step:APPEAL:{claim.id}", **given)
    assert "Domestic remedies exhausted" in row_of(one, "Blocking")[1]
    both = pages(ana).submit(path, remedy="step:APPEAL", **given)
    assert "Domestic remedies exhausted" not in row_of(both, "Blocking")[1]
    assert "in claims 1, 2 together (last day " in both.words


@pytest.mark.parametrize(
    ("asked", "box"),
    [
        ({"outcome": "pending"}, "filed"),
        ({"outcome": None, "filed": known(2025, 1, 1)}, "outcome"),
        ({"outcome": "not_pursued", "filed": known(2025, 1, 1)}, "outcome"),
        ({"outcome": "dismissed", "filed": known(2025, 1, 1)}, "decided"),
        ({"outcome": "dismissed", "filed": known(2025, 1, 2), "decided": known(2025, 1, 1)}, "decided"),
        ({"outcome": "pending", "filed": known(2025, 1, 1), "reason_not_used": "fear"}, "reason_not_used"),
        ({"outcome": "pending", "filed": known(2999, 1, 1)}, "filed"),
    ],
)
def test_an_impossible_step_is_reported_at_its_field(runtime, ana, dismissed, asked, box):
    given = {"on": in_days(0), "steps": tuple(steps(runtime, ana, dismissed)), **asked}
    with pytest.raises(Invalid) as refused:
        replace_facts(document(runtime, ana, dismissed), WhatIf(**given))
    assert set(refused.value.fields) == {box}


@pytest.mark.parametrize(
    ("asked", "box"),
    [
        ({"outcome": "not_pursued"}, "outcome"),
        ({"outcome": "pending", "filed": known(2025, 1, 1)}, "filed"),
        ({"outcome": "pending", "reason_not_used": "fear"}, "reason_not_used"),
    ],
)
def test_what_belongs_to_a_next_step_is_refused_for_a_recorded_remedy(runtime, ana, pending, asked, box):
    with pytest.raises(Invalid) as refused:
        replace_facts(document(runtime, ana, pending), WhatIf(on=in_days(0), remedy_id=pending.id, **asked))
    assert box in refused.value.fields


def test_a_step_of_another_case_is_not_in_the_list(pages, runtime, ana, claim, dismissed):
    other = make_claim(runtime.units, ana, make_case(runtime.units, ana))
    page = pages(ana).submit(
        f"/cases/{claim.case_id}/what-if", remedy=f"step:APPEAL:{other.id}", outcome="pending", status=422
    )
    assert "Choose one from the list" in page.error_at("remedy")
