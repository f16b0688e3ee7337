"""Queries on ways to reach persons, and on attempts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Uuid,
    and_,
    any_,
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
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased, joinedload

from caseflow.audit import Removal, removal_of
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.models import (
    ENDED_STAGES,
    MISSED_RESULTS,
    STAGES_AFTER_FILING,
    Case,
    CasePerson,
    Consent,
    ConsentScope,
    ConsentStatus,
    ContactAttempt,
    ContactChannel,
    ContactChannelValue,
    ContactResult,
    LifeStatus,
    Person,
    PersonRole,
    Stage,
)
from caseflow.unit_of_work import UnitOfWork, one

SHOWN_ATTEMPTS = 50
SPOKEN = (ContactResult.REACHED, ContactResult.REFUSED)
"""The results after which it is known that the person is there."""


def removal_of_channel(uow: UnitOfWork, *, case_id: UUID, channel_id: UUID, **_of_person: UUID) -> Removal | None:
    """Return when and by whom a way to reach a person was removed; None if the history does not say it."""
    return removal_of(uow.session, case_id, channel_id)


def channels_of(uow: UnitOfWork, person: CasePerson) -> Sequence[ContactChannel]:
    """Return the ways to reach a person, the first to try first."""
    found = select(ContactChannel).where(ContactChannel.person_id == person.person_id)
    return uow.session.scalars(found.order_by(ContactChannel.rank, ContactChannel.created_at, ContactChannel.id)).all()


def one_channel(uow: UnitOfWork, person: CasePerson, channel_id: UUID) -> ContactChannel:
    """Return a way to reach a person.

    Raises:
        NotFound: the person has none with this id, or it may not be seen.
    """
    found = select(ContactChannel).where(ContactChannel.id == channel_id, ContactChannel.person_id == person.person_id)
    return one(uow, found, NotFound("This way to reach the person does not exist, or you do not have access to it."))


def values_of(uow: UnitOfWork, person: CasePerson) -> dict[UUID, ContactChannelValue]:
    """Return the sealed values by channel; none unless the person is revealed to the acting person."""
    found = select(ContactChannelValue).where(ContactChannelValue.person_id == person.person_id)
    return {value.channel_id: value for value in uow.session.scalars(found)}


def attempts_of(uow: UnitOfWork, person: CasePerson, most: int = SHOWN_ATTEMPTS) -> Sequence[ContactAttempt]:
    """Return the latest attempts to reach a person of a case, the last first."""
    found = (
        select(ContactAttempt)
        .where(ContactAttempt.case_person_id == person.id)
        .options(joinedload(ContactAttempt.user))
        .order_by(ContactAttempt.made_on.desc(), ContactAttempt.created_at.desc(), ContactAttempt.id.desc())
        .limit(most)
    )
    return uow.session.scalars(found).all()


def one_attempt(uow: UnitOfWork, person: CasePerson, attempt_id: UUID) -> ContactAttempt:
    """Return an attempt to reach a person of a case.

    Raises:
        NotFound: there is none with this id, or it may not be seen.
    """
    found = select(ContactAttempt).where(ContactAttempt.id == attempt_id, ContactAttempt.case_person_id == person.id)
    return one(uow, found, NotFound("This attempt does not exist, or you do not have access to it."))


@dataclass(frozen=True, slots=True)
class Standing:
    """When a person of a case was last reached, and what came since."""

    case_id: UUID
    case_person_id: UUID
    code_name: str
    since: datetime
    """When the person was recorded in the case."""
    last_on: date | None
    missed: int
    """Attempts in a row, up to the latest, that reached nobody or someone else."""
    last_missed_on: date | None
    wished_on: date | None
    """The next contact that was last agreed on."""


def _columns() -> tuple[ColumnElement[Any], ...]:
    """Return what `Standing` says of a row of `case_person`."""
    of_person = ContactAttempt.case_person_id == CasePerson.id
    later = aliased(ContactAttempt)
    answered = exists().where(
        later.case_person_id == ContactAttempt.case_person_id,
        later.result.not_in(MISSED_RESULTS),
        tuple_(later.made_on, later.created_at) > tuple_(ContactAttempt.made_on, ContactAttempt.created_at),
    )
    missed = and_(of_person, ContactAttempt.result.in_(MISSED_RESULTS), ~answered)
    last_on = select(func.max(ContactAttempt.made_on)).where(of_person, ContactAttempt.result.in_(SPOKEN))
    wished_on = (
        select(ContactAttempt.next_on)
        .where(of_person, ContactAttempt.next_on.is_not(None))
        .order_by(ContactAttempt.made_on.desc(), ContactAttempt.created_at.desc())
        .limit(1)
    )
    return (
        last_on.scalar_subquery(),
        select(func.count()).select_from(ContactAttempt).where(missed).scalar_subquery(),
        select(func.max(ContactAttempt.made_on)).where(missed).scalar_subquery(),
        wished_on.scalar_subquery(),
    )


_NAMED = (CasePerson.case_id, CasePerson.id, CasePerson.code_name, CasePerson.created_at)
_CONTACTED = (
    CasePerson.roles.overlap([PersonRole.VICTIM.value, PersonRole.AUTHOR.value]),
    or_(Person.life_status.is_(None), Person.life_status == LifeStatus.ALIVE),
    or_(
        exists().where(ContactChannel.person_id == CasePerson.person_id),
        exists().where(ContactAttempt.case_person_id == CasePerson.id),
    ),
    ~exists().where(
        Consent.case_person_id == CasePerson.id,
        Consent.scope == ConsentScope.CONTACT,
        Consent.status.in_((ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN)),
    ),
)
_STANDINGS = (
    select(*_NAMED, *_columns())
    .join(CasePerson.person)
    .where(CasePerson.case_id == any_(bindparam("case_ids", type_=ARRAY(Uuid))), *_CONTACTED)
    .order_by(CasePerson.case_id, CasePerson.position)
)
"""Built once at import: building it takes longer than PostgreSQL takes to run it."""


def standings(uow: UnitOfWork, case_ids: Collection[UUID]) -> list[Standing]:
    """Return how the contact with victims and authors of cases stands: one statement.

    People who are dead or missing or do not allow it are left out, and those without a way to be reached and without an attempt: they are
    reached through others.
    """
    return [Standing(*row) for row in uow.session.execute(_STANDINGS, {"case_ids": list(case_ids)})]


def standings_of_case(uow: UnitOfWork, case: Case) -> list[Standing]:
    """Return how the contact with the people of a case stands."""
    return standings(uow, [case.id])


CENTURY: Final = 36525
"""Days."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Whoever was last reached before these days is going silent, or after so many failed attempts."""

    before: date
    filed: date
    missed: int


@dataclass(frozen=True, slots=True)
class SilentRow:
    """Someone of an open case with whom the contact is being lost."""

    standing: Standing
    key: date
    """By which the list is ordered."""
    reference: str
    stage: Stage
    kinds: list[str]
    """The ways to reach the person, the first to try first."""


def silent_people(
    uow: UnitOfWork, section: UUID, limits: Limits, *, after: Cursor | None, most: int
) -> list[SilentRow]:
    """Return whose contact is older than the rhythm or failed repeatedly: cases before the Committee first, then the longest silence.

    One statement. The order has one key: the day of the last contact, a century earlier for cases before the Committee.
    """
    is_filed = Case.stage.in_(STAGES_AFTER_FILING)
    last_on, missed, last_missed_on, wished_on = _columns()
    kinds = aggregate_order_by(ContactChannel.kind, ContactChannel.rank, ContactChannel.created_at)
    of_person = ContactChannel.person_id == CasePerson.person_id
    ways = select(func.array_agg(kinds)).where(of_person).scalar_subquery()
    since = func.coalesce(last_on, cast(CasePerson.created_at, Date))
    people = (
        select(
            *_NAMED,
            last_on.label("last_on"),
            missed.label("missed"),
            last_missed_on.label("last_missed_on"),
            wished_on.label("wished_on"),
            (since - case((is_filed, CENTURY), else_=0)).label("key"),
            Case.reference,
            Case.stage,
            ways.label("kinds"),
            (since < case((is_filed, limits.filed), else_=limits.before)).label("is_late"),
        )
        .join(CasePerson.person)
        .join(Case, Case.id == CasePerson.case_id)
        .where(Case.section_id == section, Case.stage.not_in(ENDED_STAGES), *_CONTACTED)
        .subquery()
    )
    found = select(people).where(or_(people.c.is_late, people.c.missed >= limits.missed))
    if after is not None:
        found = found.where(tuple_(people.c.key, people.c.id) > tuple_(literal(after.value), literal(after.id)))
    rows = uow.session.execute(found.order_by(people.c.key, people.c.id).limit(most))
    return [SilentRow(Standing(*row[:8]), row.key, row.reference, row.stage, row.kinds or []) for row in rows]
