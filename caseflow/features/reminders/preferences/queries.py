"""What is read about how people and sections want to be reminded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from caseflow.features.deadlines.queries import WORKING_ROLES
from caseflow.models import (
    Absence,
    DeadlineKind,
    MailBounce,
    Membership,
    ReminderSetting,
    SectionThresholds,
    User,
)
from caseflow.unit_of_work import UnitOfWork


def own_setting(uow: UnitOfWork, *, is_held: bool = False) -> ReminderSetting:
    """Return when the acting person gets their digest; held, no sweep changes it until the commit."""
    mine = select(ReminderSetting).where(ReminderSetting.user_id == uow.person.user_id)
    return uow.session.scalars(mine.with_for_update() if is_held else mine).one()


@dataclass(frozen=True, slots=True)
class Address:
    """Where mails go, and the last time that its server refused one. None: it never did."""

    email: str
    bounced_at: datetime | None
    is_permanent: bool | None
    status: str | None


def own_address(uow: UnitOfWork) -> Address:
    """Return how the acting person's address does. What another address refused before does not count."""
    found = (
        select(User.email, MailBounce.at, MailBounce.is_permanent, MailBounce.status)
        .outerjoin(
            MailBounce,
            (MailBounce.user_id == User.id) & (MailBounce.address == User.email) & MailBounce.cleared_at.is_(None),
        )
        .where(User.id == uow.person.user_id)
        .order_by(MailBounce.at.desc().nulls_last())
        .limit(1)
    )
    return Address(*uow.session.execute(found).one())


@dataclass(frozen=True, slots=True)
class AtWork:
    """Somebody who works on the cases of a section."""

    section_id: UUID
    user_id: UUID
    name: str


def people_at_work(uow: UnitOfWork, section_ids: Collection[UUID]) -> list[AtWork]:
    """Return who works on the cases of sections, by name."""
    found = (
        select(Membership.section_id, User.id, User.name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.section_id.in_(section_ids), Membership.ended_at.is_(None), User.is_active)
        .where(Membership.role.in_(WORKING_ROLES))
        .distinct()
        .order_by(User.name, User.id)
    )
    return [AtWork(*row) for row in uow.session.execute(found)]


@dataclass(frozen=True, slots=True)
class ShownAbsence:
    """Who is away from when until when, and who stands in."""

    absence_id: UUID
    user_id: UUID
    name: str
    substitute_id: UUID
    substitute: str
    starts_on: date
    ends_on: date


def absences(uow: UnitOfWork, user_ids: Collection[UUID], since: date) -> list[ShownAbsence]:
    """Return the absences of people, and those in which the acting person stands in, that have not ended before a day."""
    person, substitute = aliased(User), aliased(User)
    found = (
        select(Absence.id, person.id, person.name, substitute.id, substitute.name, Absence.starts_on, Absence.ends_on)
        .join(person, person.id == Absence.user_id)
        .join(substitute, substitute.id == Absence.substitute_id)
        .where(or_(Absence.user_id.in_(user_ids), Absence.substitute_id == uow.person.user_id))
        .where(Absence.ends_on >= since)
        .order_by(Absence.starts_on, Absence.id)
    )
    return [ShownAbsence(*row) for row in uow.session.execute(found)]


def one_absence(uow: UnitOfWork, absence_id: UUID) -> Absence | None:
    """Return an absence that the acting person may see."""
    return uow.session.scalar(select(Absence).where(Absence.id == absence_id))


def away_between(uow: UnitOfWork, user_ids: Collection[UUID], first: date, last: date) -> set[UUID]:
    """Return who of some people is away on any day between two."""
    found = select(Absence.user_id).where(
        Absence.user_id.in_(user_ids), Absence.starts_on <= last, Absence.ends_on >= first
    )
    return set(uow.session.scalars(found))


def own_thresholds(uow: UnitOfWork, section_id: UUID) -> Sequence[SectionThresholds]:
    """Return where a section differs from the rule."""
    return uow.session.scalars(select(SectionThresholds).where(SectionThresholds.section_id == section_id)).all()


def thresholds_row(uow: UnitOfWork, section_id: UUID, kind: DeadlineKind) -> SectionThresholds | None:
    """Return where a section differs from the rule for one kind."""
    found = select(SectionThresholds).where(SectionThresholds.section_id == section_id, SectionThresholds.kind == kind)
    return uow.session.scalar(found)
