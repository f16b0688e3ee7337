"""Plan the reminders of deadlines and reconcile the outbox with the plan, in the same commit as the deadline.

A reminder is identified by threshold, recipient and day. Those in the plan are kept (and updated to the deadline's new
version), others are superseded, missing ones are inserted. Nothing is sent twice for the same day. It may run at any
time, and running it twice changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from caseflow.clock import now
from caseflow.features.deadlines.acknowledgements.queries import acknowledgements_of
from caseflow.features.deadlines.queries import MORE_URGENT, preferences_of, reminders_of, write_reminders
from caseflow.features.deadlines.responsible.queries import CaseStaff, staff_of_cases
from caseflow.jobs import Job
from caseflow.models import (
    Case,
    Deadline,
    DeadlineAcknowledgement,
    DeadlineKind,
    Reminder,
    ReminderCause,
    ReminderStatus,
)
from caseflow.models.deadline_kinds import ALWAYS_SENT, CLOSE, KINDS, OVERDUE, thresholds_of
from caseflow.unit_of_work import UnitOfWork

MORNING = time(7)
"""When urgent reminders are sent, in the section's time zone. Digests are sent at the recipient's own hour."""
FINAL_WARNING = timedelta(hours=6)
"""How long before its hour a deadline's last warning is sent."""
OVERDUE_AFTER = timedelta(hours=1)
"""How long after its hour a deadline's overdue reminder is sent."""

RULES = sha256(repr((2, KINDS, CLOSE, ALWAYS_SENT, MORNING, FINAL_WARNING, OVERDUE_AFTER)).encode()).hexdigest()[:40]
"""Digest of the planning rules. Its first number is increased when `plan` itself changes. A full pass under new rules raises
no alarm about what they change."""

ACTIVE = (ReminderStatus.WAITING, ReminderStatus.SENT, ReminderStatus.FAILED)
WRITTEN_BY_SWEEP = (ReminderCause.HANDED_ON, ReminderCause.SUBSTITUTE)
"""Causes of reminders that the sweep writes for people outside the plan. They are kept while their deadline has the same version."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom to notify of a deadline: responsible people at all thresholds, others by escalation."""

    responsible: tuple[UUID, ...]
    escalated: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class AcknowledgementState:
    """Whether the present day of a deadline is acknowledged, and who has snoozed it until when."""

    is_acknowledged: bool = False
    snoozed_until: Mapping[UUID, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """A reminder that should be in the outbox. `due_at` is None if it waits for the digest of `due_on`."""

    threshold: int
    recipient_id: UUID
    due_on: date
    due_at: datetime | None
    cause: ReminderCause
    is_superseded: bool = False
    """It is past, and so is a more urgent one, so it is not inserted. If it is waiting already it is kept, since the
    recipient's digest may come before the more urgent one is due. The sweep sends the most urgent that is due."""


@dataclass(slots=True)
class Difference:
    """How the reminders of a deadline differed from its plan."""

    missing: list[PlannedReminder] = field(default_factory=list)
    followed: list[UUID] = field(default_factory=list)
    """Recipients of reminders that were updated to the deadline's present version."""
    withdrawn: list[UUID] = field(default_factory=list)
    """Recipients of reminders that were superseded."""

    @property
    def people(self) -> set[UUID]:
        """The recipients whose reminders differed."""
        return {*self.followed, *self.withdrawn, *(one.recipient_id for one in self.missing)}


@dataclass(frozen=True, slots=True)
class PlanContext:
    """The input of a plan besides the deadline. `zone` is the section's time zone."""

    recipients: Recipients
    at: datetime
    zone: str
    section: Mapping[DeadlineKind, Sequence[int]] = field(default_factory=dict)
    """The section's own thresholds."""


def plan(
    deadline: Deadline, context: PlanContext, attention: AcknowledgementState | None = None
) -> list[PlannedReminder]:
    """Return the reminders of a deadline as planned at a moment.

    Of the thresholds that have passed only the most urgent counts, so that a clock found late gives one reminder, not ten.
    """
    if deadline.done_at is not None:
        return []
    attention = attention or AcknowledgementState()
    wanted: dict[tuple[int, UUID], PlannedReminder] = {}
    for person in context.recipients.responsible:
        causes = _causes_for_responsible(deadline, context, attention.snoozed_until.get(person))
        _add_missing(wanted, _reminders_of_person(deadline, context, person, causes))
    for person in context.recipients.escalated:
        _add_missing(
            wanted,
            _reminders_of_person(deadline, context, person, _causes_for_escalated(deadline, context, attention)),
        )
    return list(wanted.values())


def _add_missing(wanted: dict[tuple[int, UUID], PlannedReminder], more: Iterable[PlannedReminder]) -> None:
    for one in more:
        wanted.setdefault((one.threshold, one.recipient_id), one)


def _causes_for_responsible(
    deadline: Deadline, context: PlanContext, snoozed_until: date | None
) -> dict[int, ReminderCause]:
    """Return the thresholds for a responsible person, with causes. Snoozed ones are replaced by one at the snooze's end.

    Thresholds that are always sent can't be snoozed. A snooze that ended before the deadline got its present day no
    longer counts.
    """
    kind = KINDS[deadline.kind]
    thresholds = thresholds_of(deadline.kind, context.section.get(deadline.kind))
    if snoozed_until is None or snoozed_until <= _dated_on(deadline, context):
        return dict.fromkeys(thresholds, ReminderCause.RESPONSIBLE)
    at_snooze_end = (deadline.due_on - snoozed_until).days
    causes = {at_snooze_end: ReminderCause.SNOOZED}
    remaining = (threshold for threshold in thresholds if threshold <= at_snooze_end or threshold in kind.always_sent)
    causes.update(dict.fromkeys(remaining, ReminderCause.RESPONSIBLE))
    return dict(sorted(causes.items(), reverse=True))


def _causes_for_escalated(
    deadline: Deadline, context: PlanContext, attention: AcknowledgementState
) -> dict[int, ReminderCause]:
    """Return the thresholds for the others, with causes: when it is overdue, and before if nobody has acknowledged it.

    Of a loud kind they are notified at once. Of others the responsible person has at least a day to acknowledge first.
    """
    causes = {OVERDUE: ReminderCause.OVERDUE}
    escalates_at = KINDS[deadline.kind].escalates_at
    if escalates_at is None or attention.is_acknowledged or not context.recipients.responsible:
        return causes
    days = (deadline.due_on - _dated_on(deadline, context)).days
    # The moment of the day before it was dated has passed, so that this one is sent at once.
    thresholds = [days + 1] if KINDS[deadline.kind].is_loud and days >= 0 else []
    thresholds += [threshold for threshold in (min(escalates_at, days - 1),) if threshold > OVERDUE]
    return dict.fromkeys(thresholds, ReminderCause.NOT_ACKNOWLEDGED) | causes


def _dated_on(deadline: Deadline, context: PlanContext) -> date:
    """Return the day on which the deadline got its present day, in its time zone."""
    return deadline.dated_at.astimezone(ZoneInfo(deadline.zone or context.zone)).date()


def _reminders_of_person(
    deadline: Deadline, context: PlanContext, person: UUID, causes: Mapping[int, ReminderCause]
) -> Iterator[PlannedReminder]:
    """Yield the reminders of one person. Of those that are past, all but the most urgent are superseded."""
    moments = [(threshold, *_due_moment(deadline, threshold, context.zone)) for threshold in causes]
    number_passed = sum(at <= context.at for _threshold, _day, at in moments)
    for place, (threshold, due_on, at) in enumerate(moments, 1):
        due_at = at if KINDS[deadline.kind].is_sent_at_once(threshold) else None
        yield PlannedReminder(threshold, person, due_on, due_at, causes[threshold], is_superseded=place < number_passed)


def _due_moment(deadline: Deadline, threshold: int, zone: str) -> tuple[date, datetime]:
    """Return day and moment of a threshold: the morning for a whole day, the same local time for an hour."""
    if deadline.due_at is None:
        day = deadline.due_on - timedelta(days=threshold)
        return day, datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(UTC)
    there = ZoneInfo(deadline.zone)
    if threshold == OVERDUE:
        at = deadline.due_at + OVERDUE_AFTER
    elif threshold == 0:
        at = deadline.due_at - FINAL_WARNING
    else:
        at = (deadline.due_at.astimezone(there) - timedelta(days=threshold)).astimezone(UTC)  # the same local time
    return at.astimezone(there).date(), at


def recipients_of(deadline: Deadline, staff: CaseStaff) -> Recipients:
    """Return the recipients for a deadline: the person responsible, and the section's coordinators for escalation.

    If it was given to somebody, the owner of the case is notified by escalation too. If nobody owns the case, or its owner
    no longer works in the section, the coordinators are responsible. For a sealed case only coordinators who may see it
    count. If nobody may see a case any more, one coordinator is the recipient: delivery to them fails, so that the
    administrator's page shows it.
    """
    responsible = staff.responsible_for(deadline)
    if responsible is None:
        return Recipients(staff.coordinators or staff.last_resort)
    others = dict.fromkeys(one for one in (staff.owner, *staff.coordinators) if one is not None and one != responsible)
    return Recipients((responsible,), tuple(others))


def sync_reminders(
    uow: UnitOfWork, case: Case, deadlines: Sequence[Deadline], staff: CaseStaff | None = None
) -> dict[UUID, Difference]:
    """Reconcile the outbox with deadlines of a case. To be called after each change of them, before the commit."""
    return sync_reminders_of_cases(uow, [(case, deadlines)], None if staff is None else {case.id: staff})


def sync_reminders_of_cases(
    uow: UnitOfWork,
    changed: Sequence[tuple[Case, Sequence[Deadline]]],
    staff: Mapping[UUID, CaseStaff] | None = None,
) -> dict[UUID, Difference]:
    """Reconcile the outbox with deadlines of any number of cases, in a constant number of statements.

    `staff` by case, if the caller has loaded it already.

    Returns:
        The differences by deadline, without deadlines whose reminders agreed with the plan.
    """
    rows = [(case, deadline) for case, deadlines in changed for deadline in deadlines]
    if not rows:
        return {}
    uow.flush()  # reminders need the versions after the change
    sections = {case.section_id for case, _ in rows}
    at, preferences = now(), preferences_of(uow, sections)
    staff = staff or staff_of_cases(uow, {case.id: case for case, _ in rows}.values())
    present: dict[UUID, list[Reminder]] = {deadline.id: [] for _, deadline in rows}
    for reminder in reminders_of(uow, present):
        present[reminder.deadline_id].append(reminder)
    attention = _attention(uow, [deadline for _, deadline in rows])
    differences: dict[UUID, Difference] = {}
    missing: list[tuple[Deadline, PlannedReminder]] = []
    for case, deadline in rows:
        own = preferences[case.section_id]
        context = PlanContext(recipients_of(deadline, staff[case.id]), at, own.time_zone, own.thresholds)
        found = reconcile(deadline, present[deadline.id], plan(deadline, context, attention[deadline.id]))
        missing += [(deadline, planned) for planned in found.missing]
        if found != Difference():
            differences[deadline.id] = found
    uow.flush()
    if missing:
        write_reminders(uow, [_row(deadline, planned) for deadline, planned in missing])
    if any(planned.due_at and planned.due_at <= at for _, planned in missing):
        uow.after_commit(Job.REMIND)
    return differences


def _attention(uow: UnitOfWork, deadlines: Sequence[Deadline]) -> dict[UUID, AcknowledgementState]:
    rows: dict[UUID, list[DeadlineAcknowledgement]] = {deadline.id: [] for deadline in deadlines}
    for row in acknowledgements_of(uow, rows):
        rows[row.deadline_id].append(row)
    return {
        deadline.id: AcknowledgementState(
            any(row.acknowledged_for == deadline.due_on for row in rows[deadline.id]),
            {row.user_id: row.snoozed_until for row in rows[deadline.id] if row.snoozed_until},
        )
        for deadline in deadlines
    }


def reconcile(deadline: Deadline, present: Iterable[Reminder], planned: Iterable[PlannedReminder]) -> Difference:
    """Update reminders that are in the plan, supersede the others, and return the differences.

    After a reminder was sent, no less urgent one of the same day is added for the same person: their day may begin before
    the section's, or a snooze may have ended. The sweep has the same rule.
    """
    wanted = {(one.threshold, one.recipient_id, one.due_on, one.due_at): one for one in planned}
    most_urgent_sent: dict[UUID, int] = {}
    decided: set[tuple[int, UUID]] = set()
    found = Difference()
    for reminder in present:
        is_of_version = reminder.deadline_version == deadline.version
        key = (reminder.threshold, reminder.recipient_id)
        if reminder.status not in ACTIVE:
            decided |= {key} if is_of_version and reminder.reason == MORE_URGENT else set()
            continue
        fits = wanted.pop((*key, reminder.due_on, reminder.due_at), None)
        if _is_sent_or_in_mail(reminder) and (fits is not None or is_of_version):
            most_urgent_sent[reminder.recipient_id] = min(
                reminder.threshold, most_urgent_sent.get(reminder.recipient_id, reminder.threshold)
            )
        if not _is_kept(deadline, reminder, fits=fits is not None):
            reminder.status = ReminderStatus.SUPERSEDED
            reminder.reason = "the deadline is done" if deadline.done_at else "the deadline has changed"
            found.withdrawn.append(reminder.recipient_id)
            continue
        if fits is not None and reminder.status is ReminderStatus.WAITING and not is_of_version:
            reminder.deadline_version, is_of_version = deadline.version, True
            found.followed.append(reminder.recipient_id)
        if is_of_version:
            decided.add(key)
    found.missing += [
        one
        for one in wanted.values()
        if not one.is_superseded
        and (one.threshold, one.recipient_id) not in decided
        and one.threshold <= most_urgent_sent.get(one.recipient_id, one.threshold)
    ]
    return found


def _is_kept(deadline: Deadline, reminder: Reminder, *, fits: bool) -> bool:
    """Return whether a reminder is kept: it was sent, is in the plan, or was written by the sweep for this version."""
    is_from_sweep = reminder.cause in WRITTEN_BY_SWEEP and _is_of_open_version(deadline, reminder)
    return reminder.status is not ReminderStatus.WAITING or fits or is_from_sweep


def _is_sent_or_in_mail(reminder: Reminder) -> bool:
    is_in_mail = reminder.status is ReminderStatus.WAITING and reminder.mail_id is not None
    return reminder.status is ReminderStatus.SENT or is_in_mail


def _is_of_open_version(deadline: Deadline, reminder: Reminder) -> bool:
    return deadline.done_at is None and reminder.deadline_version == deadline.version


def _row(deadline: Deadline, planned: PlannedReminder) -> dict[str, object]:
    return {
        "id": uuid4(),
        "deadline_id": deadline.id,
        "deadline_version": deadline.version,
        "case_id": deadline.case_id,
        "recipient_id": planned.recipient_id,
        "threshold": planned.threshold,
        "cause": planned.cause,
        "due_on": planned.due_on,
        "due_at": planned.due_at,
        "status": ReminderStatus.WAITING,
        "created_at": now(),
    }
