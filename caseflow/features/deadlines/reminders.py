"""Which reminders a deadline needs, and keeping the outbox so: the rows are written with the deadline, in one commit.

A reminder is known by threshold, recipient and moment. Those that fit stay (and follow the deadline to its new
version), those that no longer fit are superseded, missing ones are written. What was sent is not sent again for the
same day. So it may run at any time, and running it twice writes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy.dialects.postgresql import insert

from caseflow.clock import now
from caseflow.features.deadlines.queries import coordinators_of, reminders_of
from caseflow.jobs import Job
from caseflow.models import Case, Deadline, DeadlineKind, Reminder, ReminderStatus, Section
from caseflow.unit_of_work import UnitOfWork

THRESHOLDS: dict[DeadlineKind, tuple[int, ...]] = {
    DeadlineKind.ONE_YEAR: (270, 180, 90, 30, 14, 7, 3, 1, 0, -1),
    DeadlineKind.NEXT_DOMESTIC_STEP: (14, 7, 3, 1, 0, -1),
    DeadlineKind.MANUAL: (7, 1, 0, -1),
}
"""Days before the last day, the first warning first; -1 is the day after it (ux.md, reminders)."""

MORNING = time(7)
"""When a reminder is due, in the section's time zone."""

LIVING = (ReminderStatus.WAITING, ReminderStatus.SENT, ReminderStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who is reminded of a deadline: always, and besides when its day has passed."""

    always: tuple[UUID, ...]
    when_overdue: tuple[UUID, ...] = ()

    def at(self, threshold: int) -> tuple[UUID, ...]:
        """Return who is told at a threshold, each once."""
        return tuple(dict.fromkeys(self.always + (self.when_overdue if threshold < 0 else ())))


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """A reminder that ought to be in the outbox."""

    threshold: int
    recipient_id: UUID
    due_at: datetime


def plan(deadline: Deadline, recipients: Recipients, at: datetime, zone: str) -> list[PlannedReminder]:
    """Return the reminders that a deadline needs from a moment on.

    Of the thresholds that have passed only the most urgent is told: one mail about a clock that is found late, not ten.
    """
    if deadline.done_at is not None:
        return []
    moments = list(_moments(deadline, zone))
    late = [moment for moment in moments if moment[1] <= at]
    return [
        PlannedReminder(threshold, recipient, due_at)
        for threshold, due_at in late[-1:] + [moment for moment in moments if moment[1] > at]
        for recipient in recipients.at(threshold)
    ]


def _moments(deadline: Deadline, zone: str) -> Iterator[tuple[int, datetime]]:
    for threshold in THRESHOLDS[deadline.kind]:
        day = deadline.due_on - timedelta(days=threshold)
        yield threshold, datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(UTC)


def _recipients(case: Case, coordinators: tuple[UUID, ...]) -> Recipients:
    """Return whom to remind of a case: its owner, without one the section's coordinators; of what is overdue both."""
    return Recipients((case.owner_id,) if case.owner_id else coordinators, coordinators)


def renew(uow: UnitOfWork, case: Case, deadlines: Sequence[Deadline]) -> None:
    """Bring the outbox in line with deadlines of a case. Call it after every change of theirs, before the commit."""
    renew_all(uow, [(case, deadlines)])


def renew_all(uow: UnitOfWork, changed: Sequence[tuple[Case, Sequence[Deadline]]]) -> None:
    """Bring the outbox in line with deadlines of any number of cases, in as many statements as for one."""
    rows = [(case, deadline) for case, deadlines in changed for deadline in deadlines]
    if not rows:
        return
    uow.flush()  # the versions that count are those after the change
    at, coordinators = now(), coordinators_of(uow, {case.section_id for case, _ in rows})
    present: dict[UUID, list[Reminder]] = {deadline.id: [] for _, deadline in rows}
    for reminder in reminders_of(uow, present):
        present[reminder.deadline_id].append(reminder)
    missing = []
    for case, deadline in rows:
        recipients = _recipients(case, coordinators[case.section_id])
        zone = uow.session.get_one(Section, case.section_id).time_zone
        planned = plan(deadline, recipients, at, zone)
        missing += [(deadline, each) for each in _reconcile(deadline, present[deadline.id], planned)]
    uow.flush()
    if missing:
        _write(uow, [_row(deadline, planned) for deadline, planned in missing])
    if any(planned.due_at <= at for _, planned in missing):
        uow.after_commit(Job.REMIND)


def _reconcile(
    deadline: Deadline, present: Iterable[Reminder], planned: Iterable[PlannedReminder]
) -> list[PlannedReminder]:
    """Let what fits follow the deadline, supersede what does not, and return what is missing."""
    wanted = {(p.threshold, p.recipient_id, p.due_at): p for p in planned}
    for reminder in present:
        if reminder.status not in LIVING:
            continue
        fits = wanted.pop((reminder.threshold, reminder.recipient_id, reminder.due_at), None)
        if reminder.status is not ReminderStatus.WAITING:
            continue
        if fits is None:
            reminder.status = ReminderStatus.SUPERSEDED
            reminder.reason = "the deadline is done" if deadline.done_at else "the deadline has changed"
        elif reminder.deadline_version != deadline.version:
            reminder.deadline_version = deadline.version
    return list(wanted.values())


def _row(deadline: Deadline, planned: PlannedReminder) -> dict[str, object]:
    return {
        "id": uuid4(),
        "deadline_id": deadline.id,
        "deadline_version": deadline.version,
        "case_id": deadline.case_id,
        "recipient_id": planned.recipient_id,
        "threshold": planned.threshold,
        "due_at": planned.due_at,
        "status": ReminderStatus.WAITING,
        "created_at": now(),
    }


def _write(uow: UnitOfWork, rows: list[dict[str, object]]) -> None:
    """Insert reminders; one that was cancelled for the same version lives again (its recipient has come back)."""
    statement = insert(Reminder).values(rows)
    fresh = {
        "status": ReminderStatus.WAITING,
        "due_at": statement.excluded.due_at,
        "attempts": 0,
        "lease_until": None,
        "reason": "",
    }
    again = statement.on_conflict_do_update(
        index_elements=["deadline_id", "deadline_version", "threshold", "recipient_id"],
        set_=fresh,
        where=Reminder.status.in_([ReminderStatus.CANCELLED, ReminderStatus.SUPERSEDED]),
    )
    uow.session.execute(again)
