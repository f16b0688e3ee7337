"""Remedies that concern only some victims: each victim has a ladder, a year and a deadline of their own."""

from datetime import timedelta

import pytest

from caseflow.clock import today
from caseflow.errors import Conflict, Invalid
from caseflow.features.cases.queries import history, whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.deadlines.queries import deadlines_of_case
from caseflow.features.people.commands import RoleDetails
from caseflow.features.people.queries import one_person
from caseflow.features.people.service import change_role, remove_person
from caseflow.features.readiness.facts import case_document, case_documents
from caseflow.features.readiness.service import assessed
from caseflow.features.remedies.queries import one_remedy
from caseflow.features.remedies.service import change_remedy, remove_remedy
from caseflow.law.dates import add_years
from caseflow.law.sentences import from_document, write
from caseflow.models import DeadlineKind, Role
from tests.factories import days_ago, in_days, make_actor, make_case, make_claim, make_person, make_remedy, make_section
from tests.features.remedies.test_service import details_of


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def victims(runtime, ana, case):
    return [make_person(runtime.units, ana, case, description=who) for who in ("mother", "child", "neighbour")]


@pytest.fixture
def claim(runtime, ana, case):
    return make_claim(runtime.units, ana, case)


def refused(runtime, ana, claim, ago, *victims, **details):
    """Record a remedy that was refused so many days ago: for everybody, or for some victims."""
    some = {"concerns_some": True, "person_ids": tuple(one.id for one in victims)} if victims else {}
    return make_remedy(
        runtime.units, ana, claim, outcome="dismissed", decided=days_ago(ago), notified=days_ago(ago), **some, **details
    )


def year_after(ago):
    return add_years(today() - timedelta(days=ago), 1)


def clocks(runtime, ana, case, name="one-year"):
    with runtime.units.begin(ana) as uow:
        found = assessed(uow, whole_case(uow, case.id)).findings.clocks
    return {one.victim: one.safe_until for one in found if one.clock == name}


def deadlines(runtime, ana, case):
    with runtime.units.begin(ana) as uow:
        rows = [row for row in deadlines_of_case(uow, case.id) if row.done_at is None]
        return {row.due_on: (row.key.split(":")[2:], write(from_document(row.basis["because"]))) for row in rows}


def document(runtime, ana, case):
    with runtime.units.begin(ana) as uow:
        return case_document(uow, whole_case(uow, case.id)).facts


def change(runtime, ana, remedy, **changes):
    with runtime.units.begin(ana) as uow:
        case = editable_case(uow, remedy.case_id)
        return change_remedy(uow, case, one_remedy(uow, case, remedy.id), details_of(remedy, **changes))


def test_a_remedy_concerns_all_victims_unless_some_are_named(runtime, ana, case, victims, claim):
    refused(runtime, ana, claim, 100)
    assert [one.victims for one in document(runtime, ana, case).claims[0].remedies] == [None]
    assert clocks(runtime, ana, case) == {None: year_after(100)}
    ((key, because),) = deadlines(runtime, ana, case).values()
    assert key == []
    assert "This day is that of" not in because


def test_each_victim_has_the_year_of_their_own_last_decision(runtime, ana, case, victims, claim):
    refused(runtime, ana, claim, 200)
    refused(runtime, ana, claim, 50, victims[0], stage="APPEAL")
    refused(runtime, ana, claim, 90, victims[1], stage="APPEAL")
    assert clocks(runtime, ana, case) == {"V1": year_after(50), "V2": year_after(90), "V3": year_after(200)}
    found = deadlines(runtime, ana, case)
    assert {day: key for day, (key, _) in found.items()} == {
        year_after(200): [], year_after(90): ["V2"], year_after(50): ["V1"],
    }  # fmt: skip
    assert {day: because.split(". ")[-1] for day, (_, because) in found.items()} == {
        year_after(200): "This day is that of V3.",
        year_after(90): "This day is that of V2.",
        year_after(50): "This day is that of V1.",
    }


def test_victims_with_the_same_last_day_share_a_deadline(runtime, ana, case, victims, claim):
    refused(runtime, ana, claim, 200)
    refused(runtime, ana, claim, 50, victims[0], victims[2], stage="APPEAL")
    found = deadlines(runtime, ana, case)
    assert {day: key for day, (key, _) in found.items()} == {year_after(200): [], year_after(50): ["V1"]}
    assert found[year_after(50)][1].endswith("This day is that of V1, V3.")


def test_a_deadline_keeps_its_key_when_the_year_of_another_victim_is_long_over(runtime, ana, case, victims, claim):
    refused(runtime, ana, claim, 600, victims[0])
    refused(runtime, ana, claim, 60, victims[1], victims[2])
    assert clocks(runtime, ana, case)["V1"] == year_after(600)
    assert {day: key for day, (key, _) in deadlines(runtime, ana, case).items()} == {year_after(60): ["V2"]}


def test_one_victim_waits_while_the_year_of_another_runs(runtime, ana, case, victims, claim):
    refused(runtime, ana, claim, 80)
    make_remedy(
        runtime.units, ana, claim, stage="APPEAL", filed=days_ago(30), outcome="pending",
        concerns_some=True, person_ids=(victims[0].id,),
    )  # fmt: skip
    with runtime.units.begin(ana) as uow:
        findings = assessed(uow, whole_case(uow, case.id)).findings
    states = {one.victim: one.state for one in findings.clocks if one.clock == "one-year"}
    assert states == {"V1": "not_started", "V2": "running", "V3": "running"}
    exhausted = {one.victim: one.result for one in findings.findings if one.rule == "exhaustion"}
    assert exhausted["V1"] == "not_met"
    assert exhausted["V2"] != "not_met"


def test_a_next_step_is_open_for_those_who_have_not_taken_it(runtime, ana, case, victims, claim):
    refused(runtime, ana, claim, 5, next_step="APPEAL", next_step_due=in_days(9))
    refused(runtime, ana, claim, 1, victims[0], stage="APPEAL")
    assert clocks(runtime, ana, case, "next-domestic-step") == {"V2": in_days(9), "V3": in_days(9)}
    key, because = deadlines(runtime, ana, case)[in_days(9)]
    assert key == []
    assert because.endswith("This day is that of V2, V3.")


def test_only_victims_of_the_claim_are_named(runtime, ana, case, victims, claim):
    refused(runtime, ana, claim, 50, *victims[:2])
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        change_role(uow, editable, one_person(uow, editable, victims[1].id), RoleDetails(version=1, roles=("witness",)))
    assert [one.victims for one in document(runtime, ana, case).claims[0].remedies] == [("V1",)]


def test_a_remedy_of_a_removed_person_concerns_nobody_and_not_everybody(pages, runtime, ana, case, victims):
    claim = make_claim(runtime.units, ana, case)
    refused(runtime, ana, claim, 200)
    refused(runtime, ana, claim, 50, victims[0], stage="APPEAL")
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        remove_person(uow, editable, one_person(uow, editable, victims[0].id))
    assert [one.victims for one in document(runtime, ana, case).claims[0].remedies] == [None, ()]
    assert clocks(runtime, ana, case) == {None: year_after(200)}
    assert "concerns no victim" in pages(ana).get(f"/cases/{case.id}/readiness").words
    assert "no victim of this claim" in pages(ana).get(f"/cases/{case.id}/remedies").words


def test_many_cases_are_read_as_one_is(runtime, ana, case, victims, claim):
    refused(runtime, ana, claim, 50, victims[1])
    other = make_case(runtime.units, ana)
    with runtime.units.begin(ana) as uow:
        cases = [whole_case(uow, one.id) for one in (case, other)]
        assert case_documents(uow, cases)[case.id].facts == case_document(uow, cases[0]).facts


def test_a_person_of_another_case_is_refused(runtime, ana, victims, claim):
    other = make_person(runtime.units, ana, make_case(runtime.units, ana))
    with pytest.raises(Invalid) as refusal:
        refused(runtime, ana, claim, 50, victims[0], other)
    assert "person_ids" in refusal.value.fields


def test_of_a_remedy_not_used_no_victims_are_named(runtime, ana, victims, claim):
    with pytest.raises(Invalid) as refusal:
        make_remedy(
            runtime.units, ana, claim, is_used=False, reason_not_used="fear", concerns_some=True,
            person_ids=(victims[0].id,),
        )  # fmt: skip
    assert "concerns_some" in refusal.value.fields


def test_the_history_names_the_victims_by_code_name(runtime, ana, case, victims, claim):
    remedy = refused(runtime, ana, claim, 50, victims[0])
    changed = change(runtime, ana, remedy, person_ids=(victims[1].id, victims[2].id))
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        remove_remedy(uow, editable, one_remedy(uow, editable, changed.id))
    with runtime.units.begin(ana) as uow:
        entries = [one for one in history(uow, case.id, limit=20) if one.action.startswith("remedy.")]
    assert [one.changes["remedy_victims"] for one in entries] == [
        [["V2", "V3"], None], [["V1"], ["V2", "V3"]], [None, ["V1"]],
    ]  # fmt: skip


def test_two_who_change_only_the_victims_do_not_overwrite_each_other(runtime, ana, case, victims, claim):
    remedy = refused(runtime, ana, claim, 50, victims[0])
    change(runtime, ana, remedy, person_ids=(victims[1].id,))
    with pytest.raises(Conflict) as clash:
        change(runtime, ana, remedy, version=1, person_ids=(victims[2].id,))
    assert clash.value.row.person_ids == [victims[1].id]


def test_the_deadlines_become_one_again_when_the_remedy_concerns_everybody(runtime, ana, case, victims, claim):
    remedy = refused(runtime, ana, claim, 50, victims[0])
    assert set(clocks(runtime, ana, case)) == {"V1", "V2", "V3"}
    change(runtime, ana, remedy, concerns_some=False, person_ids=())
    assert clocks(runtime, ana, case) == {None: year_after(50)}
    with runtime.units.begin(ana) as uow:
        rows = deadlines_of_case(uow, case.id)
    assert [row.due_on for row in rows if row.kind is DeadlineKind.ONE_YEAR and row.done_at is None] == [year_after(50)]


def test_the_form_asks_only_where_there_are_several_victims(pages, runtime, ana, case, claim):
    path = f"/cases/{case.id}/claims/{claim.id}/remedies/new"
    assert "Which victims" not in pages(ana).get(path).html
    make_person(runtime.units, ana, case)
    assert "Which victims" not in pages(ana).get(path).html
    make_person(runtime.units, ana, case)
    assert "Which victims" in pages(ana).get(path).html


def test_victims_are_chosen_on_the_form_and_shown(pages, runtime, ana, case, victims):
    claim = make_claim(runtime.units, ana, case)
    refused(runtime, ana, claim, 200)
    path = f"/cases/{case.id}/claims/{claim.id}/remedies/new"
    day = in_days(-50)
    decided = {"decided__day": str(day.day), "decided__month": str(day.month), "decided__year": str(day.year)}
    given = {"stage": "APPEAL", "outcome": "dismissed", **decided}
    page = pages(ana).submit(path, **given, concerns_some="yes", status=422)
    assert "Choose whom it concerns" in page.error_at("person_ids")
    page = pages(ana).submit(path, **given, person_ids=[str(victims[0].id)], status=422)
    assert "Single victims are chosen below" in page.error_at("concerns_some")
    page = pages(ana).send(page, concerns_some="yes", person_ids=[str(victims[0].id), str(victims[2].id)])
    assert "Concerns only: V1, V3" in pages(ana).get(f"/cases/{case.id}/remedies").words
    page = pages(ana).get(f"/cases/{case.id}/readiness")
    assert "The clocks of each victim" in page.words
    assert "V1, V3" in page.words
    assert "One-year clock · V2" in pages(ana).get(f"/cases/{case.id}").words
