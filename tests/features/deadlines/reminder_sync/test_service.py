"""A person who left is not notified any more; the section is, even if the job was lost."""

from datetime import timedelta

import time_machine
from sqlalchemy import event, select

from caseflow.clock import now
from caseflow.features.deadlines.reminder_sync.service import WORKER, process_sync_requests
from caseflow.features.reminders.sweep import sweep
from caseflow.jobs import Job
from caseflow.models import DeadlineKind, Membership, ReminderSyncRequest, Role
from caseflow.outbound.mail import Letterhead, SmtpMailer
from tests.factories import (
    alter_case,
    deadlines_seen,
    end_roles,
    make_actor,
    make_case,
    make_deadline,
    reminders_seen,
)
from tests.factories.people import ADMINISTRATION
from tests.outbound.sink import Sink

HEAD = Letterhead("caseflow@example.org", "https://cases.example.org")


def waiting_for(runtime, by):
    return {row.recipient_id for row in reminders_seen(runtime.units, by) if row.status.value == "waiting"}


def requests(runtime):
    with runtime.units.begin(WORKER) as uow:
        return uow.session.scalars(select(ReminderSyncRequest).order_by(ReminderSyncRequest.asked_at)).all()


def ask(runtime, **what):
    with runtime.units.begin(WORKER) as uow:
        uow.session.add(ReminderSyncRequest(**what))


def test_deadlines_of_a_person_who_left_go_to_the_section_s_queue_at_once(runtime, sent_jobs, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    assert waiting_for(runtime, boss) == {owner.user_id, boss.user_id}
    sent_jobs.clear()
    end_roles(runtime.units, owner)
    assert sent_jobs == [(Job.SYNC_REMINDERS, {})]
    process_sync_requests(runtime.units)
    assert waiting_for(runtime, boss) == {boss.user_id}
    assert [row.responsible_id for row in deadlines_seen(runtime.units, boss)] == [None]


def test_nothing_is_sent_to_a_person_who_left_even_before_the_job_ran(runtime, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=3)
    left_at = now()
    end_roles(runtime.units, owner)
    with Sink() as sink, time_machine.travel(now() + timedelta(days=1)):
        sweep(runtime.units, SmtpMailer("127.0.0.1", sink.port, tls="none"), HEAD)
        sweep(runtime.units, SmtpMailer("127.0.0.1", sink.port, tls="none"), HEAD)
    rows = reminders_seen(runtime.units, boss)
    assert not [row for row in rows if row.recipient_id == owner.user_id and row.sent_at and row.sent_at >= left_at]
    assert [row.cause.value for row in rows if row.recipient_id == boss.user_id and row.status.value == "sent"] == [
        "handed_on"
    ]


def test_later_changes_plan_nothing_for_a_person_who_left(runtime, owner, boss, case):
    end_roles(runtime.units, owner)
    make_deadline(runtime.units, boss, case, days=30)
    assert waiting_for(runtime, boss) == {boss.user_id}
    assert [row.responsible_id for row in deadlines_seen(runtime.units, boss)] == [None]


def test_a_person_who_returns_is_reminded_of_the_cases_they_own(runtime, section, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    end_roles(runtime.units, owner)
    process_sync_requests(runtime.units)
    with runtime.units.begin(ADMINISTRATION) as uow:
        uow.session.add(Membership(user_id=owner.user_id, section_id=section.id, role=Role.CASEWORKER))
    ask(runtime, section_id=section.id, user_id=owner.user_id)
    process_sync_requests(runtime.units)
    assert owner.user_id in waiting_for(runtime, boss)


def test_a_new_coordinator_is_notified_of_overdue_deadlines(runtime, section, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    another = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    process_sync_requests(runtime.units)
    assert another.user_id in waiting_for(runtime, boss)


def test_a_request_is_processed_without_its_job_and_then_deleted(runtime, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    end_roles(runtime.units, owner)
    assert [row.user_id for row in requests(runtime)][-1] == owner.user_id
    assert process_sync_requests(runtime.units).corrected == 1
    assert waiting_for(runtime, boss) == {boss.user_id}
    assert [row.is_full_pass for row in requests(runtime)] == [True]


def test_a_full_pass_runs_once_a_day(runtime, no_open_requests, owner, case):
    make_deadline(runtime.units, owner, case, days=30)
    assert process_sync_requests(runtime.units).deadlines == 1
    assert process_sync_requests(runtime.units).deadlines == 0
    with time_machine.travel(now() + timedelta(days=1)):
        assert process_sync_requests(runtime.units).deadlines == 1
    assert [(row.is_full_pass, row.deadlines, row.ended_at is not None) for row in requests(runtime)] == [
        (True, 1, True)
    ] * 2


def test_a_long_pass_is_cut_short_and_continues_where_it_stopped(runtime, no_open_requests, monkeypatch, owner, boss):
    monkeypatch.setattr("caseflow.features.deadlines.reminder_sync.service.BATCH", 2)
    for _ in range(5):
        make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=30)
    end_roles(runtime.units, owner)
    rounds = 1
    while process_sync_requests(runtime.units, most_seconds=0).is_cut_short:
        rounds += 1
    assert rounds == 9, (
        "three batches of the request and its end, the same for the full pass, and a round that finds nothing"
    )
    assert waiting_for(runtime, boss) == {boss.user_id}


def test_ended_cases_are_not_synced(runtime, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    alter_case(runtime.units, owner, case, stage="closed")
    end_roles(runtime.units, owner)
    assert process_sync_requests(runtime.units).deadlines == 0


def test_a_request_for_one_kind_syncs_no_other(runtime, section, owner, case):
    make_deadline(runtime.units, owner, case, days=30)
    process_sync_requests(runtime.units)
    ask(runtime, section_id=section.id, kind=DeadlineKind.ONE_YEAR)
    assert process_sync_requests(runtime.units).deadlines == 0
    ask(runtime, section_id=section.id, kind=DeadlineKind.MANUAL)
    assert process_sync_requests(runtime.units).deadlines == 1


def test_a_batch_of_many_takes_as_many_statements_as_one_of_few(runtime, database, owner, section):
    def statements():
        seen = []
        listener = lambda *given: seen.append(given[2])  # noqa: E731 - one line of a listener
        ask(runtime, section_id=section.id)
        event.listen(database.engine, "before_cursor_execute", listener)
        process_sync_requests(runtime.units)
        event.remove(database.engine, "before_cursor_execute", listener)
        return len(seen)

    make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=30)
    process_sync_requests(runtime.units)
    few = statements()
    for _ in range(6):
        make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=30)
    assert statements() == few
