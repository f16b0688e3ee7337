"""A task with a day is a deadline of its own source: who has it is reminded, and what is done to one is done to the other."""

from datetime import timedelta

import pytest
import time_machine

from caseflow.clock import now
from caseflow.errors import Conflict, Invalid
from caseflow.features.cases.service import assign_case, editable_case
from caseflow.features.deadlines.service import complete, give_deadline
from caseflow.features.tasks.commands import TaskDetails
from caseflow.features.tasks.queries import one_task
from caseflow.features.tasks.service import cancel_task, change_task, finish_task, reopen_task, tick_steps
from caseflow.models import DeadlineKind, GrantLevel, ReminderStatus, Role, TaskStatus
from tests.factories import (
    deadlines_seen,
    end_roles,
    in_days,
    make_actor,
    make_section,
    make_task,
    reload_case,
    reminders_seen,
    share,
)


def change(runtime, by, case, act, task, *given):
    """Do an act of the service to the present row of a task; return the row."""
    with runtime.units.begin(by) as uow:
        found = editable_case(uow, case.id)
        row = one_task(uow, found, task.id)
        return act(uow, found, row, *(given or (row.version,)))


def now_is(runtime, by, case, task):
    with runtime.units.begin(by) as uow:
        return one_task(uow, editable_case(uow, case.id), task.id)


def only_deadline(runtime, by):
    (deadline,) = (row for row in deadlines_seen(runtime.units, by) if row.source == "tasks")
    return deadline


def recipients(runtime, by):
    waiting = (one for one in reminders_seen(runtime.units, by) if one.status is ReminderStatus.WAITING)
    return {one.recipient_id for one in waiting if one.cause == "responsible"}


def test_a_task_with_a_day_reminds_the_person_who_has_it(runtime, ana, marcos, case):
    task = make_task(runtime.units, ana, case, "Copy the file", due_on=in_days(10), given_to_id=marcos.user_id)
    deadline = only_deadline(runtime, ana)
    assert (deadline.kind, deadline.key, deadline.title) == (DeadlineKind.TASK, f"task:{task.id}", "Copy the file")
    assert (deadline.due_on, deadline.given_to_id, deadline.responsible_id) == (
        in_days(10),
        marcos.user_id,
        marcos.user_id,
    )
    assert recipients(runtime, ana) == {marcos.user_id}


def test_a_task_without_a_day_is_no_deadline(runtime, ana, case):
    make_task(runtime.units, ana, case)
    assert [row for row in deadlines_seen(runtime.units, ana) if row.source == "tasks"] == []


def test_a_task_for_nobody_in_particular_goes_with_the_case(runtime, ana, marcos, carmen, case):
    make_task(runtime.units, ana, case, due_on=in_days(10))
    assert only_deadline(runtime, ana).responsible_id == ana.user_id
    with runtime.units.begin(carmen) as uow:
        found = editable_case(uow, case.id)
        assign_case(uow, found, found.version, marcos.user_id)
    assert only_deadline(runtime, ana).responsible_id == marcos.user_id
    assert recipients(runtime, ana) == {marcos.user_id}


def test_another_day_title_or_person_moves_the_deadline(runtime, ana, marcos, case):
    task = make_task(runtime.units, ana, case, due_on=in_days(10))
    before = only_deadline(runtime, ana)
    details = TaskDetails(version=task.version, title="Fetch it", due_on=in_days(20), given_to_id=marcos.user_id)
    change(runtime, ana, case, change_task, task, details)
    after = only_deadline(runtime, ana)
    assert after.id == before.id
    assert (after.title, after.due_on, after.responsible_id) == ("Fetch it", in_days(20), marcos.user_id)
    assert recipients(runtime, ana) == {marcos.user_id}


@pytest.mark.parametrize("act", [finish_task, cancel_task])
def test_a_task_that_has_ended_reminds_nobody_and_one_that_is_open_again_does(runtime, ana, case, act):
    task = make_task(runtime.units, ana, case, due_on=in_days(10))
    ended = change(runtime, ana, case, act, task, task.version, "Fetched on Monday")
    assert ended.status is (TaskStatus.DONE if act is finish_task else TaskStatus.CANCELLED)
    assert only_deadline(runtime, ana).done_at is not None
    assert recipients(runtime, ana) == set()
    change(runtime, ana, case, reopen_task, task)
    assert only_deadline(runtime, ana).done_at is None
    assert recipients(runtime, ana) == {ana.user_id}


def test_a_deadline_that_is_done_is_a_task_that_is_done(runtime, ana, case):
    task = make_task(runtime.units, ana, case, due_on=in_days(10))
    deadline = only_deadline(runtime, ana)
    with runtime.units.begin(ana) as uow:
        complete(uow, deadline.id, deadline.version, "Fetched")
    found = now_is(runtime, ana, case, task)
    assert (found.status, found.result, found.ended_by_id) == (TaskStatus.DONE, "Fetched", ana.user_id)
    assert only_deadline(runtime, ana).outcome == "Fetched"
    change(runtime, ana, case, reopen_task, task)
    assert only_deadline(runtime, ana).done_at is None


def test_a_deadline_that_is_given_is_a_task_that_is_given(runtime, ana, marcos, case):
    task = make_task(runtime.units, ana, case, due_on=in_days(10))
    deadline = only_deadline(runtime, ana)
    with runtime.units.begin(ana) as uow:
        give_deadline(uow, deadline.id, deadline.version, marcos.user_id)
    assert now_is(runtime, ana, case, task).given_to_id == marcos.user_id
    with runtime.units.begin(ana) as uow:
        uow.facts_changed(case.id)
    assert only_deadline(runtime, ana).given_to_id == marcos.user_id, "the source must not take it back"


def test_a_person_who_leaves_leaves_the_reminders_to_the_owner(runtime, ana, marcos, case, section):
    task = make_task(runtime.units, ana, case, due_on=in_days(10), given_to_id=marcos.user_id)
    end_roles(runtime.units, marcos)
    with runtime.units.begin(ana) as uow:
        uow.facts_changed(case.id)
    assert only_deadline(runtime, ana).responsible_id == ana.user_id
    assert now_is(runtime, ana, case, task).given_to_id == marcos.user_id


def test_the_daily_pass_changes_nothing(runtime, ana, marcos, case):
    make_task(runtime.units, ana, case, due_on=in_days(10), given_to_id=marcos.user_id)
    before = only_deadline(runtime, ana).version
    with runtime.units.begin(ana) as uow:
        uow.facts_changed(case.id)
    assert only_deadline(runtime, ana).version == before


def test_a_day_that_has_passed_is_taken_only_where_it_stood_before(runtime, ana, case):
    with pytest.raises(Invalid) as refused:
        make_task(runtime.units, ana, case, due_on=in_days(-1))
    assert "due_on" in refused.value.fields
    with time_machine.travel(now() - timedelta(days=5)):
        task = make_task(runtime.units, ana, case, due_on=in_days(2))
        day = task.due_on
    change(runtime, ana, case, change_task, task, TaskDetails(version=task.version, title="Later", due_on=day))
    assert only_deadline(runtime, ana).title == "Later"


def test_only_people_who_work_on_the_case_can_have_it(runtime, ana, case):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "FI"), Role.CASEWORKER))
    with pytest.raises(Invalid) as refused:
        make_task(runtime.units, ana, case, given_to_id=stranger.user_id)
    assert "given_to" in refused.value.fields


def test_two_windows_do_not_overwrite_each_other(runtime, ana, case):
    task = make_task(runtime.units, ana, case, steps=("Ask", "Fetch"))
    change(runtime, ana, case, tick_steps, task, task.version, ["Ask"])
    for act, given in (
        (change_task, (TaskDetails(version=task.version, title="Other"),)),
        (tick_steps, (task.version, ["Fetch"])),
        (finish_task, (task.version, "Done")),
        (cancel_task, (task.version, "Not needed")),
    ):
        with pytest.raises(Conflict):
            change(runtime, ana, case, act, task, *given)
    assert now_is(runtime, ana, case, task).done_steps == ["Ask"]


def test_steps_keep_whether_they_are_done(runtime, ana, case):
    task = make_task(runtime.units, ana, case, steps=("Ask", " Fetch ", "Ask", ""))
    assert task.steps == ["Ask", "Fetch"]
    task = change(runtime, ana, case, tick_steps, task, task.version, ["Ask", "Fetch", "Invented"])
    assert task.done_steps == ["Ask", "Fetch"]
    details = TaskDetails(version=task.version, title="Copy the file", steps=("Fetch", "File it"))
    changed = change(runtime, ana, case, change_task, task, details)
    assert (changed.steps, changed.done_steps) == (["Fetch", "File it"], ["Fetch"])


def test_what_has_ended_is_not_changed(runtime, ana, case):
    task = make_task(runtime.units, ana, case)
    ended = change(runtime, ana, case, finish_task, task, task.version, "Fetched")
    with pytest.raises(Conflict, match="Reopen it"):
        change(runtime, ana, case, change_task, task, TaskDetails(version=ended.version, title="Other"))
    with pytest.raises(Conflict, match="Reopen it"):
        change(runtime, ana, case, finish_task, task, ended.version, "Again")


def test_a_person_of_another_section_who_may_write_adds_tasks_of_the_case(runtime, ana, marcos, case):
    other = make_section(runtime.units, "FI")
    writer = make_actor(runtime.units, (other, Role.CASEWORKER))
    share(runtime.units, ana, case, other, GrantLevel.WRITE)
    make_task(runtime.units, writer, case, due_on=in_days(10), given_to_id=marcos.user_id)
    assert recipients(runtime, ana) == {marcos.user_id}
    assert reload_case(runtime.units, ana, case).id == case.id
