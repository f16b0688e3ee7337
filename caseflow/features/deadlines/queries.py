"""What is read about deadlines. Row security decides which; nothing here filters for safety."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Uuid, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from caseflow.db.paging import Place
from caseflow.errors import NotFound
from caseflow.features.cases.stages import ENDED
from caseflow.models import (
    AuditEntry,
    Case,
    Deadline,
    DeadlineAttention,
    DeadlineKind,
    Membership,
    Reminder,
    Role,
    Section,
    SectionThresholds,
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


def attention_of(uow: UnitOfWork, deadline_ids: Iterable[UUID]) -> Sequence[DeadlineAttention]:
    """Return what people said of deadlines."""
    said = select(DeadlineAttention).where(DeadlineAttention.deadline_id.in_(list(deadline_ids)))
    return uow.session.scalars(said).all()


@dataclass(frozen=True, slots=True)
class SectionHabits:
    """What a section says about reminders: on whose clock, and from which days on where it differs from the rule."""

    time_zone: str
    thresholds: dict[DeadlineKind, list[int]]


def habits_of(uow: UnitOfWork, section_ids: Collection[UUID]) -> dict[UUID, SectionHabits]:
    """Return what sections say about reminders."""
    rows = (
        select(Section.id, Section.time_zone, SectionThresholds.kind, SectionThresholds.thresholds)
        .outerjoin(SectionThresholds, SectionThresholds.section_id == Section.id)
        .where(Section.id.in_(section_ids))
    )
    found: dict[UUID, SectionHabits] = {}
    for section_id, zone, kind, thresholds in uow.session.execute(rows):
        habits = found.setdefault(section_id, SectionHabits(zone, {}))
        if kind is not None:
            habits.thresholds[kind] = thresholds
    return found


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
