"""Queries on persons who were recorded twice. Nothing here reads an identity, and row security decides who is seen at all."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import aliased, joinedload

from caseflow.db.base import Base
from caseflow.db.identity_tokens import IdentityField
from caseflow.errors import NotFound
from caseflow.features.duplicates.planning import KEYS, Row, RowStep
from caseflow.models import (
    Case,
    CasePerson,
    ClaimPerson,
    Consent,
    ContactAttempt,
    ContactChannel,
    DomesticRemedy,
    EvidenceSupport,
    IdentityToken,
    Person,
    PersonDifference,
    PersonMerge,
    PersonMergeRow,
    PersonRelation,
    RemedyPerson,
    RowChange,
    User,
)
from caseflow.unit_of_work import UnitOfWork, one

LISTED: Final = 20
"""Digests that are shared, on one page."""
MOST_SHARING: Final = 5
"""Persons who share a digest. More are a hotline or a name of many."""
_MISSING: Final = NotFound("This person does not exist, or you do not have access to their case.")


@dataclass(frozen=True, slots=True)
class Shared:
    """A digest that persons share, and the place of it in the order of the list."""

    field: IdentityField
    token: bytes
    people: Sequence[UUID]


_SHARED = text(
    "SELECT field, token, people FROM caseflow_recorded_twice(:section, :after_field, :after_token, :most, :most_sharing)"
)


def shared_digests(uow: UnitOfWork, section_id: UUID, after: tuple[str, bytes], most: int = LISTED) -> list[Shared]:
    """Return digests that persons of a section share, by which they may be the same, behind a place in their order."""
    asked = {"section": section_id, "after_field": after[0], "after_token": after[1]}
    found = uow.session.execute(_SHARED, {**asked, "most": most, "most_sharing": MOST_SHARING})
    return [Shared(IdentityField(row.field), bytes(row.token), row.people) for row in found]


def roles_of(uow: UnitOfWork, person_ids: Collection[UUID]) -> dict[UUID, list[tuple[CasePerson, Case]]]:
    """Return the visible roles of persons with their cases, the latest case first."""
    found = (
        select(CasePerson, Case)
        .join(Case, Case.id == CasePerson.case_id)
        .where(CasePerson.person_id.in_(person_ids))
        .options(joinedload(CasePerson.person))
        .order_by(Case.opened_on.desc(), Case.id, CasePerson.position)
    )
    roles: dict[UUID, list[tuple[CasePerson, Case]]] = {}
    for role, case in uow.session.execute(found):
        roles.setdefault(role.person_id, []).append((role, case))
    return roles


def digests_of(uow: UnitOfWork, person_ids: Collection[UUID]) -> dict[UUID, set[tuple[IdentityField, bytes]]]:
    """Return the digests of persons, and of those merged into them, by person."""
    holder = func.coalesce(Person.merged_into_id, Person.id)
    found = (
        select(holder, IdentityToken.field, IdentityToken.token)
        .join(Person, Person.id == IdentityToken.person_id)
        .where(Person.id.in_(person_ids) | Person.merged_into_id.in_(person_ids))
    )
    digests: dict[UUID, set[tuple[IdentityField, bytes]]] = {}
    for person_id, name, token in uow.session.execute(found):
        digests.setdefault(person_id, set()).add((name, bytes(token)))
    return digests


def one_role(uow: UnitOfWork, case_person_id: UUID) -> tuple[CasePerson, Case]:
    """Return a person's role in a visible case, with the person and the case.

    Raises:
        NotFound: there is none with this id, or it may not be seen.
    """
    role = one(
        uow, select(CasePerson).where(CasePerson.id == case_person_id).options(joinedload(CasePerson.person)), _MISSING
    )
    case = one(uow, select(Case).where(Case.id == role.case_id).options(joinedload(Case.section)), _MISSING)
    return role, case


def has_merged(uow: UnitOfWork, person_id: UUID) -> bool:
    """Return whether somebody was merged into a person."""
    return uow.session.scalar(select(Person.id).where(Person.merged_into_id == person_id).limit(1)) is not None


_PEOPLE = "SELECT id FROM person WHERE id = ANY (:people) OR merged_into_id = ANY (:people)"
_OF_PEOPLE = f"ANY (ARRAY({_PEOPLE}))"
_OF_ROLES = f"ANY (ARRAY(SELECT id FROM case_person WHERE person_id = {_OF_PEOPLE}))"  # noqa: S608 - no value is in it
_WHERE: Final = {
    "person": "id = ANY (:people) OR merged_into_id = ANY (:people)",
    "case_person": f"person_id = {_OF_PEOPLE}",
    "consent": f"case_person_id = {_OF_ROLES} OR given_by_id = {_OF_ROLES}",
    "contact_attempt": f"case_person_id = {_OF_ROLES}",
    "claim_person": f"case_person_id = {_OF_ROLES}",
    "remedy_person": f"case_person_id = {_OF_ROLES}",
    "evidence_support": f"case_person_id = {_OF_ROLES}",
    "person_relation": f"person_id = {_OF_PEOPLE} OR other_id = {_OF_PEOPLE}",
    "contact_channel": f"person_id = {_OF_PEOPLE}",
}
_ROWS = text(
    " UNION ALL ".join(
        f"SELECT '{name}' AS source, to_jsonb(t) AS row FROM {name} t WHERE {_WHERE[name]}"  # noqa: S608 - the same
        for name in KEYS
    )
)


def lock_persons(uow: UnitOfWork, person_ids: Collection[UUID]) -> None:
    """Lock persons until the transaction ends, so that nobody changes or merges them meanwhile."""
    found = select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id)
    uow.session.execute(found.with_for_update(key_share=True))


def rows_of(uow: UnitOfWork, person_ids: Collection[UUID]) -> list[Row]:
    """Return all visible rows that belong to persons, and to those merged into them, but what is sealed: one statement."""
    return [Row(row.source, row.row) for row in uow.session.execute(_ROWS, {"people": list(person_ids)})]


def apply_steps(uow: UnitOfWork, steps: Sequence[RowStep], *, is_undone: bool = False) -> None:
    """Change rows as planned: first what is added, then what is changed, and last what is removed.

    The persons are changed first, and last when a merge is undone: row security knows the merged one by their roles or by the person
    that they were merged into. The session forgets the rows, which it would otherwise show as they were.
    """
    in_order = sorted(steps, key=lambda step: list(KEYS).index(step.row.source))
    ordered = {change: [step for step in in_order if step.change is change] for change in RowChange}
    if is_undone:
        ordered[RowChange.CHANGED].reverse()
    for change in (RowChange.ADDED, RowChange.CHANGED, RowChange.REMOVED):
        for step in ordered[change]:
            _apply(uow, step)
    for row in list(uow.session.identity_map.values()):
        if isinstance(row, _FORGOTTEN):
            uow.session.expunge(row)


_FORGOTTEN = (
    Person,
    CasePerson,
    Consent,
    ContactAttempt,
    ClaimPerson,
    DomesticRemedy,
    RemedyPerson,
    EvidenceSupport,
    PersonRelation,
    ContactChannel,
)


def _apply(uow: UnitOfWork, step: RowStep) -> None:
    table, keys = step.row.source, KEYS[step.row.source]
    columns = [f'"{column.name}"' for column in Base.metadata.tables[table].columns]
    is_row = " AND ".join(f"t.{key} = r.{key}" for key in keys)
    wanted = f"jsonb_populate_record(NULL::{table}, CAST(:row AS jsonb)) r"
    if step.after is None and table == "consent":
        return  # it goes with the role that is removed: nobody may delete an answer alone
    if step.after is None:
        statement = f"DELETE FROM {table} t USING {wanted} WHERE {is_row}"  # noqa: S608 - names of our own tables
    elif step.before is None:
        names = ", ".join(columns)
        statement = f"INSERT INTO {table} ({names}) SELECT {names} FROM {wanted}"  # noqa: S608 - the same
    else:
        before, after = step.before.values, step.after.values
        differing = ", ".join(f"{name} = r.{name}" for name in after if before[name] != after[name])
        statement = f"UPDATE {table} t SET {differing} FROM {wanted} WHERE {is_row}"  # noqa: S608 - the same
    values = (step.after or step.row).values
    uow.session.execute(text(statement), {"row": json.dumps(values)})


def keep_rows(uow: UnitOfWork, merge: PersonMerge, steps: Iterable[RowStep]) -> None:
    """Store what a merge changes, and the digests of all that belongs to both persons after it."""
    rows = [
        {
            "merge_id": merge.id,
            "source": step.row.source,
            "row_key": step.row.key,
            "case_id": step.row.case_id,
            "change": step.change,
            "before": step.before.values if step.before and step.change is not RowChange.NONE else None,
            "after": step.after.digest if step.after else None,
        }
        for step in steps
    ]
    uow.session.execute(insert(PersonMergeRow), rows)


_WHO = (
    joinedload(PersonMerge.user).undefer(User.shown_name),
    joinedload(PersonMerge.undone_by).undefer(User.shown_name),
)


def one_merge(uow: UnitOfWork, merge_id: UUID) -> PersonMerge:
    """Return a merge with who did it.

    Raises:
        NotFound: there is none with this id, or it may not be seen.
    """
    missing = NotFound("This merge does not exist, or you do not have access to a case of the person.")
    return one(uow, select(PersonMerge).where(PersonMerge.id == merge_id).options(*_WHO), missing)


def merges_of(uow: UnitOfWork, person_id: UUID) -> Sequence[PersonMerge]:
    """Return the merges into a person that hold, the latest first."""
    found = select(PersonMerge).where(PersonMerge.kept_id == person_id, PersonMerge.undone_at.is_(None)).options(*_WHO)
    return uow.session.scalars(found.order_by(PersonMerge.merged_at.desc())).all()


def kept_rows(uow: UnitOfWork, merge: PersonMerge) -> Sequence[PersonMergeRow]:
    """Return what the merge kept, as far as the acting person sees the cases."""
    return uow.session.scalars(select(PersonMergeRow).where(PersonMergeRow.merge_id == merge.id)).all()


_WHO_SAID = (
    joinedload(PersonDifference.user).undefer(User.shown_name),
    joinedload(PersonDifference.taken_back_by).undefer(User.shown_name),
)


def differences_between(uow: UnitOfWork, person_ids: Collection[UUID]) -> Mapping[frozenset[UUID], PersonDifference]:
    """Return what holds of pairs of persons who are not the same, by the two who stand for them after merges: one statement."""
    sides = first, second = aliased(Person), aliased(Person)
    holders = [func.coalesce(one.merged_into_id, one.id) for one in sides]
    found = (
        select(PersonDifference, *holders)
        .join(first, first.id == PersonDifference.first_id)
        .join(second, second.id == PersonDifference.second_id)
        .where(PersonDifference.taken_back_at.is_(None))
        .where(*(one.id.in_(person_ids) | one.merged_into_id.in_(person_ids) for one in sides))
        .options(*_WHO_SAID)
    )
    return {frozenset(pair): row for row, *pair in uow.session.execute(found)}


def one_difference(uow: UnitOfWork, difference_id: UUID) -> PersonDifference:
    """Return that two persons are not the same, with who said it.

    Raises:
        NotFound: there is none with this id, or one of them may not be seen.
    """
    missing = NotFound("This page does not exist, or you do not have access to a case of both persons.")
    return one(uow, select(PersonDifference).where(PersonDifference.id == difference_id).options(*_WHO_SAID), missing)


def differences_in(uow: UnitOfWork, section_id: UUID, most: int) -> Sequence[PersonDifference]:
    """Return which persons of a section are not the same, what was said last first."""
    found = select(PersonDifference).where(
        PersonDifference.section_id == section_id, PersonDifference.taken_back_at.is_(None)
    )
    newest = found.order_by(PersonDifference.said_at.desc(), PersonDifference.id.desc())
    return uow.session.scalars(newest.options(*_WHO_SAID).limit(most)).all()


def holders_of(uow: UnitOfWork, person_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return for each person the one who stands for them: themselves, unless they were merged."""
    found = select(Person.id, func.coalesce(Person.merged_into_id, Person.id)).where(Person.id.in_(person_ids))
    return {row[0]: row[1] for row in uow.session.execute(found)}
