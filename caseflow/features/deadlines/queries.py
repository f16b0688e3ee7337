"""What is read about deadlines. Row security decides which; nothing here filters for safety."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from caseflow.errors import NotFound
from caseflow.features.cases.stages import ENDED
from caseflow.features.deadlines.commands import Claimed, Place
from caseflow.models import (
    AuditEntry,
    Case,
    Deadline,
    DeadlineKind,
    Heartbeat,
    Membership,
    Reminder,
    ReminderStatus,
    Role,
    Section,
    Stage,
    User,
)
from caseflow.unit_of_work import UnitOfWork

MOVED = "case.moved"
"""The act of the trail whose change of stage is one of the case."""
WORKING_ROLES = (Role.CASEWORKER, Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR)


def deadlines_of_case(uow: UnitOfWork, case_id: UUID) -> Sequence[Deadline]:
    """Return all deadlines of a case with who is responsible: the open ones first, the soonest on top."""
    all_of_it = (
        select(Deadline)
        .where(Deadline.case_id == case_id)
        .order_by(Deadline.done_at.is_not(None), Deadline.due_on, Deadline.id)
        .options(joinedload(Deadline.responsible).load_only(User.name))
    )
    return uow.session.scalars(all_of_it).all()


def one_deadline(uow: UnitOfWork, deadline_id: UUID) -> Deadline:
    """Return a deadline with its case and section.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = (
        select(Deadline).where(Deadline.id == deadline_id).options(joinedload(Deadline.case).joinedload(Case.section))
    )
    deadline = uow.session.scalar(found)
    if deadline is None:
        raise NotFound("There is no such deadline, or you may not see it.")
    return deadline


def rows_of_cases(uow: UnitOfWork, case_ids: Collection[UUID]) -> Sequence[Deadline]:
    """Return all deadlines of cases, to be changed."""
    return uow.session.scalars(select(Deadline).where(Deadline.case_id.in_(case_ids)).order_by(Deadline.key)).all()


def reminders_of(uow: UnitOfWork, deadline_ids: Iterable[UUID]) -> Sequence[Reminder]:
    """Return all reminders of deadlines, of whatever version and status."""
    return uow.session.scalars(select(Reminder).where(Reminder.deadline_id.in_(list(deadline_ids)))).all()


def coordinators_of(uow: UnitOfWork, section_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Return who coordinates each of some sections.

    Through a function of the database: whoever works on another section's case by a grant does not see that section's
    members, and its coordinators must still be reminded.
    """
    found: dict[UUID, list[UUID]] = {section_id: [] for section_id in section_ids}
    rows = select(Section.id, func.caseflow_coordinators(Section.id, type_=Uuid)).where(Section.id.in_(section_ids))
    for section_id, user_id in uow.session.execute(rows):
        found[section_id].append(user_id)
    return {section_id: tuple(sorted(users)) for section_id, users in found.items()}


AT = bindparam("at", type_=Reminder.due_at.type)
"""The moment of a sweep. The statements of the outbox are built once: a sweep runs them thousands of times."""

NEXT_DUE_REMINDER = (
    select(Reminder.id)
    .where(
        Reminder.status == ReminderStatus.WAITING,
        Reminder.due_at <= AT,
        or_(Reminder.lease_until.is_(None), Reminder.lease_until <= AT),
    )
    .order_by(Reminder.due_at, Reminder.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
"""Picks the reminder due longest that no other sweep holds, and holds it."""

_OTHER = aliased(Reminder)
MORE_URGENT_IS_DUE = (
    select(_OTHER.id)
    .where(
        _OTHER.deadline_id == Reminder.deadline_id,
        _OTHER.deadline_version == Reminder.deadline_version,
        _OTHER.recipient_id == Reminder.recipient_id,
        _OTHER.threshold < Reminder.threshold,
        _OTHER.status.in_([ReminderStatus.WAITING, ReminderStatus.SENT]),
        _OTHER.due_at <= AT,
    )
    .exists()
)
"""The same person was told, or is to be told now, of a later threshold of the deadline."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a recipient may see, at the moment of sending, of what a reminder is about."""

    email: str
    language: str
    is_active: bool
    is_visible: bool
    is_current: bool
    is_done: bool
    stage: Stage | None


_STANDING = (
    select(
        User.email,
        User.language,
        User.is_active,
        Case.id.is_not(None),
        func.coalesce(Deadline.version == Reminder.deadline_version, False),
        Deadline.done_at.is_not(None),
        Case.stage,
    )
    .select_from(User)
    .outerjoin(Reminder, Reminder.id == bindparam("reminder_id"))
    .outerjoin(Deadline, Deadline.id == Reminder.deadline_id)
    .outerjoin(Case, Case.id == Deadline.case_id)
    .where(User.id == bindparam("recipient_id"))
)


def standing(uow: UnitOfWork, claimed: Claimed) -> Standing | None:
    """Return how things stand for the recipient, who asks: through row security, with today's memberships."""
    held = {"reminder_id": claimed.reminder_id, "recipient_id": claimed.recipient_id}
    row = uow.session.execute(_STANDING, held).one_or_none()
    return Standing(*row) if row else None


def heartbeats(uow: UnitOfWork) -> dict[str, datetime]:
    """Return when each process was last seen alive."""
    return {row.name: row.beat_at for row in uow.session.scalars(select(Heartbeat))}


def oldest_unsent(uow: UnitOfWork, at: datetime) -> datetime | None:
    """Return since when the oldest due reminder has been waiting; one written late counts from its writing."""
    since = func.greatest(Reminder.due_at, Reminder.created_at)
    found: datetime | None = uow.session.scalar(
        select(func.min(since)).where(Reminder.status == ReminderStatus.WAITING, Reminder.due_at <= at)
    )
    return found


@dataclass(frozen=True, slots=True)
class QueueNumbers:
    """How many reminders are due and not sent, wait for their day, and have failed for good."""

    due: int
    later: int
    failed: int


def queue_numbers(uow: UnitOfWork, at: datetime) -> QueueNumbers:
    """Count the outbox. The sent ones are many, and not counted."""
    is_due = (Reminder.status == ReminderStatus.WAITING) & (Reminder.due_at <= at)
    unsent = Reminder.status == ReminderStatus.WAITING
    one_row = select(
        select(func.count()).select_from(Reminder).where(is_due).scalar_subquery(),
        select(func.count()).select_from(Reminder).where(unsent, Reminder.due_at > at).scalar_subquery(),
        select(func.count()).select_from(Reminder).where(Reminder.status == ReminderStatus.FAILED).scalar_subquery(),
    )
    return QueueNumbers(*uow.session.execute(one_row).one())


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail that will not go out, or that the server puts off."""

    reminder_id: UUID
    email: str
    due_at: datetime
    attempts: int
    reason: str
    is_final: bool


def failures(uow: UnitOfWork, at: datetime, place: Place | None, size: int) -> list[Failure]:
    """Return what has failed for good or is put off, the latest first, from a place on."""
    is_put_off = (Reminder.status == ReminderStatus.WAITING) & (Reminder.due_at <= at) & (Reminder.reason != "")
    is_final = Reminder.status == ReminderStatus.FAILED
    found = (
        select(Reminder.id, User.email, Reminder.due_at, Reminder.attempts, Reminder.reason, is_final)
        .join(User, User.id == Reminder.recipient_id)
        .where(or_(is_final, is_put_off))
        .order_by(Reminder.due_at.desc(), Reminder.id.desc())
        .limit(size)
    )
    if place is not None:
        found = found.where(tuple_(Reminder.due_at, Reminder.id) < tuple_(literal(place.moment), literal(place.id)))
    return [Failure(*row) for row in uow.session.execute(found)]


@dataclass(frozen=True, slots=True)
class DueItem:
    """One line of my work."""

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
    because: str | None
    """The sentence that explains a computed date; None for a typed one."""


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
        User.name,
        Deadline.basis["because"].astext,
    )
    .join(Case, Case.id == Deadline.case_id)
    .join(Section, Section.id == Case.section_id)
    .outerjoin(User, User.id == Deadline.responsible_id)
    .where(Deadline.done_at.is_(None), Case.stage.not_in(ENDED))
    .order_by(Deadline.due_on, Deadline.id)
)


def my_due(uow: UnitOfWork, until: date, place: Place | None, size: int) -> list[DueItem]:
    """Return what the acting person is responsible for up to a day, the soonest first, from a place on."""
    mine = _DUE_ITEM.where(Deadline.responsible_id == uow.person.user_id, Deadline.due_on <= until).limit(size)
    if place is not None:
        mine = mine.where(
            tuple_(Deadline.due_on, Deadline.id) > tuple_(literal(place.moment.date()), literal(place.id))
        )
    return [DueItem(*tuple(row)) for row in uow.session.execute(mine)]


def overdue_of_others(uow: UnitOfWork, section_ids: Collection[UUID], day: date, size: int) -> list[DueItem]:
    """Return what is overdue in sections and the work of others or of nobody, the longest overdue first."""
    not_mine = Deadline.responsible_id.is_distinct_from(uow.person.user_id)
    found = _DUE_ITEM.where(Case.section_id.in_(section_ids), not_mine, Deadline.due_on < day).limit(size)
    return [DueItem(*tuple(row)) for row in uow.session.execute(found)] if section_ids else []


@dataclass(frozen=True, slots=True)
class Unowned:
    """A case that nobody works on. `left` is who did, and no longer works in the section."""

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
    still_there = aliased(Membership)
    left = (
        select(Membership.user_id)
        .where(
            Membership.section_id.in_(section_ids),
            Membership.ended_at.is_not(None),
            ~select(still_there.id)
            .where(
                still_there.user_id == Membership.user_id,
                still_there.section_id == Membership.section_id,
                still_there.ended_at.is_(None),
                still_there.role.in_(WORKING_ROLES),
            )
            .exists(),
        )
        .distinct()
    )
    found = (
        select(Case.id, Case.reference, Case.title, Case.opened_on, Case.section_id, User.name)
        .outerjoin(User, User.id == Case.owner_id)
        .where(Case.section_id.in_(section_ids), Case.stage.not_in(ENDED))
        .where(or_(Case.owner_id.is_(None), Case.owner_id.in_(left)))
        .order_by(Case.opened_on.desc(), Case.id.desc())
        .limit(size)
    )
    return [Unowned(*row) for row in uow.session.execute(found)]


@dataclass(frozen=True, slots=True)
class ChangeByOther:
    """What somebody else did in one of my cases."""

    at: datetime
    who: str | None
    action: str
    case_id: UUID
    reference: str
    zone: str
    from_stage: str | None
    to_stage: str | None
    """The stages of a move; None for anything else."""


def changes_by_others(uow: UnitOfWork, since: datetime, size: int) -> list[ChangeByOther]:
    """Return what others did in the acting person's cases since a moment, the latest first."""
    me = uow.person.user_id
    found = (
        select(
            AuditEntry.at,
            User.name,
            AuditEntry.action,
            Case.id,
            Case.reference,
            Section.time_zone,
            *(case((AuditEntry.action == MOVED, AuditEntry.changes["stage"][place].astext)) for place in (0, 1)),
        )
        .join(Case, Case.id == AuditEntry.case_id)
        .join(Section, Section.id == Case.section_id)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(Case.owner_id == me, AuditEntry.actor_id.is_distinct_from(me), AuditEntry.at > since)
        .order_by(AuditEntry.at.desc(), AuditEntry.id)
        .limit(size)
    )
    return [ChangeByOther(*row) for row in uow.session.execute(found)]
