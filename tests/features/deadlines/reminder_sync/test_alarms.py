"""A full pass has nothing to correct after any change by services; otherwise it raises an alarm."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from caseflow.clock import now
from caseflow.features.deadlines.acknowledgements.service import end_snooze, snooze
from caseflow.features.deadlines.commands import Snooze
from caseflow.features.deadlines.reminder_sync import service
from caseflow.features.deadlines.reminder_sync.service import WORKER, SyncResult, process_sync_requests
from caseflow.features.monitoring.service import report_failures
from caseflow.features.reminders.preferences.commands import NewThresholds
from caseflow.features.reminders.preferences.service import set_thresholds
from caseflow.features.reminders.sweep import sweep
from caseflow.models import (
    Alarm,
    AlarmKind,
    Deadline,
    DeadlineKind,
    Reminder,
    ReminderCause,
    ReminderSetting,
    ReminderStatus,
    ReminderSyncRequest,
)
from tests.factories import clock, end_roles, in_days, make_case, make_deadline, reminders_seen, seal, set_clocks
from tests.features.deadlines.reminder_sync.test_service import HEAD
from tests.features.reminders.test_outbox_real import AcceptingMailer


def alarms(runtime):
    with runtime.units.begin(WORKER) as uow:
        return {row.kind: row.number for row in uow.session.scalars(select(Alarm).where(Alarm.seen_at.is_(None)))}


def change_directly(runtime, model, values, **where):
    """Change rows without the services, as a person with direct access to the database could."""
    with runtime.units.begin(WORKER) as uow:
        uow.session.execute(update(model).filter_by(**where).values(**values))


def statuses(runtime, by):
    return sorted((row.threshold, row.status.value) for row in reminders_seen(runtime.units, by))


# --- nothing to correct -----------------------------------------------------------------------------------------------


def test_days_without_a_sweep_are_explained_by_time(runtime, full_pass, owner, boss, case):
    set_clocks(runtime.units, owner, case, clock(in_days(20)))
    for hours in range(0, 24 * 25, 30):
        with time_machine.travel(now() + timedelta(hours=hours)):
            full_pass()
    assert alarms(runtime) == {}


def test_full_passes_between_sweeps_find_nothing(runtime, full_pass, owner, boss, case):
    set_clocks(runtime.units, owner, case, clock(in_days(8)))
    make_deadline(runtime.units, owner, case, days=3)
    for hours in range(0, 24 * 12, 5):
        with time_machine.travel(now() + timedelta(hours=hours), tick=False):
            sweep(runtime.units, AcceptingMailer(), HEAD)
            assert full_pass().alarms == 0, hours


def test_a_sealed_case_notifies_only_people_who_see_it_and_raises_no_alarm(runtime, full_pass, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=1)
    seal(runtime.units, owner, case)
    assert {row.recipient_id for row in reminders_seen(runtime.units, owner) if row.status.value == "waiting"} == {
        owner.user_id
    }
    for day in range(4):
        with time_machine.travel(now() + timedelta(days=day, hours=12), tick=False):
            sweep(runtime.units, AcceptingMailer(), HEAD)
            assert full_pass().corrected == 0
    assert not [row for row in reminders_seen(runtime.units, owner) if row.status.value == "failed"]


def test_a_sealed_case_that_nobody_sees_any_more_is_shown_as_failed_once(
    runtime, database, full_pass, *, owner, boss, case
):
    make_deadline(runtime.units, owner, case, days=1)
    seal(runtime.units, owner, case)
    end_roles(runtime.units, owner)
    process_sync_requests(runtime.units)
    for day in range(4):
        with time_machine.travel(now() + timedelta(days=day, hours=12), tick=False):
            sweep(runtime.units, AcceptingMailer(), HEAD)
            assert full_pass().alarms == 0
    with runtime.units.begin(WORKER) as uow:
        rows = uow.session.scalars(select(Reminder).where(Reminder.status == ReminderStatus.FAILED)).all()
    assert {row.recipient_id for row in rows} == {boss.user_id}
    assert len({row.threshold for row in rows}) == len(rows)


def test_an_open_request_explains_differences(runtime, full_pass, monkeypatch, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    end_roles(runtime.units, owner)
    monkeypatch.setattr(service.queries, "next_request", lambda uow: uow.session.scalars(OPEN_FULL_PASS).one())
    with runtime.units.begin(WORKER) as uow:
        service.queries.begin_full_pass(uow, service.RULES)
    batch = SyncResult()
    assert service._next_batch(runtime.units, batch)
    assert (batch.corrected, batch.alarms) == (1, 0)


OPEN_FULL_PASS = select(ReminderSyncRequest).where(
    ReminderSyncRequest.is_full_pass, ReminderSyncRequest.ended_at.is_(None)
)


def test_new_rules_explain_differences(runtime, full_pass, monkeypatch, *, owner, boss, case):
    deadline = make_deadline(runtime.units, owner, case, days=30)
    monkeypatch.setattr(service, "RULES", "newer")
    change_directly(runtime, Reminder, {"threshold": 9}, deadline_id=deadline.id, threshold=7)
    done = full_pass()
    assert (done.corrected, done.alarms) == (1, 0)
    assert alarms(runtime) == {}


# --- planted faults ---------------------------------------------------------------------------------------------------

FAULTS = {
    "a withdrawn reminder": (Reminder, {"status": ReminderStatus.SUPERSEDED}, {"threshold": 7}),
    "a reminder of another day": (Reminder, {"due_on": in_days(1)}, {"threshold": 7}),
    "a reminder at another moment": (Reminder, {"due_at": now()}, {"threshold": 7}),
    "a reminder for another threshold": (Reminder, {"threshold": 5}, {"threshold": 7}),
    "a reminder of an older version": (Reminder, {"deadline_version": 0}, {"threshold": 7}),
    "a date that was moved": (Deadline, {"due_on": in_days(90)}, {}),
    "a deadline without a responsible person": (Deadline, {"responsible_id": None}, {}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_direct_change_raises_an_alarm_and_is_corrected(runtime, full_pass, fault, *, owner, boss, case):
    deadline = make_deadline(runtime.units, owner, case, days=30)
    expected = statuses(runtime, owner)
    make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=30)
    model, values, where = FAULTS[fault]
    where = {**where, ("id" if model is Deadline else "deadline_id"): deadline.id}
    change_directly(runtime, model, values, **where)
    done = full_pass()
    assert (done.corrected, done.alarms) == (1, 1)
    assert alarms(runtime) == {AlarmKind.REMINDERS: 1}
    if model is Reminder:
        current = [row for row in reminders_seen(runtime.units, owner) if row.deadline_id == deadline.id]
        assert sorted((row.threshold, row.status.value) for row in current if row.status.value == "waiting") == expected
    assert full_pass().corrected == 0


def test_an_open_alarm_grows(runtime, full_pass, owner, case):
    deadline = make_deadline(runtime.units, owner, case, days=30)
    for _ in range(2):
        change_directly(runtime, Reminder, {"status": ReminderStatus.CANCELLED}, deadline_id=deadline.id, threshold=7)
        full_pass()
    assert alarms(runtime) == {AlarmKind.REMINDERS: 2}


def test_an_escalated_reminder_is_not_sent_twice_and_is_no_alarm(runtime, full_pass, owner, boss, case):
    deadline = make_deadline(runtime.units, owner, case, days=30)
    handed = {"cause": ReminderCause.HANDED_ON, "due_on": in_days(0), "due_at": now()}
    change_directly(runtime, Reminder, handed, deadline_id=deadline.id, recipient_id=boss.user_id, threshold=-1)
    assert full_pass().corrected == 0


def test_a_case_that_can_not_be_synced_blocks_no_other_and_raises_an_alarm(
    runtime, full_pass, monkeypatch, *, owner, case
):
    others = [make_case(runtime.units, owner) for _ in range(3)]
    for one in (case, *others):
        make_deadline(runtime.units, owner, one, days=30)
    change_directly(runtime, Reminder, {"status": ReminderStatus.CANCELLED}, threshold=7)
    sync_reminders_of_cases = service.sync_reminders_of_cases

    def fails_for_one(uow, changed, staff):
        if any(one.id == case.id for one, _rows in changed):
            raise ValueError("a row that can't be read")
        return sync_reminders_of_cases(uow, changed, staff)

    monkeypatch.setattr(service, "sync_reminders_of_cases", fails_for_one)
    done = full_pass()
    assert (done.failed, done.corrected) == (1, 3)
    assert alarms(runtime) == {AlarmKind.REMINDERS: 3, AlarmKind.FAILURES: 1}
    monkeypatch.undo()


@pytest.mark.commits
def test_rows_that_can_not_be_written_or_read_block_no_other_case(runtime, database, full_pass, *, owner, case):
    """The batch fails in the database or while reading from it; then each case is processed alone."""
    others = [make_case(runtime.units, owner) for _ in range(2)]
    unwritten, unread, _fine = [make_deadline(runtime.units, owner, one, days=30) for one in (case, *others)]
    change_directly(runtime, Reminder, {"status": ReminderStatus.CANCELLED}, threshold=7)
    refuse = f"CHECK (deadline_id <> '{unwritten.id}' OR status <> 'waiting' OR threshold <> 7) NOT VALID"
    with database.as_superuser() as engine, engine.begin() as superuser:
        superuser.exec_driver_sql(f"ALTER TABLE reminder ADD CONSTRAINT refused {refuse}")
        superuser.exec_driver_sql("ALTER TABLE deadline DROP CONSTRAINT ck_deadline_deadline_kind")
        superuser.exec_driver_sql(f"UPDATE deadline SET kind = 'of a newer version' WHERE id = '{unread.id}'")
    done = full_pass()
    assert (done.failed, done.corrected) == (2, 1)
    assert alarms(runtime) == {AlarmKind.REMINDERS: 1, AlarmKind.FAILURES: 2}
    assert full_pass().failed == 2
    assert alarms(runtime)[AlarmKind.FAILURES] == 2, "they are tried again, and are no more cases for it"


def test_known_failures_raise_one_alarm_a_day(runtime, owner):
    def find(number):
        with runtime.units.begin(WORKER) as uow:
            report_failures(uow, number)
        return alarms(runtime).get(AlarmKind.FAILURES)

    def close():
        with runtime.units.begin(WORKER) as uow:
            uow.session.execute(update(Alarm).values(seen_at=now(), seen_by_id=owner.user_id))

    assert find(2) == 2
    close()
    assert find(2) is None
    assert find(3) == 3
    close()
    with time_machine.travel(now() + timedelta(days=2)):
        assert find(3) == 3


def test_a_lost_database_connection_is_no_failure_of_a_case(runtime, full_pass, monkeypatch, *, owner, case):
    make_deadline(runtime.units, owner, case, days=30)
    away = OperationalError("", {}, Exception())
    monkeypatch.setattr(service, "sync_reminders_of_cases", lambda *_: (_ for _ in ()).throw(away))
    with pytest.raises(OperationalError):
        full_pass()
    assert alarms(runtime) == {}


# --- decisions are kept ------------------------------------------------------------------------------------------------


def test_ending_a_snooze_sends_nothing_less_urgent_than_before(runtime, full_pass, owner, case):
    deadline = make_deadline(runtime.units, owner, case, days=10)
    with runtime.units.begin(owner) as uow:
        snooze(uow, deadline.id, Snooze(version=deadline.version, until=in_days(5), reason="later"))
    with time_machine.travel(now() + timedelta(days=5, hours=12), tick=False):
        sweep(runtime.units, AcceptingMailer(), HEAD)
    for hours in range(0, 72, 9):
        with time_machine.travel(now() + timedelta(days=6, hours=hours), tick=False):
            if not hours:
                with runtime.units.begin(owner) as uow:
                    end_snooze(uow, deadline.id, deadline.version)
                assert (7, "waiting") not in statuses(runtime, owner)
            assert full_pass().corrected == 0, hours
            sweep(runtime.units, AcceptingMailer(), HEAD)


def test_thresholds_added_before_one_that_was_sent_send_nothing(runtime, full_pass, section, *, owner, boss, case):
    set_clocks(runtime.units, owner, case, clock(in_days(100)))
    with time_machine.travel(now() + timedelta(hours=24), tick=False):
        sweep(runtime.units, AcceptingMailer(), HEAD)
    with time_machine.travel(now() + timedelta(hours=25), tick=False):
        with runtime.units.begin(boss) as uow:
            set_thresholds(
                uow, NewThresholds(section_id=section.id, kind=DeadlineKind.ONE_YEAR, version=0, days=[270, 30])
            )
        process_sync_requests(runtime.units)
    for days in range(2, 6):
        with time_machine.travel(now() + timedelta(days=days), tick=False):
            sweep(runtime.units, AcceptingMailer(), HEAD)
            assert full_pass().corrected == 0


def test_a_reminder_superseded_by_a_digest_is_not_inserted_again(runtime, full_pass, owner, boss, case):
    """The recipient's digest is sent before the section's morning, when the more urgent reminder is sent alone."""
    with time_machine.travel(datetime.combine(in_days(0), time(20), UTC), tick=False) as clock_of_test:
        set_clocks(runtime.units, owner, case, clock(in_days(4)))
        with runtime.units.begin(owner) as uow:
            setting = uow.session.get_one(ReminderSetting, owner.user_id)
            setting.hour, setting.next_digest_at = 6, datetime.combine(in_days(1), time(6), UTC)
        clock_of_test.move_to(datetime.combine(in_days(1), time(6, 5), UTC))
        sweep(runtime.units, AcceptingMailer(), HEAD)
        assert full_pass().corrected == 0
