"""Queries of preferences."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from caseflow.models import (
    WORKING_ROLES,
    Absence,
    DeadlineKind,
    MailBounce,
    Membership,
    ReminderSetting,
    SectionThresholds,
    User,
)
from caseflow.unit_of_work import UnitOfWork


def own_setting(uow: UnitOfWork, *, for_update: bool = False) -> ReminderSetting:
    """Return the acting person's setting of the digest; `for_update` locks it against sweeps until the commit."""
    mine = select(ReminderSetting).where(ReminderSetting.user_id == uow.person.user_id)
    return uow.session.scalars(mine.with_for_update() if for_update else mine).one()


@dataclass(frozen=True, slots=True)
class Address:
    """An email address, and its last bounce; None in the other fields where there was none."""

    email: str
    bounced_at: datetime | None
    is_permanent: bool | None
    status: str | None


def own_address(uow: UnitOfWork) -> Address:
    """Return the acting person's address with its last bounce. Bounces of former addresses do not count."""
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
class SectionWorker:
    """Somebody who works on the cases of a section."""

    section_id: UUID
    user_id: UUID
    name: str


def section_workers(uow: UnitOfWork, section_ids: Collection[UUID]) -> list[SectionWorker]:
    """Return the people who work on the cases of sections, by name."""
    found = (
        select(Membership.section_id, User.id, User.shown_name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.section_id.in_(section_ids), Membership.ended_at.is_(None), User.is_active)
        .where(Membership.role.in_(WORKING_ROLES))
        .distinct()
        .order_by(User.shown_name, User.id)
    )
    return [SectionWorker(*row) for row in uow.session.execute(found)]


@dataclass(frozen=True, slots=True)
class ShownAbsence:
    """An absence: who is away, from when until when, and the substitute."""

    absence_id: UUID
    user_id: UUID
    name: str
    substitute_id: UUID
    substitute: str
    starts_on: date
    ends_on: date


def absences(uow: UnitOfWork, user_ids: Collection[UUID], since: date) -> list[ShownAbsence]:
    """Return the absences of people, or with the acting person as substitute, that have not ended before a day."""
    person, substitute = aliased(User), aliased(User)
    found = (
        select(
            Absence.id,
            person.id,
            person.shown_name,
            substitute.id,
            substitute.shown_name,
            Absence.starts_on,
            Absence.ends_on,
        )
        .join(person, person.id == Absence.user_id)
        .join(substitute, substitute.id == Absence.substitute_id)
        .where(or_(Absence.user_id.in_(user_ids), Absence.substitute_id == uow.person.user_id))
        .where(Absence.ends_on >= since)
        .order_by(Absence.starts_on, Absence.id)
    )
    return [ShownAbsence(*row) for row in uow.session.execute(found)]


def one_absence(uow: UnitOfWork, absence_id: UUID) -> Absence | None:
    """Return an absence; None if it does not exist or may not be seen."""
    return uow.session.scalar(select(Absence).where(Absence.id == absence_id))


def away_between(uow: UnitOfWork, user_ids: Collection[UUID], first: date, last: date) -> set[UUID]:
    """Return which of some people are away on any day of a period."""
    found = select(Absence.user_id).where(
        Absence.user_id.in_(user_ids), Absence.starts_on <= last, Absence.ends_on >= first
    )
    return set(uow.session.scalars(found))


def own_thresholds(uow: UnitOfWork, section_id: UUID) -> Sequence[SectionThresholds]:
    """Return the thresholds of a section that differ from the defaults."""
    return uow.session.scalars(select(SectionThresholds).where(SectionThresholds.section_id == section_id)).all()


def thresholds_row(uow: UnitOfWork, section_id: UUID, kind: DeadlineKind) -> SectionThresholds | None:
    """Return the thresholds of a section for one kind; None where it uses the defaults."""
    found = select(SectionThresholds).where(SectionThresholds.section_id == section_id, SectionThresholds.kind == kind)
    return uow.session.scalar(found)
