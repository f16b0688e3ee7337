"""Which reminders a deadline needs, and keeping the outbox so: the rows are written with the deadline, in one commit.

A reminder is known by threshold, recipient and day. Those that fit stay (and follow the deadline to its new version),
those that no longer fit are superseded, missing ones are written. What was sent is not sent again for the same day. So
it may run at any time, and running it twice writes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from caseflow.clock import now
from caseflow.features.deadlines.acknowledgements.queries import acknowledgements_of
from caseflow.features.deadlines.queries import (
    OVERTAKEN,
    Staff,
    coordinators_of,
    preferences_of,
    reminders_of,
    staff_of,
    write_reminders,
)
from caseflow.jobs import Job
from caseflow.models import (
    Case,
    Confidentiality,
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
"""When what is told at once is told, in the section's time zone; a digest comes at its reader's own hour."""
LAST_CALL = timedelta(hours=6)
"""So long before an hour that was named the last warning is told."""
JUST_AFTER = timedelta(hours=1)

RULES = sha256(repr((1, KINDS, CLOSE, ALWAYS_SENT, MORNING, LAST_CALL, JUST_AFTER)).encode()).hexdigest()[:40]
"""Which rules make a plan; the number grows when `plan` itself makes other plans. The night that finds other rules than the
night before brings everything in line with them."""

LIVING = (ReminderStatus.WAITING, ReminderStatus.SENT, ReminderStatus.FAILED)
SENT_BY_SWEEP = (ReminderCause.HANDED_ON, ReminderCause.SUBSTITUTE)
"""Written while mails leave, for people whom no plan names; they live as long as the version of their deadline."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who is told of a deadline: whoever is responsible always, the coordinators when nothing happens."""

    responsible: tuple[UUID, ...]
    coordinators: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Attention:
    """What was said of a deadline: whether its present day was acknowledged, and who wants to hear of it later."""

    is_acknowledged: bool = False
    snoozed_until: Mapping[UUID, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """A reminder that ought to be in the outbox. `due_at` is None for what waits for the digest of `due_on`."""

    threshold: int
    recipient_id: UUID
    due_on: date
    due_at: datetime | None
    cause: ReminderCause
    is_overtaken: bool = False
    """Its time has come, and that of a more urgent one too: it is not written any more. One that waits already stays,
    since its reader's digest may leave before that of the more urgent one: the sweep tells the most urgent that is due."""


@dataclass(slots=True)
class Difference:
    """In what the reminders of a deadline were not those of its plan."""

    missing: list[PlannedReminder] = field(default_factory=list)
    followed: list[UUID] = field(default_factory=list)
    """Whose reminders had to follow the deadline to its present version."""
    withdrawn: list[UUID] = field(default_factory=list)
    """Whose reminders stood there for nothing."""

    @property
    def people(self) -> set[UUID]:
        """Return whose reminders differed."""
        return {*self.followed, *self.withdrawn, *(one.recipient_id for one in self.missing)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan is made from besides the deadline. `zone` is the section's."""

    recipients: Recipients
    at: datetime
    zone: str
    section: Mapping[DeadlineKind, Sequence[int]] = field(default_factory=dict)
    """The thresholds that the section has set for itself."""


def plan(deadline: Deadline, given: Plan, attention: Attention | None = None) -> list[PlannedReminder]:
    """Return the reminders that the days of a deadline name, as they stand at a moment.

    Of the thresholds that have passed only the most urgent is told: one line about a clock that is found late, not ten.
    """
    if deadline.done_at is not None:
        return []
    attention = attention or Attention()
    wanted: dict[tuple[int, UUID], PlannedReminder] = {}
    for person in given.recipients.responsible:
        causes = _awake(deadline, given, attention.snoozed_until.get(person))
        _add(wanted, _notified(deadline, given, person, causes))
    for person in given.recipients.coordinators:
        _add(wanted, _notified(deadline, given, person, _for_coordinators(deadline, given, attention)))
    return list(wanted.values())


def _add(wanted: dict[tuple[int, UUID], PlannedReminder], more: Iterable[PlannedReminder]) -> None:
    for one in more:
        wanted.setdefault((one.threshold, one.recipient_id), one)


def _awake(deadline: Deadline, given: Plan, snoozed_until: date | None) -> dict[int, ReminderCause]:
    """Return the thresholds at which somebody responsible is told, and why: what was slept through comes on waking.

    Nobody sleeps through what is always told. Who had woken before the deadline got its present day sleeps no more:
    that day is new to them.
    """
    kind = KINDS[deadline.kind]
    thresholds = thresholds_of(deadline.kind, given.section.get(deadline.kind))
    if snoozed_until is None or snoozed_until <= _set_on(deadline, given):
        return dict.fromkeys(thresholds, ReminderCause.RESPONSIBLE)
    waking = (deadline.due_on - snoozed_until).days
    causes = {waking: ReminderCause.SNOOZED}
    awake = (threshold for threshold in thresholds if threshold <= waking or threshold in kind.always_sent)
    causes.update(dict.fromkeys(awake, ReminderCause.RESPONSIBLE))
    return dict(sorted(causes.items(), reverse=True))


def _for_coordinators(deadline: Deadline, given: Plan, attention: Attention) -> dict[int, ReminderCause]:
    """Return when coordinators hear of it: once it has passed, and before, when nobody has said that they have seen it.

    Whoever is responsible has a day to say so from when the date was set.
    """
    causes = {OVERDUE: ReminderCause.OVERDUE}
    escalates_at = KINDS[deadline.kind].escalates_at
    if escalates_at is None or attention.is_acknowledged or not given.recipients.responsible:
        return causes
    threshold = min(escalates_at, (deadline.due_on - _set_on(deadline, given)).days - 1)
    return {threshold: ReminderCause.NOT_ACKNOWLEDGED, **causes} if threshold > OVERDUE else causes


def _set_on(deadline: Deadline, given: Plan) -> date:
    """Return the day on which the deadline got its present day, where it is due."""
    return deadline.dated_at.astimezone(ZoneInfo(deadline.zone or given.zone)).date()


def _notified(
    deadline: Deadline, given: Plan, person: UUID, causes: Mapping[int, ReminderCause]
) -> Iterator[PlannedReminder]:
    """Yield the reminders of one person: of those whose time has come all but the last are overtaken."""
    moments = [(threshold, *_moment(deadline, threshold, given.zone)) for threshold in causes]
    number_come = sum(at <= given.at for _threshold, _day, at in moments)
    for place, (threshold, due_on, at) in enumerate(moments, 1):
        due_at = at if KINDS[deadline.kind].is_sent_at_once(threshold) else None
        yield PlannedReminder(threshold, person, due_on, due_at, causes[threshold], is_overtaken=place < number_come)


def _moment(deadline: Deadline, threshold: int, zone: str) -> tuple[date, datetime]:
    """Return the day and the moment of a threshold: of a whole day its morning, of an hour the same hour before."""
    if deadline.due_at is None:
        day = deadline.due_on - timedelta(days=threshold)
        return day, datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(UTC)
    there = ZoneInfo(deadline.zone)
    if threshold == OVERDUE:
        at = deadline.due_at + JUST_AFTER
    elif threshold == 0:
        at = deadline.due_at - LAST_CALL
    else:
        at = (deadline.due_at.astimezone(there) - timedelta(days=threshold)).astimezone(UTC)  # the hour on the wall
    return at.astimezone(there).date(), at


def recipients_of(uow: UnitOfWork, case: Case) -> Recipients:
    """Return whom to remind of a case."""
    return recipients(uow, [case], staff_of(uow, [case.section_id]))[case.id]


def recipients(uow: UnitOfWork, cases: Iterable[Case], staff: Mapping[UUID, Staff]) -> dict[UUID, Recipients]:
    """Return whom to remind of each case: its owner, and the section's coordinators of what is left undone.

    While nobody owns it, or its owner no longer works in the section, the coordinators are reminded in their place. Of a
    sealed case only those who are named. One that nobody may see any more is given to one coordinator: it will not reach
    them either, so the administrator's page shows it.
    """
    cases = list(cases)
    sealed = [case.id for case in cases if case.confidentiality is Confidentiality.SEALED]
    named = coordinators_of(uow, sealed) if sealed else {}
    found: dict[UUID, Recipients] = {}
    for case in cases:
        working = staff[case.section_id]
        owner = working.owner_of(case)
        coordinators = named.get(case.id, ()) if case.id in sealed else working.coordinators
        if owner is None:
            found[case.id] = Recipients(coordinators or working.coordinators[:1])
        else:
            found[case.id] = Recipients((owner,), tuple(one for one in coordinators if one != owner))
    return found


def sync_reminders(
    uow: UnitOfWork, case: Case, deadlines: Sequence[Deadline], staff: Staff | None = None
) -> dict[UUID, Difference]:
    """Bring the outbox in line with deadlines of a case. Call it after every change of theirs, before the commit."""
    return sync_reminders_of_cases(uow, [(case, deadlines)], None if staff is None else {case.section_id: staff})


def sync_reminders_of_cases(
    uow: UnitOfWork,
    changed: Sequence[tuple[Case, Sequence[Deadline]]],
    staff: Mapping[UUID, Staff] | None = None,
) -> dict[UUID, Difference]:
    """Bring the outbox in line with deadlines of any number of cases, in as many statements as for one.

    `staff` by section, where the caller has asked for it already.

    Returns:
        By deadline, what differed: nothing of those whose reminders were in line.
    """
    rows = [(case, deadline) for case, deadlines in changed for deadline in deadlines]
    if not rows:
        return {}
    uow.flush()  # the versions that count are those after the change
    sections = {case.section_id for case, _ in rows}
    at, staff, preferences = now(), staff or staff_of(uow, sections), preferences_of(uow, sections)
    present: dict[UUID, list[Reminder]] = {deadline.id: [] for _, deadline in rows}
    for reminder in reminders_of(uow, present):
        present[reminder.deadline_id].append(reminder)
    said = _attention(uow, [deadline for _, deadline in rows])
    told = recipients(uow, {case.id: case for case, _ in rows}.values(), staff)
    differences: dict[UUID, Difference] = {}
    missing: list[tuple[Deadline, PlannedReminder]] = []
    for case, deadline in rows:
        habit = preferences[case.section_id]
        given = Plan(told[case.id], at, habit.time_zone, habit.thresholds)
        found = reconcile(deadline, present[deadline.id], plan(deadline, given, said[deadline.id]))
        missing += [(deadline, planned) for planned in found.missing]
        if found != Difference():
            differences[deadline.id] = found
    uow.flush()
    if missing:
        write_reminders(uow, [_row(deadline, planned) for deadline, planned in missing])
    if any(planned.due_at and planned.due_at <= at for _, planned in missing):
        uow.after_commit(Job.REMIND)
    return differences


def _attention(uow: UnitOfWork, deadlines: Sequence[Deadline]) -> dict[UUID, Attention]:
    said: dict[UUID, list[DeadlineAcknowledgement]] = {deadline.id: [] for deadline in deadlines}
    for row in acknowledgements_of(uow, said):
        said[row.deadline_id].append(row)
    return {
        deadline.id: Attention(
            any(row.acknowledged_for == deadline.due_on for row in said[deadline.id]),
            {row.user_id: row.snoozed_until for row in said[deadline.id] if row.snoozed_until},
        )
        for deadline in deadlines
    }


def reconcile(deadline: Deadline, present: Iterable[Reminder], planned: Iterable[PlannedReminder]) -> Difference:
    """Let what fits follow the deadline, supersede what does not, and return what differed.

    Who was told of this day more urgently is not told less urgently after: their own day begins before the section's, or
    they slept meanwhile. The sweep decides so too.
    """
    wanted = {(one.threshold, one.recipient_id, one.due_on, one.due_at): one for one in planned}
    told: dict[UUID, int] = {}
    decided: set[tuple[int, UUID]] = set()
    found = Difference()
    for reminder in present:
        is_of_version = reminder.deadline_version == deadline.version
        key = (reminder.threshold, reminder.recipient_id)
        if reminder.status not in LIVING:
            decided |= {key} if is_of_version and reminder.reason == OVERTAKEN else set()
            continue
        fits = wanted.pop((*key, reminder.due_on, reminder.due_at), None)
        if _is_notified(reminder) and (fits is not None or is_of_version):
            told[reminder.recipient_id] = min(reminder.threshold, told.get(reminder.recipient_id, reminder.threshold))
        if not _stays(deadline, reminder, fits=fits is not None):
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
        if not one.is_overtaken
        and (one.threshold, one.recipient_id) not in decided
        and one.threshold <= told.get(one.recipient_id, one.threshold)
    ]
    return found


def _stays(deadline: Deadline, reminder: Reminder, *, fits: bool) -> bool:
    """Tell whether a reminder stays as it is: one that was told, that fits, or that was handed on to who has it."""
    is_handed = reminder.cause in SENT_BY_SWEEP and _still_notified(deadline, reminder)
    return reminder.status is not ReminderStatus.WAITING or fits or is_handed


def _is_notified(reminder: Reminder) -> bool:
    is_in_mail = reminder.status is ReminderStatus.WAITING and reminder.mail_id is not None
    return reminder.status is ReminderStatus.SENT or is_in_mail


def _still_notified(deadline: Deadline, reminder: Reminder) -> bool:
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
