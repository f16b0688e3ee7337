"""Queries on cases that may be recorded twice. Row security decides which are seen; nobody's identity is read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, LargeBinary, Select, any_, func, literal, select, text, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload

from caseflow.db.identity_tokens import IdentityField
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.features.duplicates.cases.commands import Event, RecordedEvent
from caseflow.features.duplicates.cases.likeness import NEAR, says_when
from caseflow.features.duplicates.queries import MOST_SHARING, digests_of
from caseflow.models import Case, CaseDifference, CasePerson, IdentityToken, Person, PersonRole, User
from caseflow.unit_of_work import UnitOfWork, one

MOST_NEAR: Final = 30
"""Cases at one place, or about one time. More say little."""
_AROUND: Final = timedelta(days=7)
"""How many days before and after a stored day that is "about" it may mean."""
_TOLERANCE: Final = NEAR + _AROUND
_STRONG: Final = (IdentityField.EMAIL, IdentityField.NUMBER, IdentityField.PHONE, IdentityField.WHOLE_NAME)
_CONCERNED: Final = [
    role.value for role in (PersonRole.VICTIM, PersonRole.AUTHOR, PersonRole.WITNESS, PersonRole.SOURCE)
]
"""Roles of people of whom two cases speak. A lawyer or an authority is in many."""
_EVENT = select(
    Case.id,
    Case.section_id,
    Case.reference,
    Case.title,
    Case.opened_on,
    Case.state_code,
    Case.place_district,
    Case.place_region,
    Case.happened,
    Case.rights,
    Case.narrative,
)
_NEAR = text(
    "SELECT asked.number, "
    "caseflow_near_cases(asked.section, asked.state, asked.place, asked.earliest, asked.latest, asked.id, :most) AS ids "
    "FROM unnest(CAST(:sections AS uuid[]), CAST(:states AS text[]), CAST(:places AS text[]), CAST(:earliest AS date[]), CAST(:latest AS date[]), "
    "CAST(:ids AS uuid[])) WITH ORDINALITY AS asked (section, state, place, earliest, latest, id, number)"
)


def _events(uow: UnitOfWork, found: Select[*tuple[object, ...]]) -> list[RecordedEvent]:
    return [
        RecordedEvent(
            id=row.id,
            section_id=row.section_id,
            reference=row.reference,
            title=row.title,
            opened_on=row.opened_on,
            state_code=row.state_code,
            district=row.place_district,
            region=row.place_region,
            happened=row.happened,
            rights=row.rights,
            text=f"{row.title}\n{row.narrative}",
        )
        for row in uow.session.execute(found)
    ]


def latest_events(uow: UnitOfWork, section_id: UUID, after: Cursor | None, most: int) -> list[RecordedEvent]:
    """Return the events of the cases of a section, those opened last first, behind a place in this order."""
    found = _EVENT.where(Case.section_id == section_id)
    if after is not None:
        found = found.where(tuple_(Case.opened_on, Case.id) < (after.value, after.id))
    return _events(uow, found.order_by(Case.opened_on.desc(), Case.id.desc()).limit(most))


def events_of(uow: UnitOfWork, case_ids: Collection[UUID]) -> list[RecordedEvent]:
    """Return the events of visible cases."""
    return _events(uow, _EVENT.where(Case.id.in_(case_ids))) if case_ids else []


def near_cases(uow: UnitOfWork, asked: Sequence[tuple[UUID, Event]]) -> list[list[UUID]]:
    """Return for each event the cases of a section that may be about it: in the same State, at its place or about its time.

    One statement, which reads the order of an index and no other case (`sql/near_cases.sql`).
    """
    days = [_days(one) for _section, one in asked]
    values = {
        "most": MOST_NEAR,
        "sections": [section_id for section_id, _one in asked],
        "states": [one.state_code for _section, one in asked],
        "places": [one.district or one.region for _section, one in asked],
        "earliest": [first for first, _last in days],
        "latest": [last for _first, last in days],
        "ids": [one.id if isinstance(one, RecordedEvent) else None for _section, one in asked],
    }
    found = {row.number: row.ids for row in uow.session.execute(_NEAR, values)}
    return [found[number] for number in range(1, len(asked) + 1)]


def _days(event: Event) -> tuple[date | None, date | None]:
    """Return the first and the last day on which another report may say that it happened; none if it says no time in particular."""
    when = event.happened
    if when is None or not says_when(when):
        return None, None
    first, last = date.min + _TOLERANCE, date.max - _TOLERANCE
    return max(when.earliest, first) - _TOLERANCE, min(when.latest, last) + _TOLERANCE


def people_in_common(
    uow: UnitOfWork, section_id: UUID, case_ids: Collection[UUID]
) -> Mapping[UUID, Mapping[UUID, set[str]]]:
    """Return for each case the others with the same persons, and their code names in the first: up to five statements.

    The same are those who have a role in both, and those whose records share a digest that says much and is not shared by many.
    """
    roles = _roles(uow, CasePerson.case_id.in_(case_ids))
    people = {role.person_id for role in roles}
    if not people:
        return {}
    same = _recorded_as(uow, section_id, people)
    others = _roles(uow, CasePerson.person_id.in_({each for found in same.values() for each in found}))
    cases_of: dict[UUID, set[UUID]] = {}
    for role in others:
        cases_of.setdefault(role.person_id, set()).add(role.case_id)
    common: dict[UUID, dict[UUID, set[str]]] = {}
    for role in roles:
        for each in same[role.person_id]:
            for case_id in cases_of.get(each, set()) - {role.case_id}:
                common.setdefault(role.case_id, {}).setdefault(case_id, set()).add(role.code_name)
    return common


def _roles(uow: UnitOfWork, condition: ColumnElement[bool]) -> Sequence[CasePerson]:
    found = select(CasePerson).where(condition, CasePerson.roles.overlap(_CONCERNED))
    return uow.session.scalars(found).all()


def _recorded_as(uow: UnitOfWork, section_id: UUID, people: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return for each person the records that may be of the same one, their own among them."""
    own: dict[tuple[IdentityField, bytes], set[UUID]] = {}
    for person_id, digests in digests_of(uow, people).items():
        for digest in digests:
            if digest[0] in _STRONG:
                own.setdefault(digest, set()).add(person_id)
    same = {person_id: {person_id} for person_id in people}
    if not own:
        return same
    holder = func.coalesce(Person.merged_into_id, Person.id)
    tokens = literal([token for _field, token in own], ARRAY(LargeBinary))
    found = (
        select(IdentityToken.field, IdentityToken.token, func.array_agg(holder.distinct()))
        .join(Person, Person.id == IdentityToken.person_id)
        .where(IdentityToken.section_id == section_id, IdentityToken.token == any_(tokens))
        .group_by(IdentityToken.field, IdentityToken.token)
        .having(func.count(holder.distinct()).between(2, MOST_SHARING))
    )
    for field, token, sharing in uow.session.execute(found):
        for person_id in own.get((field, bytes(token)), ()):
            same[person_id] |= set(sharing)
    return same


_WHO_SAID = (
    joinedload(CaseDifference.user).undefer(User.shown_name),
    joinedload(CaseDifference.taken_back_by).undefer(User.shown_name),
)


def differences_between(uow: UnitOfWork, case_ids: Collection[UUID]) -> Mapping[frozenset[UUID], CaseDifference]:
    """Return what holds of pairs of cases that are not the same: one statement."""
    found = select(CaseDifference).where(
        CaseDifference.first_id.in_(case_ids),
        CaseDifference.second_id.in_(case_ids),
        CaseDifference.taken_back_at.is_(None),
    )
    rows = uow.session.scalars(found.options(*_WHO_SAID))
    return {frozenset((row.first_id, row.second_id)): row for row in rows}


def one_difference(uow: UnitOfWork, difference_id: UUID) -> CaseDifference:
    """Return that two cases are not the same, with who said it.

    Raises:
        NotFound: there is none with this id, or one of them may not be seen.
    """
    missing = NotFound("This page does not exist, or you do not have access to both cases.")
    return one(uow, select(CaseDifference).where(CaseDifference.id == difference_id).options(*_WHO_SAID), missing)


def differences_in(uow: UnitOfWork, section_id: UUID, most: int) -> Sequence[CaseDifference]:
    """Return which cases of a section are not the same, what was said last first."""
    found = select(CaseDifference).where(
        CaseDifference.section_id == section_id, CaseDifference.taken_back_at.is_(None)
    )
    newest = found.order_by(CaseDifference.said_at.desc(), CaseDifference.id.desc())
    return uow.session.scalars(newest.options(*_WHO_SAID).limit(most)).all()


def names_of(uow: UnitOfWork, case_ids: Iterable[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """Return references and titles of cases."""
    found = select(Case.id, Case.reference, Case.title).where(Case.id.in_(set(case_ids)))
    return {row[0]: (row[1], row[2]) for row in uow.session.execute(found)}
