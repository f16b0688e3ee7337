"""Queries on ways to reach persons, and on attempts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Date,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import joinedload

from caseflow.audit import Removal, removal_of
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.features.people.queries import records_of
from caseflow.models import (
    ENDED_STAGES,
    FILED_DAYS,
    MISSED_RESULTS,
    PREPARED_DAYS,
    STAGES_AFTER_FILING,
    Case,
    CasePerson,
    Consent,
    ConsentScope,
    ConsentStatus,
    ContactAttempt,
    ContactChannel,
    ContactChannelValue,
    ContactKind,
    ContactResult,
    ContactRhythm,
    LifeStatus,
    Person,
    PersonRole,
    Stage,
    Urgency,
)
from caseflow.unit_of_work import UnitOfWork, one

SHOWN_ATTEMPTS = 50
SPOKEN = (ContactResult.REACHED, ContactResult.REFUSED)
"""The results after which it is known that the person is there."""
KEPT_IN_TOUCH: Final = frozenset({PersonRole.VICTIM, PersonRole.AUTHOR})
"""The roles of those whose silence endangers a case."""


def removal_of_channel(uow: UnitOfWork, *, case_id: UUID, channel_id: UUID, **_of_person: UUID) -> Removal | None:
    """Return when and by whom a way to reach a person was removed; None if the history does not say it."""
    return removal_of(uow.session, case_id, channel_id)


def channels_of(uow: UnitOfWork, person: CasePerson) -> Sequence[ContactChannel]:
    """Return the ways to reach a person, the first to try first."""
    found = select(ContactChannel).where(ContactChannel.person_id.in_(records_of(person.person_id)))
    return uow.session.scalars(found.order_by(ContactChannel.rank, ContactChannel.created_at, ContactChannel.id)).all()


def one_channel(uow: UnitOfWork, person: CasePerson, channel_id: UUID) -> ContactChannel:
    """Return a way to reach a person.

    Raises:
        NotFound: the person has none with this id, or it may not be seen.
    """
    of_person = ContactChannel.person_id.in_(records_of(person.person_id))
    found = select(ContactChannel).where(ContactChannel.id == channel_id, of_person)
    return one(uow, found, NotFound("This way to reach the person does not exist, or you do not have access to it."))


def values_of(uow: UnitOfWork, person: CasePerson) -> dict[UUID, ContactChannelValue]:
    """Return the sealed values by channel; none unless the person is revealed to the acting person."""
    found = select(ContactChannelValue).where(ContactChannelValue.person_id.in_(records_of(person.person_id)))
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


@dataclass(frozen=True, slots=True)
class AttemptOfCase:
    """An attempt to reach a person of a case, without what was noted of it."""

    made_on: date
    kind: ContactKind
    result: ContactResult
    case_person_id: UUID
    code_name: str


_ATTEMPTS_OF_CASE = (
    select(
        ContactAttempt.made_on,
        ContactAttempt.kind,
        ContactAttempt.result,
        ContactAttempt.case_person_id,
        CasePerson.code_name,
    )
    .join(ContactAttempt.case_person)
    .where(ContactAttempt.case_id == bindparam("case_id"))
    .order_by(ContactAttempt.made_on, ContactAttempt.created_at, ContactAttempt.id)
)


def attempts_of_case(uow: UnitOfWork, case: Case) -> list[AttemptOfCase]:
    """Return all attempts to reach the people of a case, the first one first: one statement."""
    return [AttemptOfCase(*row) for row in uow.session.execute(_ATTEMPTS_OF_CASE, {"case_id": case.id})]


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
    prepared_days: int
    """The rhythm of the section of the case (`ContactRhythm`), as the two below."""
    filed_days: int
    urgent_days: int | None


_IS_MISSED = ContactAttempt.result.in_(MISSED_RESULTS)
_LATEST_FIRST = (ContactAttempt.made_on.desc(), ContactAttempt.created_at.desc())
_ONE_BY_ONE = (
    select(
        ContactAttempt.made_on,
        ContactAttempt.created_at,
        ContactAttempt.next_on,
        ContactAttempt.result.in_(SPOKEN).label("is_spoken"),
        (func.count().filter(~_IS_MISSED).over(order_by=_LATEST_FIRST) == 0).label("is_missed"),
    )
    .where(ContactAttempt.case_person_id == CasePerson.id)
    .correlate(CasePerson)
    .subquery()
)
"""The attempts to reach a person. Missed is one that reached nobody, and after which none did."""
_WISHED = aggregate_order_by(_ONE_BY_ONE.c.next_on, _ONE_BY_ONE.c.made_on.desc(), _ONE_BY_ONE.c.created_at.desc())
_ATTEMPTED = select(
    func.max(_ONE_BY_ONE.c.made_on).filter(_ONE_BY_ONE.c.is_spoken).label("last_on"),
    func.count().filter(_ONE_BY_ONE.c.is_missed).label("missed"),
    func.max(_ONE_BY_ONE.c.made_on).filter(_ONE_BY_ONE.c.is_missed).label("last_missed_on"),
    func.array_agg(_WISHED, type_=ARRAY(Date)).filter(_ONE_BY_ONE.c.next_on.is_not(None))[1].label("wished_on"),
).lateral()
"""What `Standing` says of the attempts to reach a row of `case_person`; one row for each, so that it reads them once."""
_STANDING = (_ATTEMPTED.c.last_on, _ATTEMPTED.c.missed, _ATTEMPTED.c.last_missed_on, _ATTEMPTED.c.wished_on)
_RHYTHM = (
    func.coalesce(ContactRhythm.prepared_days, PREPARED_DAYS),
    func.coalesce(ContactRhythm.filed_days, FILED_DAYS),
    ContactRhythm.urgent_days,
)
_NAMED = (CasePerson.case_id, CasePerson.id, CasePerson.code_name, CasePerson.created_at)
_CONTACTED = (
    CasePerson.roles.overlap([role.value for role in KEPT_IN_TOUCH]),
    or_(Person.life_status.is_(None), Person.life_status == LifeStatus.ALIVE),
    or_(
        exists().where(ContactChannel.person_id.in_(records_of(CasePerson.person_id))),
        exists().where(ContactAttempt.case_person_id == CasePerson.id),
    ),
    ~exists().where(
        Consent.case_person_id == CasePerson.id,
        Consent.scope == ConsentScope.CONTACT,
        Consent.status.in_((ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN)),
    ),
)
_STANDINGS = (
    select(*_NAMED, *_STANDING, *_RHYTHM)
    .select_from(CasePerson)
    .join(CasePerson.person)
    .outerjoin(ContactRhythm, ContactRhythm.section_id == CasePerson.section_id)
    .join(_ATTEMPTED, true())
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
STANDING: Final = len(fields(Standing))


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
    uow: UnitOfWork, section: UUID, on: date, missed: int, *, after: Cursor | None, most: int
) -> list[SilentRow]:
    """Return whose contact is older than the section's rhythm on a day, or failed so often (`missed`).

    Cases before the Committee come first, then the longest silence.

    One statement. The order has one key: the day of the last contact, a century earlier for cases before the Committee.
    """
    is_filed = Case.stage.in_(STAGES_AFTER_FILING)
    last_on = _ATTEMPTED.c.last_on
    kinds = aggregate_order_by(ContactChannel.kind, ContactChannel.rank, ContactChannel.created_at)
    of_person = ContactChannel.person_id.in_(records_of(CasePerson.person_id))
    ways = select(func.array_agg(kinds)).where(of_person).scalar_subquery()
    since = func.coalesce(last_on, cast(CasePerson.created_at, Date))
    prepared_days, filed_days, urgent_days = _RHYTHM
    of_stage = case((is_filed, filed_days), else_=prepared_days)
    days = func.least(of_stage, case((Case.urgency != Urgency.NORMAL, urgent_days)))  # least() passes over null
    people = (
        select(
            *_NAMED,
            *_STANDING,
            *_RHYTHM,
            (since - case((is_filed, CENTURY), else_=0)).label("key"),
            Case.reference,
            Case.stage,
            ways.label("kinds"),
            (since + days < on).label("is_late"),
        )
        .select_from(CasePerson)
        .join(CasePerson.person)
        .join(Case, Case.id == CasePerson.case_id)
        .outerjoin(ContactRhythm, ContactRhythm.section_id == CasePerson.section_id)
        .join(_ATTEMPTED, true())
        .where(Case.section_id == section, Case.stage.not_in(ENDED_STAGES), *_CONTACTED)
        .subquery()
    )
    found = select(people).where(or_(people.c.is_late, people.c.missed >= missed))
    if after is not None:
        found = found.where(tuple_(people.c.key, people.c.id) > tuple_(literal(after.value), literal(after.id)))
    rows = uow.session.execute(found.order_by(people.c.key, people.c.id).limit(most))
    return [SilentRow(Standing(*row[:STANDING]), row.key, row.reference, row.stage, row.kinds or []) for row in rows]
