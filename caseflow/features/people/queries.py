"""Queries on persons in cases. Nothing here reads an identity (`people.identity`)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from caseflow.errors import NotFound
from caseflow.models import (
    Case,
    CasePerson,
    Claim,
    ClaimPerson,
    CodeNameCounter,
    Consent,
    IdentityReveal,
    Person,
    PersonMerge,
    PersonMergeRow,
    PersonRelation,
    PersonRole,
    RelationKind,
    RowChange,
)
from caseflow.unit_of_work import UnitOfWork, one


def records_of(person_id: UUID | ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> Select[UUID]:
    """Return the ids of the records of a person: their own, and those of the persons who were merged into them.

    What is sealed, and ways to reach somebody, stay with the record that they were made for.
    """
    record = aliased(Person)
    return select(record.id).where(or_(record.id == person_id, record.merged_into_id == person_id))


_OF_CASES = (
    select(CasePerson)
    .where(CasePerson.case_id.in_(bindparam("case_ids", expanding=True)))
    .options(joinedload(CasePerson.person), joinedload(CasePerson.concerned), selectinload(CasePerson.consents))
    .order_by(CasePerson.case_id, CasePerson.position)
)
NUMBER_OF_PEOPLE = select(func.count()).where(CasePerson.case_id == Case.id).correlate(Case).scalar_subquery()


def people_of_case(uow: UnitOfWork, case: Case) -> Sequence[CasePerson]:
    """Return the persons of a case, in the order in which they were added: two statements."""
    return people_of_cases(uow, [case.id])


def people_of_cases(uow: UnitOfWork, case_ids: Collection[UUID]) -> Sequence[CasePerson]:
    """Return the persons of cases with their consents and the claims that concern them, as they were added: two statements."""
    return uow.session.scalars(_OF_CASES, {"case_ids": list(case_ids)}).unique().all()


def victims_of_claim(people: Iterable[CasePerson], claim: Claim) -> list[CasePerson]:
    """Return the victims whom a claim concerns, of the persons of its case: all victims where it names none."""
    victims = [one for one in people if PersonRole.VICTIM in one.roles]
    return [one for one in victims if any(row.claim_id == claim.id for row in one.concerned)] or victims


def has_victim(uow: UnitOfWork, case: Case) -> bool:
    """Return whether a victim is recorded in a case, read from the database."""
    found = select(CasePerson.id).where(CasePerson.case_id == case.id, CasePerson.roles.contains([PersonRole.VICTIM]))
    return uow.session.scalar(select(found.exists())) or False


def one_person(uow: UnitOfWork, case: Case, case_person_id: UUID) -> CasePerson:
    """Return a person of a case, with their consents.

    Raises:
        NotFound: there is none with this id in the case, or it may not be seen.
    """
    found = select(CasePerson).where(CasePerson.id == case_person_id, CasePerson.case_id == case.id)
    missing = NotFound("This person does not exist in the case, or you do not have access to it.")
    consents = selectinload(CasePerson.consents).joinedload(Consent.given_by)
    return one(uow, found.options(joinedload(CasePerson.person), consents), missing)


def role_merged_into(uow: UnitOfWork, case: Case, case_person_id: UUID) -> CasePerson | None:
    """Return the role that stands for one that was merged into it in the same case; None if there is none."""
    found = (
        select(CasePerson)
        .join(PersonMerge, PersonMerge.kept_id == CasePerson.person_id)
        .join(PersonMergeRow, PersonMergeRow.merge_id == PersonMerge.id)
        .where(CasePerson.case_id == case.id, PersonMerge.undone_at.is_(None))
        .where(PersonMergeRow.case_id == case.id, PersonMergeRow.source == CasePerson.__tablename__)
        .where(PersonMergeRow.row_key == str(case_person_id), PersonMergeRow.change == RowChange.REMOVED)
    )
    return uow.session.scalar(found)


def concerned_by(uow: UnitOfWork, claim: Claim) -> Sequence[ClaimPerson]:
    """Return whom a claim concerns, and the harm to each."""
    return uow.session.scalars(select(ClaimPerson).where(ClaimPerson.claim_id == claim.id)).all()


def concerning_only(uow: UnitOfWork, child: CasePerson) -> int:
    """Return how many claims concern this person and nobody else."""
    other = aliased(ClaimPerson)
    others = select(other).where(other.claim_id == ClaimPerson.claim_id, other.case_person_id != child.id).exists()
    alone = select(func.count()).where(ClaimPerson.case_person_id == child.id, ~others)
    return uow.session.execute(alone).scalar_one()


def is_related(uow: UnitOfWork, relation: PersonRelation) -> bool:
    """Return whether the same relation of the same persons is recorded already."""
    same = [getattr(PersonRelation, name) == getattr(relation, name) for name in ("person_id", "other_id", "kind")]
    return uow.session.scalar(select(PersonRelation.id).where(*same)) is not None


def person_of_reveal(uow: UnitOfWork, reveal: IdentityReveal) -> CasePerson:
    """Return the role of a revealed person in the case of the reveal.

    Raises:
        NotFound: the person was removed from the case meanwhile, or it may not be seen.
    """
    holders = select(func.coalesce(Person.merged_into_id, Person.id)).where(Person.id == reveal.person_id)
    found = select(CasePerson).where(CasePerson.case_id == reveal.case_id, CasePerson.person_id.in_(holders))
    return one(uow, found, NotFound("This person was removed from the case meanwhile."))


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of two persons of a case, by their code names."""

    id: UUID
    code_name: str
    kind: RelationKind
    other: str
    note: str


def relations_in_case(uow: UnitOfWork, case: Case) -> list[Relation]:
    """Return the relations between the persons of a case: one statement."""
    person, other = aliased(CasePerson), aliased(CasePerson)
    found = (
        select(PersonRelation.id, person.code_name, PersonRelation.kind, other.code_name, PersonRelation.note)
        .join(person, person.person_id == PersonRelation.person_id)
        .join(other, other.person_id == PersonRelation.other_id)
        .where(person.case_id == case.id, other.case_id == case.id)
        .order_by(person.position, other.position, PersonRelation.kind)
    )
    return [Relation(*row) for row in uow.session.execute(found)]


def one_relation(uow: UnitOfWork, case: Case, relation_id: UUID) -> PersonRelation:
    """Return a relation between two persons of a case.

    Raises:
        NotFound: there is none with this id in the case.
    """
    here = select(CasePerson.person_id).where(CasePerson.case_id == case.id)
    found = select(PersonRelation).where(
        PersonRelation.id == relation_id, PersonRelation.person_id.in_(here), PersonRelation.other_id.in_(here)
    )
    return one(uow, found, NotFound("This relation does not exist, or you do not have access to it."))


def next_code_name(uow: UnitOfWork, case_id: UUID, letter: str) -> str:
    """Return a code name that no person of the case ever had, such as V3."""
    counter = insert(CodeNameCounter).values(case_id=case_id, letter=letter, last_number=1)
    counter = counter.on_conflict_do_update(
        index_elements=["case_id", "letter"], set_={"last_number": CodeNameCounter.last_number + 1}
    )
    return f"{letter}{uow.session.execute(counter.returning(CodeNameCounter.last_number)).scalar_one()}"


def other_cases_of(uow: UnitOfWork, person: Person, case: Case) -> list[tuple[UUID, str, str]]:
    """Return the other visible cases of a person: id, reference, and the code name there."""
    found = (
        select(Case.id, Case.reference, CasePerson.code_name)
        .join(CasePerson, CasePerson.case_id == Case.id)
        .where(CasePerson.person_id == person.id, Case.id != case.id)
        .order_by(Case.opened_on.desc(), Case.id)
    )
    return [(row[0], row[1], row[2]) for row in uow.session.execute(found)]
