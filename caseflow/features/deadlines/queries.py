"""Queries on deadlines and reminders. Row security decides which are visible; the filters here are not for safety."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    Uuid,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import joinedload

from caseflow.clock import latest_local_date, today
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.features.cases.owners.queries import NO_WORKING_OWNER
from caseflow.models import (
    ENDED_STAGES,
    Absence,
    AuditEntry,
    Case,
    Deadline,
    DeadlineAcknowledgement,
    DeadlineKind,
    Reminder,
    ReminderStatus,
    Section,
    SectionThresholds,
    Task,
    TaskStatus,
    User,
)
from caseflow.unit_of_work import UnitOfWork

MOVED = "case.moved"
"""The audited action of a move between stages."""
NOTIFIED = (ReminderStatus.WAITING, ReminderStatus.SENT, ReminderStatus.FAILED)
"""Statuses of reminders that the application shows from their day on, independent of their mail."""
MORE_URGENT = "a more urgent reminder of the same deadline"
"""The stored reason of less urgent reminders that the sweep supersedes. They are not inserted again."""


NUMBER_OF_OPEN_DEADLINES = (
    select(func.count())
    .where(Deadline.case_id == Case.id, Deadline.done_at.is_(None))
    .correlate(Case)
    .scalar_subquery()
)
"""How many open deadlines a case has, as part of a query on cases."""


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """What the summary of a case says of an open deadline."""

    kind: DeadlineKind
    source: str
    title: str
    due_on: date
    due_at: datetime | None


_OPEN_OF_CASE = (
    select(*(getattr(Deadline, one.name) for one in fields(OpenDeadline)))
    .where(Deadline.case_id == bindparam("case_id"), Deadline.done_at.is_(None))
    .order_by(Deadline.due_on, Deadline.id)
)


def open_deadlines(uow: UnitOfWork, case_id: UUID) -> list[OpenDeadline]:
    """Return the open deadlines of a case, by date."""
    return [OpenDeadline(*row) for row in uow.session.execute(_OPEN_OF_CASE, {"case_id": case_id})]


def deadlines_of_case(uow: UnitOfWork, case_id: UUID) -> Sequence[Deadline]:
    """Return all deadlines of a case with the responsible people, the open ones first, by date."""
    deadlines = (
        select(Deadline)
        .where(Deadline.case_id == case_id)
        .order_by(Deadline.done_at.is_not(None), Deadline.due_on, Deadline.id)
        .options(joinedload(Deadline.responsible).load_only(User.name, User.shown_name))
    )
    return uow.session.scalars(deadlines).all()


def one_deadline(uow: UnitOfWork, deadline_id: UUID) -> Deadline:
    """Return a deadline with its case and section, and the person to whom it was given.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = (
        select(Deadline)
        .where(Deadline.id == deadline_id)
        .options(
            joinedload(Deadline.case).joinedload(Case.section),
            joinedload(Deadline.given_to).load_only(User.name, User.shown_name),
        )
    )
    deadline = uow.session.scalar(found)
    if deadline is None:
        raise NotFound("This deadline does not exist, or you do not have access to it.")
    return deadline


def deadlines_of_cases(uow: UnitOfWork, case_ids: Collection[UUID]) -> Sequence[Deadline]:
    """Return all deadlines of cases."""
    return uow.session.scalars(select(Deadline).where(Deadline.case_id.in_(case_ids)).order_by(Deadline.key)).all()


def reminders_of(uow: UnitOfWork, deadline_ids: Iterable[UUID]) -> Sequence[Reminder]:
    """Return all reminders of deadlines, of any version and status."""
    return uow.session.scalars(select(Reminder).where(Reminder.deadline_id.in_(list(deadline_ids)))).all()


@dataclass(frozen=True, slots=True)
class SectionPreferences:
    """A section's preferences for reminders: time zone, and thresholds that differ from the default."""

    time_zone: str
    thresholds: dict[DeadlineKind, list[int]]


def preferences_of(uow: UnitOfWork, section_ids: Collection[UUID]) -> dict[UUID, SectionPreferences]:
    """Return the preferences of sections."""
    rows = (
        select(Section.id, Section.time_zone, SectionThresholds.kind, SectionThresholds.thresholds)
        .outerjoin(SectionThresholds, SectionThresholds.section_id == Section.id)
        .where(Section.id.in_(section_ids))
    )
    found: dict[UUID, SectionPreferences] = {}
    for section_id, zone, kind, thresholds in uow.session.execute(rows):
        preferences = found.setdefault(section_id, SectionPreferences(zone, {}))
        if kind is not None:
            preferences.thresholds[kind] = thresholds
    return found


@dataclass(frozen=True, slots=True)
class DueItem:
    """A deadline in a list such as "My work"."""

    deadline_id: UUID
    version: int
    kind: DeadlineKind
    title: str
    due_on: date
    case_id: UUID
    reference: str
    case_title: str
    state_code: str
    zone: str
    responsible: str | None
    because: str | list[dict[str, Any]] | None
    """The stored sentences that explain a computed date; None for a manual deadline."""
    due_at: datetime | None
    place_zone: str
    """The time zone of `due_at`; empty for a whole day."""
    is_seen: bool
    """Whether somebody has acknowledged this day."""
    snoozed_until: date | None
    """The end of the acting person's snooze, which may have passed."""
    source: str
    key: str

    @property
    def active_snooze_until(self) -> date | None:
        """The end of the acting person's snooze, if it is in the future."""
        return snooze_end_if_active(self.snoozed_until, self.zone)


def snooze_end_if_active(until: date | None, zone: str) -> date | None:
    """Return the end of a snooze, or None if it has passed in the section's time zone."""
    return until if until is not None and until > today(zone) else None


_SNOOZED_UNTIL = (
    select(DeadlineAcknowledgement.snoozed_until)
    .where(
        DeadlineAcknowledgement.deadline_id == Deadline.id,
        DeadlineAcknowledgement.user_id == func.caseflow_actor(type_=Uuid),
    )
    .scalar_subquery()
)
_DUE_ITEM = (
    select(
        Deadline.id,
        Deadline.version,
        Deadline.kind,
        Deadline.title,
        Deadline.due_on,
        Case.id,
        Case.reference,
        Case.title,
        Case.state_code,
        Section.time_zone,
        User.shown_name,
        Deadline.basis["because"],
        Deadline.due_at,
        Deadline.zone,
        exists().where(
            DeadlineAcknowledgement.deadline_id == Deadline.id,
            DeadlineAcknowledgement.acknowledged_for == Deadline.due_on,
        ),
        _SNOOZED_UNTIL,
        Deadline.source,
        Deadline.key,
    )
    .join(Case, Case.id == Deadline.case_id)
    .join(Section, Section.id == Case.section_id)
    .outerjoin(User, User.id == Deadline.responsible_id)
    .where(Deadline.done_at.is_(None), Case.stage.not_in(ENDED_STAGES))
    .order_by(Deadline.due_on, Deadline.id)
)


def my_due(uow: UnitOfWork, until: date, place: Cursor | None, size: int) -> list[DueItem]:
    """Return what the acting person is responsible for and is due by a day, by date, from a cursor on."""
    mine = _DUE_ITEM.where(Deadline.responsible_id == uow.person.user_id, Deadline.due_on <= until).limit(size)
    if place is not None:
        mine = mine.where(tuple_(Deadline.due_on, Deadline.id) > tuple_(literal(place.value), literal(place.id)))
    return [DueItem(*tuple(row)) for row in uow.session.execute(mine)]


def section_day(at: datetime) -> ColumnElement[date]:
    """Return the day at a moment in the time zone of the case's section."""
    return cast(func.timezone(Section.time_zone, literal(at, DateTime(timezone=True))), Date)


def overdue_of_others(uow: UnitOfWork, section_ids: Collection[UUID], at: datetime, size: int) -> list[DueItem]:
    """Return what is overdue in sections and not the acting person's responsibility, the longest overdue first."""
    not_mine = Deadline.responsible_id.is_distinct_from(uow.person.user_id)
    # The second condition is for the index: nothing is overdue that is not overdue where days begin first.
    is_overdue = (Deadline.due_on < section_day(at), Deadline.due_on < latest_local_date(at))
    found = _DUE_ITEM.where(Case.section_id.in_(section_ids), not_mine, *is_overdue).limit(size)
    return [DueItem(*tuple(row)) for row in uow.session.execute(found)] if section_ids else []


@dataclass(frozen=True, slots=True)
class DueOfAbsentColleague:
    """A deadline of an absent person whose substitute is the acting person."""

    user_id: UUID
    name: str
    until: date
    item: DueItem


def due_of_absent_colleagues(uow: UnitOfWork, at: datetime, until: date, size: int) -> list[DueOfAbsentColleague]:
    """Return what is due by a day of the people whose substitute today is the acting person, by date."""
    due = (
        _DUE_ITEM.add_columns(Absence.user_id, Absence.ends_on)
        .join(Absence, Absence.user_id == Deadline.responsible_id)
        .where(
            Absence.substitute_id == uow.person.user_id,
            section_day(at).between(Absence.starts_on, Absence.ends_on),
            Deadline.due_on <= until,
        )
        .order_by(None)
        .order_by(Deadline.due_on, Deadline.id)
        .limit(size)
    )
    found = []
    for row in uow.session.execute(due):
        item = DueItem(*row[:-2])
        found.append(DueOfAbsentColleague(row[-2], item.responsible or "", row[-1], item))
    return found


@dataclass(frozen=True, slots=True)
class Unowned:
    """A case without an owner who works in its section. `left` is the name of an owner who left."""

    case_id: UUID
    reference: str
    title: str
    opened_on: date
    section_id: UUID
    left: str | None


def waiting_for_owner(uow: UnitOfWork, section_ids: Collection[UUID], size: int) -> list[Unowned]:
    """Return cases of sections without an owner, or whose owner has left, the latest opened first."""
    if not section_ids:
        return []
    found = (
        select(Case.id, Case.reference, Case.title, Case.opened_on, Case.section_id, User.shown_name)
        .outerjoin(User, User.id == Case.owner_id)
        .where(Case.section_id.in_(section_ids), Case.stage.not_in(ENDED_STAGES), NO_WORKING_OWNER)
        .order_by(Case.opened_on.desc(), Case.id.desc())
        .limit(size)
    )
    return [Unowned(*row) for row in uow.session.execute(found)]


@dataclass(frozen=True, slots=True)
class ChangeByOther:
    """A change by another person in a case of the acting person."""

    at: datetime
    who: str | None
    action: str
    case_id: UUID
    reference: str
    zone: str
    from_stage: str | None
    to_stage: str | None
    """The stages of a move; None for other actions."""


def changes_by_others(uow: UnitOfWork, since: datetime, size: int) -> list[ChangeByOther]:
    """Return changes by others after a moment, the latest first: in the acting person's cases, and of deadlines and tasks given to them."""
    me = uow.person.user_id
    given = select(Deadline.id, Deadline.case_id).where(
        Deadline.responsible_id == me, Deadline.given_to_id == me, Deadline.done_at.is_(None)
    )
    tasks = select(Task.id, Task.case_id).where(Task.given_to_id == me, Task.status == TaskStatus.OPEN)
    given_rows = given.union_all(tasks).subquery()
    given_ids, given_case_ids = (select(given_rows.c[name]) for name in ("id", "case_id"))
    cases = select(Case.id).where(Case.owner_id == me).union(given_case_ids)
    found = (
        select(
            AuditEntry.at,
            User.shown_name,
            AuditEntry.action,
            Case.id,
            Case.reference,
            Section.time_zone,
            *(case((AuditEntry.action == MOVED, AuditEntry.changes["stage"][place].astext)) for place in (0, 1)),
        )
        .join(Case, Case.id == AuditEntry.case_id)
        .join(Section, Section.id == Case.section_id)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            Case.id.in_(cases),
            or_(Case.owner_id == me, AuditEntry.subject_id.in_(given_ids)),
            AuditEntry.actor_id.is_distinct_from(me),
            AuditEntry.at > since,
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id)
        .limit(size)
    )
    return [ChangeByOther(*row) for row in uow.session.execute(found)]


def write_reminders(uow: UnitOfWork, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert reminders. One that was cancelled or superseded for the same version of its deadline is reactivated."""
    _upsert_reminders(uow, insert(Reminder).values([dict(row) for row in rows]))


def write_selected_reminders(uow: UnitOfWork, names: Sequence[str], found: Select[Any]) -> None:
    """Insert reminders from a statement that selects the columns `names`, as `write_reminders` does."""
    _upsert_reminders(uow, insert(Reminder).from_select(list(names), found))


def _upsert_reminders(uow: UnitOfWork, written: Insert) -> None:
    """Insert or reactivate reminders. No other statement inserts any."""
    values = {
        "status": ReminderStatus.WAITING,
        "cause": written.excluded.cause,
        "due_on": written.excluded.due_on,
        "due_at": written.excluded.due_at,
        "mail_id": None,
        "read_at": None,
        "reason": "",
    }
    upsert = written.on_conflict_do_update(
        index_elements=["deadline_id", "deadline_version", "threshold", "recipient_id"],
        set_=values,
        where=Reminder.status.in_([ReminderStatus.CANCELLED, ReminderStatus.SUPERSEDED]),
    )
    uow.session.execute(upsert)


def has_threat(uow: UnitOfWork, case_id: UUID, at: object) -> bool:
    """Return whether a case has an open deadline of a threatened act at a moment."""
    found = select(Deadline.id).where(Deadline.case_id == case_id, Deadline.kind == DeadlineKind.THREATENED_ACT)
    return uow.session.scalar(found.where(Deadline.done_at.is_(None), Deadline.due_at == at).limit(1)) is not None
