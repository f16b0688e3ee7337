"""A deadline that was given to a person: who is responsible, and who is reminded."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from caseflow.clock import now, today
from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.accounts.service import give_role
from caseflow.features.calendar.queries import events
from caseflow.features.cases.service import assign_case, describe_case, editable_case
from caseflow.features.deadlines.acknowledgements.service import acknowledge, snooze
from caseflow.features.deadlines.commands import NewDeadline, Snooze
from caseflow.features.deadlines.queries import my_due
from caseflow.features.deadlines.reminder_sync.service import WORKER, process_sync_requests
from caseflow.features.deadlines.service import complete, edit_deadline, give_deadline
from caseflow.features.reminders.sweep import sweep
from caseflow.models import (
    AuditEntry,
    CaseGrant,
    Confidentiality,
    Deadline,
    GrantLevel,
    Reminder,
    ReminderStatus,
    Role,
    User,
)
from caseflow.outbound.mail import Letterhead, SmtpMailer
from tests.factories import (
    clock,
    deadlines_seen,
    end_roles,
    in_days,
    make_actor,
    make_deadline,
    make_section,
    reminders_seen,
    seal,
    set_clocks,
    share,
)
from tests.factories.cases import description_of
from tests.factories.people import ADMINISTRATION
from tests.outbound.sink import Sink

HEAD = Letterhead("caseflow@example.org", "https://cases.example.org")


def give(runtime, by, deadline, to):
    with runtime.units.begin(by) as uow:
        version = uow.session.get_one(Deadline, deadline.id).version
        return give_deadline(uow, deadline.id, version, to.user_id if to else None)


def waiting(runtime, by):
    """Return the thresholds that wait, by recipient."""
    found = {}
    for row in reminders_seen(runtime.units, by):
        if row.status.value == "waiting":
            found.setdefault(row.recipient_id, []).append(row.threshold)
    return found


def responsible(runtime, by):
    return [row.responsible_id for row in deadlines_seen(runtime.units, by)]


def assign(runtime, by, case, to):
    with runtime.units.begin(by) as uow:
        row = editable_case(uow, case.id)
        assign_case(uow, row, row.version, to.user_id if to else None)


def history(runtime, by, action):
    with runtime.units.begin(by) as uow:
        found = uow.session.scalars(select(AuditEntry).where(AuditEntry.action == action))
        return [(row.actor_id, row.changes) for row in found]


@pytest.fixture
def given(runtime, owner, boss, case, colleague):
    """A deadline in thirty days that was given to the colleague."""
    return make_deadline(runtime.units, owner, case, days=30, given_to_id=colleague.user_id)


def test_the_person_chosen_is_reminded_and_the_owner_only_if_it_is_late(runtime, owner, boss, colleague, given):
    assert given.responsible_id == colleague.user_id
    assert waiting(runtime, owner) == {colleague.user_id: [7, 1, 0, -1], owner.user_id: [-1], boss.user_id: [-1]}


def test_of_a_hard_deadline_nobody_acknowledged_the_owner_is_notified_too(runtime, owner, boss, case, colleague):
    set_clocks(runtime.units, owner, case, clock(in_days(100)))
    (row,) = deadlines_seen(runtime.units, owner)
    give(runtime, owner, row, colleague)
    assert waiting(runtime, owner)[owner.user_id] == [10, -1]
    assert waiting(runtime, owner)[boss.user_id] == [10, -1]
    (row,) = deadlines_seen(runtime.units, owner)
    with runtime.units.begin(colleague) as uow:
        acknowledge(uow, row.id, row.version)
    assert waiting(runtime, owner)[owner.user_id] == [-1]


def test_mails_go_to_the_person_and_not_to_the_owner(runtime, owner, colleague, given):
    with Sink() as sink:
        for day in range(33):
            with time_machine.travel(now() + timedelta(days=day), tick=False):
                sweep(runtime.units, SmtpMailer("127.0.0.1", sink.port, tls="none"), HEAD)
    rows = [row for row in reminders_seen(runtime.units, owner) if row.status.value == "sent"]
    assert [row.threshold for row in rows if row.recipient_id == colleague.user_id] == [7, 1, 0, -1]
    assert [row.threshold for row in rows if row.recipient_id == owner.user_id] == [-1]


def test_it_is_in_the_work_and_the_calendar_of_the_person(runtime, owner, colleague, given):
    for person, number in ((colleague, 1), (owner, 0)):
        with runtime.units.begin(person) as uow:
            assert len(my_due(uow, in_days(40), None, 10)) == number
            assert len(events(uow, person.user_id, today(), in_days(40), 10)) == number


def test_another_owner_of_the_case_does_not_get_it(runtime, *, owner, boss, colleague, case, given):
    make_deadline(runtime.units, owner, case, days=20)
    before = waiting(runtime, boss)[colleague.user_id]
    assign(runtime, boss, case, boss)
    assert set(responsible(runtime, boss)) == {colleague.user_id, boss.user_id}
    assert waiting(runtime, boss)[colleague.user_id] == before
    assert owner.user_id not in waiting(runtime, boss)
    assign(runtime, boss, case, None)
    assert set(responsible(runtime, boss)) == {colleague.user_id, None}
    assert waiting(runtime, boss)[colleague.user_id] == before


def test_it_is_the_owner_s_again_when_the_person_leaves_and_theirs_when_they_return(
    runtime, section, *, owner, colleague, given, full_pass
):
    end_roles(runtime.units, colleague)
    assert process_sync_requests(runtime.units).corrected == 1
    assert responsible(runtime, owner) == [owner.user_id]
    assert waiting(runtime, owner)[owner.user_id] == [7, 1, 0, -1]
    assert colleague.user_id not in waiting(runtime, owner)
    assert full_pass().corrected == 0
    with runtime.units.begin(ADMINISTRATION) as uow:
        give_role(uow, uow.session.get_one(User, colleague.user_id), section, Role.CASEWORKER, "user.reopened")
    done = process_sync_requests(runtime.units)
    assert (done.corrected, done.alarms) == (1, 0), "the request of the role finds it, and no full pass has to"
    assert responsible(runtime, owner) == [colleague.user_id]
    assert full_pass().corrected == 0


def test_a_change_after_the_person_left_does_not_wait_for_the_job(runtime, owner, case, colleague, given):
    end_roles(runtime.units, colleague)
    make_deadline(runtime.units, owner, case, days=20)
    assert responsible(runtime, owner) == [owner.user_id] * 2


def test_nothing_is_sent_to_a_person_who_left_and_the_owner_is_told_even_before_the_job_ran(
    runtime, owner, colleague, given
):
    end_roles(runtime.units, colleague)
    with Sink() as sink, time_machine.travel(now() + timedelta(days=24)):
        for _ in range(2):
            sweep(runtime.units, SmtpMailer("127.0.0.1", sink.port, tls="none"), HEAD)
    rows = reminders_seen(runtime.units, owner)
    sent = [(row.recipient_id, row.cause.value) for row in rows if row.status.value == "sent"]
    assert (owner.user_id, "handed_on") in sent
    assert colleague.user_id not in {person for person, _cause in sent}


def test_the_choice_survives_when_the_date_is_computed_again(runtime, owner, case, colleague, full_pass):
    set_clocks(runtime.units, owner, case, clock(in_days(100)))
    give(runtime, owner, deadlines_seen(runtime.units, owner)[0], colleague)
    set_clocks(runtime.units, owner, case, clock(in_days(130)))
    assert responsible(runtime, owner) == [colleague.user_id]
    set_clocks(runtime.units, owner, case)
    set_clocks(runtime.units, owner, case, clock(in_days(120)))
    assert responsible(runtime, owner) == [colleague.user_id], "it applied no longer, and applies again"
    assert full_pass().corrected == 0


def test_it_can_be_given_to_another_person_and_back_to_the_owner(runtime, section, *, owner, colleague, given):
    other = make_actor(runtime.units, (section, Role.CASEWORKER))
    give(runtime, colleague, given, other)
    assert waiting(runtime, owner)[other.user_id] == [7, 1, 0, -1]
    assert colleague.user_id not in waiting(runtime, owner)
    give(runtime, other, given, None)
    assert responsible(runtime, owner) == [owner.user_id]
    assert other.user_id not in waiting(runtime, owner)


def test_of_a_deadline_found_late_the_person_gets_the_most_urgent_reminder(runtime, owner, case, colleague):
    row = make_deadline(runtime.units, owner, case, days=5)
    give(runtime, owner, row, colleague)
    assert waiting(runtime, owner)[colleague.user_id] == [7, 1, 0, -1]


def test_the_history_says_who_was_made_responsible(runtime, owner, case, colleague, given):
    (added,) = history(runtime, owner, "deadline.added")
    assert added[1]["given_to_id"] == added[1]["responsible_id"] == [None, str(colleague.user_id)]
    give(runtime, owner, given, None)
    (change,) = history(runtime, owner, "deadline.given")
    assert change == (
        owner.user_id,
        {
            "given_to_id": [str(colleague.user_id), None],
            "responsible_id": [str(colleague.user_id), str(owner.user_id)],
        },
    )
    give(runtime, owner, given, None)
    assert len(history(runtime, owner, "deadline.given")) == 1, "nothing changed"


def test_a_change_of_the_day_and_of_the_person_are_two_entries(runtime, owner, case, colleague, given):
    as_it_is = NewDeadline(title=given.title, due_on=given.due_on, given_to_id=colleague.user_id)
    with runtime.units.begin(owner) as uow:
        edit_deadline(uow, given.id, given.version, replace(as_it_is, due_on=in_days(31), given_to_id=None))
    (changed,), (moved,) = (history(runtime, owner, f"deadline.{what}") for what in ("changed", "given"))
    assert "responsible_id" not in changed[1]
    assert "due_on" not in moved[1]
    assert responsible(runtime, owner) == [owner.user_id]


def test_a_person_who_left_stays_chosen_when_the_day_is_changed(runtime, owner, colleague, given):
    end_roles(runtime.units, colleague)
    with runtime.units.begin(owner) as uow:
        edit_deadline(
            uow, given.id, given.version,
            NewDeadline(title="Another", due_on=given.due_on, given_to_id=colleague.user_id),
        )  # fmt: skip
    (row,) = deadlines_seen(runtime.units, owner)
    assert (row.given_to_id, row.responsible_id) == (colleague.user_id, owner.user_id)


def test_only_people_who_work_on_the_case_can_be_chosen(runtime, section, *, owner, case, colleague):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    reporter = make_actor(runtime.units, (section, Role.SECTION_REPORTER))
    end_roles(runtime.units, colleague)
    row = make_deadline(runtime.units, owner, case)
    for person in (stranger, reporter, colleague):
        with pytest.raises(Invalid) as refused:
            make_deadline(runtime.units, owner, case, given_to_id=person.user_id)
        assert set(refused.value.fields) == {"given_to"}
        with pytest.raises(Invalid):
            give(runtime, owner, row, person)
    assert responsible(runtime, owner) == [owner.user_id]


def test_who_may_not_change_the_case_can_not_choose(runtime, *, owner, case, colleague, given):
    guest = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    share(runtime.units, owner, case, guest)
    with pytest.raises(Forbidden):
        give(runtime, guest, given, None)


def test_a_page_that_is_out_of_date_is_refused(runtime, owner, colleague, given):
    with runtime.units.begin(owner) as uow, pytest.raises(Conflict):
        give_deadline(uow, given.id, given.version + 1, None)
    with runtime.units.begin(owner) as uow:
        complete(uow, given.id, given.version, "By letter")
    with pytest.raises(Conflict):
        give(runtime, owner, given, None)


def test_the_person_can_postpone_and_the_owner_can_not(runtime, owner, colleague, given):
    later = Snooze(version=given.version, until=in_days(10), reason="The file comes next month")
    with runtime.units.begin(owner) as uow, pytest.raises(Forbidden):
        snooze(uow, given.id, later)
    with runtime.units.begin(colleague) as uow:
        snooze(uow, given.id, later)
    assert 20 in waiting(runtime, owner)[colleague.user_id]
    with runtime.units.begin(owner) as uow:
        acknowledge(uow, given.id, given.version)


# --- sealed cases -----------------------------------------------------------------------------------------------------


def test_sealing_gives_it_back_to_the_owner_and_opening_returns_it(
    runtime, *, owner, boss, colleague, case, given, full_pass
):
    seal(runtime.units, owner, case)
    assert responsible(runtime, owner) == [owner.user_id]
    assert set(waiting(runtime, owner)) == {owner.user_id}
    assert full_pass().corrected == 0
    with runtime.units.begin(owner) as uow:
        row = editable_case(uow, case.id)
        describe_case(uow, row, replace(description_of(row), confidentiality=Confidentiality.SECTION))
    assert responsible(runtime, owner) == [colleague.user_id]
    assert full_pass().corrected == 0


def test_of_a_sealed_case_only_people_with_access_can_be_chosen(runtime, *, owner, boss, colleague, case):
    seal(runtime.units, owner, case)
    for person in (boss, colleague):
        with pytest.raises(Invalid):
            make_deadline(runtime.units, owner, case, given_to_id=person.user_id)
    share(runtime.units, owner, case, colleague, GrantLevel.WRITE)
    make_deadline(runtime.units, owner, case, days=30, given_to_id=colleague.user_id)
    assert waiting(runtime, owner) == {colleague.user_id: [7, 1, 0, -1], owner.user_id: [-1]}


def test_access_to_a_sealed_case_that_ends_by_its_date_is_no_alarm_and_loses_nothing(
    runtime, *, owner, boss, colleague, case, full_pass
):
    seal(runtime.units, owner, case)
    grant = share(runtime.units, owner, case, colleague, GrantLevel.WRITE)
    make_deadline(runtime.units, owner, case, days=30, given_to_id=colleague.user_id)
    assert full_pass().corrected == 0
    with runtime.units.begin(owner) as uow:
        uow.session.execute(update(CaseGrant).where(CaseGrant.id == grant.id).values(ends_on=in_days(-1)))
    with Sink() as sink, time_machine.travel(now() + timedelta(days=24)):
        for _ in range(2):
            sweep(runtime.units, SmtpMailer("127.0.0.1", sink.port, tls="none"), HEAD)
    sent = {
        (row.recipient_id, row.threshold) for row in reminders_seen(runtime.units, owner) if row.status.value == "sent"
    }
    assert sent == {(owner.user_id, 7)}, "the owner is told at once, and does not wait for the full pass"
    done = full_pass()
    assert (done.corrected, done.alarms) == (0, 0)
    assert responsible(runtime, owner) == [owner.user_id]
    with runtime.units.begin(owner) as uow:
        uow.session.execute(update(CaseGrant).where(CaseGrant.id == grant.id).values(ends_on=in_days(40)))
    assert full_pass().alarms == 0
    assert responsible(runtime, owner) == [colleague.user_id]


# --- planted faults ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_person_changed_past_the_services_raises_an_alarm_and_is_corrected(
    runtime, *, owner, boss, colleague, case, full_pass, is_sealed
):
    make_deadline(runtime.units, owner, case, days=30)
    if is_sealed:
        seal(runtime.units, owner, case)
    full_pass()
    with runtime.units.begin(WORKER) as uow:
        uow.session.execute(update(Deadline).values(responsible_id=colleague.user_id))
    done = full_pass()
    assert (done.corrected, done.alarms) == (1, 1)
    assert responsible(runtime, owner) == [owner.user_id]


def test_a_choice_made_past_the_services_raises_an_alarm_and_is_followed(runtime, *, owner, colleague, case, full_pass):
    make_deadline(runtime.units, owner, case, days=30)
    with runtime.units.begin(WORKER) as uow:
        uow.session.execute(update(Deadline).values(given_to_id=colleague.user_id))
    done = full_pass()
    assert (done.corrected, done.alarms) == (1, 1)
    assert responsible(runtime, owner) == [colleague.user_id]


def test_reminders_withdrawn_past_the_services_raise_an_alarm_in_a_sealed_case(
    runtime, *, owner, colleague, case, full_pass
):
    seal(runtime.units, owner, case)
    share(runtime.units, owner, case, colleague, GrantLevel.WRITE)
    make_deadline(runtime.units, owner, case, days=30, given_to_id=colleague.user_id)
    full_pass()
    for person in (owner, colleague):
        with runtime.units.begin(WORKER) as uow:
            uow.session.execute(
                update(Reminder)
                .where(Reminder.recipient_id == person.user_id, Reminder.threshold == -1)
                .values(status=ReminderStatus.SUPERSEDED)
            )
        assert full_pass().alarms == 1, "both are expected in the plan"
