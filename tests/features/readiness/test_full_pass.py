"""The full pass assesses due cases, stores what changed, and raises an alarm for changes that nothing explains."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, text, update

from caseflow.clock import now
from caseflow.features.cases.queries import locked_whole_case
from caseflow.features.readiness import full_pass
from caseflow.features.readiness.full_pass import reassess
from caseflow.models import Assessment, Deadline, Outlook, ReassessmentRun, Role, Stage, State
from tests.factories import (
    age_answers,
    alter_case,
    answers_seen,
    days_ago,
    deadlines_seen,
    make_actor,
    make_case,
    make_claim,
    make_remedy,
    make_section,
    move_to,
    reminders_seen,
    seal,
)
from tests.factories.people import ADMINISTRATION


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


def with_final_decision(runtime, ana, days=40, **details):
    case = make_case(runtime.units, ana, **details)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(days), notified=days_ago(days))
    return case


def runs(runtime):
    with runtime.units.begin(full_pass.WORKER) as uow:
        return uow.session.query(ReassessmentRun).order_by(ReassessmentRun.started_at).all()


def change(runtime, actor, statement):
    with runtime.units.begin(actor) as uow:
        uow.session.execute(statement)


def test_nothing_is_due_on_the_day_of_the_change(runtime, ana):
    make_case(runtime.units, ana)
    assert reassess(runtime.units).cases == 0
    assert runs(runtime) == []


def test_the_same_answer_is_confirmed_and_a_second_pass_does_nothing(runtime, ana):
    case = with_final_decision(runtime, ana)
    before = (
        answers_seen(runtime.units, ana, case),
        len(deadlines_seen(runtime.units, ana)),
        len(reminders_seen(runtime.units, ana)),
    )
    age_answers(runtime.units, ana, case)
    done = reassess(runtime.units)
    assert (done.cases, done.changed, done.corrected, done.alarms) == (1, Counter(), 0, 0)
    after = (
        answers_seen(runtime.units, ana, case),
        len(deadlines_seen(runtime.units, ana)),
        len(reminders_seen(runtime.units, ana)),
    )
    assert [row.id for row in after[0]] == [row.id for row in before[0]]
    assert after[1:] == before[1:]
    assert after[0][-1].confirmed_on == now().date()
    assert reassess(runtime.units).cases == 0
    (run,) = runs(runtime)
    assert (run.cases, run.changed, run.state_code) == (1, {}, None)
    assert run.ended_at is not None


def test_time_changes_an_outlook_and_the_history_says_so(runtime, ana):
    case = with_final_decision(runtime, ana, days=364)
    with time_machine.travel(now() + timedelta(days=5), tick=True):
        done = reassess(runtime.units)
    latest = answers_seen(runtime.units, ana, case)[-1]
    assert (latest.previous_outlook, latest.outlook, latest.cause.value) == (Outlook.INCOMPLETE, Outlook.BARRED, "time")
    assert (done.changed, done.outlooks, done.alarms) == (Counter(time=1), Counter({"incomplete>barred": 1}), 0)
    assert runs(runtime)[-1].outlooks == {"incomplete>barred": 1}


def test_new_data_changes_an_outlook(runtime, ana):
    case = with_final_decision(runtime, ana)
    unknown = {"op_deposit": None, "op_in_force": None, "version": State.version + 1, "changed_at": now()}
    change(runtime, ADMINISTRATION, update(State).where(State.code == "ES").values(unknown))
    done = reassess(runtime.units, state_code="ES")
    assert done.changed == Counter(data=1)
    assert answers_seen(runtime.units, ana, case)[-1].cause.value == "data"
    assert answers_seen(runtime.units, ana, case)[-1].data != answers_seen(runtime.units, ana, case)[0].data


def test_one_state_at_a_time(runtime, ana):
    spain, finland = make_case(runtime.units, ana), make_case(runtime.units, ana, state_code="FI")
    age_answers(runtime.units, ana, spain, finland)
    assert reassess(runtime.units, state_code="FI").cases == 1
    assert reassess(runtime.units).cases == 1
    assert {run.state_code for run in runs(runtime)} == {"FI", None}


def test_filed_and_ended_cases_are_skipped_and_sealed_ones_are_not(runtime, ana):
    filed, ended, sealed = (make_case(runtime.units, ana) for _ in range(3))
    age_answers(runtime.units, ana, filed, ended, sealed)
    alter_case(runtime.units, ana, filed, stage=Stage.PENDING)
    alter_case(runtime.units, ana, ended, stage=Stage.WITHDRAWN)
    seal(runtime.units, ana, sealed)
    age_answers(runtime.units, ana, sealed)
    assert reassess(runtime.units).cases == 1


def test_a_case_without_an_answer_gets_its_first(runtime, ana):
    case = make_case(runtime.units, ana)
    change(runtime, ana, update(Assessment).where(Assessment.case_id == case.id).values(is_current=False))
    assert reassess(runtime.units).changed == Counter(first=1)


def test_a_deadline_changed_outside_the_services_is_corrected_with_an_alarm(runtime, ana):
    case = with_final_decision(runtime, ana)
    (right,) = deadlines_seen(runtime.units, ana)
    change(
        runtime, ana, update(Deadline).where(Deadline.id == right.id).values(due_on=right.due_on + timedelta(days=30))
    )
    age_answers(runtime.units, ana, case)
    done = reassess(runtime.units)
    assert (done.corrected, done.alarms) == (1, 1)
    (corrected,) = deadlines_seen(runtime.units, ana)
    assert corrected.due_on == right.due_on
    assert {row.deadline_version for row in reminders_seen(runtime.units, ana) if row.status == "waiting"} == {
        corrected.version
    }
    assert runs(runtime)[-1].alarms == 1


def test_facts_changed_outside_the_services_raise_an_alarm(runtime, ana):
    case = with_final_decision(runtime, ana)
    alter_case(runtime.units, ana, case, state_code="US")
    age_answers(runtime.units, ana, case)
    assert reassess(runtime.units).alarms == 1


def test_time_alone_raises_no_alarm_when_an_expired_clock_is_dropped(runtime, ana):
    with_final_decision(runtime, ana, days=365 + 88)
    assert deadlines_seen(runtime.units, ana)[0].done_at is None
    with time_machine.travel(now() + timedelta(days=4), tick=True):
        done = reassess(runtime.units)
    assert deadlines_seen(runtime.units, ana)[0].done_at is not None
    assert (done.cases, done.corrected, done.alarms) == (1, 1, 0)


def test_a_run_that_is_out_of_time_continues_in_the_same_pass(runtime, ana, monkeypatch):
    monkeypatch.setattr(full_pass, "BATCH", 2)
    cases = [make_case(runtime.units, ana) for _ in range(5)]
    age_answers(runtime.units, ana, *cases)
    rounds = [reassess(runtime.units, most_seconds=0) for _ in range(4)]
    assert [one.cases for one in rounds] == [2, 2, 1, 0]
    assert [one.is_cut_short for one in rounds] == [True, True, True, False]
    (run,) = runs(runtime)
    assert run.cases == 5
    assert run.ended_at is not None


def test_a_batch_of_many_takes_as_many_statements_as_one_of_few(runtime, ana, database):
    def statements(number):
        cases = [with_final_decision(runtime, ana) for _ in range(number)]
        age_answers(runtime.units, ana, *cases)
        sent = []
        note = lambda _connection, _cursor, statement, *_rest: sent.append(statement)  # noqa: E731 - an event's listener
        event.listen(database.engine, "before_cursor_execute", note)
        try:
            assert reassess(runtime.units).cases == number
        finally:
            event.remove(database.engine, "before_cursor_execute", note)
        return len(sent)

    assert statements(2) == statements(9)


@pytest.mark.parametrize("room", ["case_documents", "assess_case", "deadlines_of"])
def test_one_case_that_cannot_be_assessed_does_not_stop_others(runtime, ana, monkeypatch, room):
    bad, good = make_case(runtime.units, ana, state_code="FI"), make_case(runtime.units, ana)
    age_answers(runtime.units, ana, bad, good)
    right = getattr(full_pass, room)

    def failing(first, second, *rest):
        states = (
            [case.state_code for case in second]
            if room == "case_documents"
            else [first.facts.state if room == "deadlines_of" else second.facts.state]
        )
        if "FI" in states:
            raise ArithmeticError("a fault of ours")
        return right(first, second, *rest)

    monkeypatch.setattr(full_pass, room, failing)
    done = reassess(runtime.units)
    assert (done.cases, done.failed) == (1, 1)
    assert runs(runtime)[-1].failed == 1


@pytest.mark.parametrize("room", ["store_assessments", "cases_to_assess"])
def test_a_row_that_fails_its_batch_stops_no_other_case_and_no_later_batch(runtime, ana, monkeypatch, room):
    monkeypatch.setattr(full_pass, "BATCH", 2)
    cases = sorted((make_case(runtime.units, ana) for _ in range(5)), key=lambda case: case.id)
    age_answers(runtime.units, ana, *cases)
    place = full_pass.queries if room == "cases_to_assess" else full_pass
    right = getattr(place, room)

    def poisoned(uow, asked):
        ids = [one if room == "cases_to_assess" else one.case.id for one in asked]
        if cases[0].id in ids:
            uow.session.execute(text("SELECT 1 / 0"))
        return right(uow, asked)

    monkeypatch.setattr(place, room, poisoned)
    done = reassess(runtime.units)
    assert (done.cases, done.failed) == (4, 1)
    assert [(run.cases, run.failed) for run in runs(runtime)] == [(4, 1)]
    again = reassess(runtime.units)
    assert (again.cases, again.failed) == (0, 1)


def test_a_second_assessment_that_fails_raises_an_alarm_and_stops_nothing(runtime, ana, monkeypatch):
    with_final_decision(runtime, ana, days=364)
    with time_machine.travel(now() + timedelta(days=5), tick=True):
        right, on = full_pass.assess_case, now().date()

        def failing_for_another_day(register, document, day):
            if day != on:
                raise ArithmeticError("a fault of ours")
            return right(register, document, day)

        monkeypatch.setattr(full_pass, "assess_case", failing_for_another_day)
        done = reassess(runtime.units)
    assert (done.cases, done.changed, done.alarms) == (1, Counter(time=1), 1)


def test_a_pass_in_which_nothing_could_be_assessed_is_listed(runtime, ana, monkeypatch):
    age_answers(runtime.units, ana, make_case(runtime.units, ana))
    monkeypatch.setattr(full_pass, "case_documents", None)
    assert reassess(runtime.units).failed == 1
    assert [(run.cases, run.failed) for run in runs(runtime)] == [(0, 1)]


def test_moved_cases_are_not_moved_back(runtime, ana):
    case = make_case(runtime.units, ana)
    age_answers(runtime.units, ana, case)
    move_to(runtime.units, ana, case, Stage.VERIFICATION)
    assert reassess(runtime.units).cases == 0


@pytest.mark.commits
def test_concurrent_passes_share_the_work_and_wait_for_no_lock(runtime, ana):
    first, second = (make_case(runtime.units, ana) for _ in range(2))
    age_answers(runtime.units, ana, first, second)
    with runtime.units.begin(ana) as uow:
        locked_whole_case(uow, first.id)  # as if somebody were saving this case
        assert reassess(runtime.units).cases == 1
    assert reassess(runtime.units).cases == 1
