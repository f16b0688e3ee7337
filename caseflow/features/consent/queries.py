"""Queries on consent. Row security decides what is visible."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select

from caseflow.models import (
    Case,
    CasePerson,
    Consent,
    ConsentScope,
    ConsentStanding,
    ConsentStatus,
    PersonRelation,
    PersonRole,
    RelationKind,
)
from caseflow.unit_of_work import UnitOfWork

ACT_FOR: tuple[RelationKind, ...] = (RelationKind.PARENT, RelationKind.GUARDIAN, RelationKind.HEIR)
"""What somebody is to a person for whom they may answer."""


def consent_of(uow: UnitOfWork, person: CasePerson, scope: ConsentScope) -> Consent | None:
    """Return the present answer of a person for a scope; None if nobody asked."""
    found = select(Consent).where(Consent.case_person_id == person.id, Consent.scope == scope)
    return uow.session.scalar(found.execution_options(populate_existing=True))


@dataclass(frozen=True, slots=True)
class Missing:
    """A victim whose consent for a scope is not there."""

    code_name: str
    standing: ConsentStanding


def missing_consents(
    uow: UnitOfWork, case: Case, scope: ConsentScope, on: date, person: CasePerson | None = None
) -> list[Missing]:
    """Return the victims of a case without consent for a scope, or the one person: read from the database each time."""
    found = (
        select(CasePerson.code_name, CasePerson.roles, Consent.status, Consent.until)
        .outerjoin(Consent, and_(Consent.case_person_id == CasePerson.id, Consent.scope == scope))
        .where(CasePerson.case_id == case.id, *([CasePerson.id == person.id] if person else []))
        .order_by(CasePerson.position)
    )
    rows = [row for row in uow.session.execute(found) if person or PersonRole.VICTIM in row.roles]
    standings = [Missing(row.code_name, _standing(row.status, row.until, on)) for row in rows]
    return [one for one in standings if not one.standing.allows]


def _standing(status: ConsentStatus | None, until: date | None, on: date) -> ConsentStanding:
    if status is None:
        return ConsentStanding.NOT_ASKED
    return Consent(status=status, until=until).standing(on)


@dataclass(frozen=True, slots=True)
class Representative:
    """Another person of the case who may answer for a person, and by what right."""

    id: UUID
    code_name: str
    kind: RelationKind
    note: str


def representatives(uow: UnitOfWork, person: CasePerson) -> list[Representative]:
    """Return who may answer for a person in the case: parents, guardians and heirs."""
    found = (
        select(CasePerson.id, CasePerson.code_name, PersonRelation.kind, PersonRelation.note)
        .join(PersonRelation, PersonRelation.person_id == CasePerson.person_id)
        .where(
            CasePerson.case_id == person.case_id,
            PersonRelation.other_id == person.person_id,
            PersonRelation.kind.in_(ACT_FOR),
        )
        .order_by(CasePerson.position, PersonRelation.kind)
    )
    return [Representative(*row) for row in uow.session.execute(found)]


def consents_that_end(uow: UnitOfWork, cases: Collection[UUID]) -> Sequence[tuple[Consent, str]]:
    """Return the consents of cases that have a last day or were withdrawn, each with the code name of the person."""
    found = (
        select(Consent, CasePerson.code_name)
        .join(CasePerson, CasePerson.id == Consent.case_person_id)
        .where(Consent.case_id.in_(cases), or_(Consent.until.is_not(None), Consent.status == ConsentStatus.WITHDRAWN))
        .order_by(Consent.case_id, CasePerson.position, Consent.scope)
    )
    return [(row[0], row[1]) for row in uow.session.execute(found)]
