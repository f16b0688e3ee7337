"""Queries of remedies."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from caseflow.errors import NotFound
from caseflow.features.people.queries import people_of_case, victims_of_claim
from caseflow.models import Case, CasePerson, Claim, DomesticRemedy
from caseflow.unit_of_work import UnitOfWork, one

_OF_CASES = (
    select(DomesticRemedy)
    .where(DomesticRemedy.case_id.in_(bindparam("case_ids", expanding=True)))
    .options(joinedload(DomesticRemedy.concerned))
    .order_by(DomesticRemedy.claim_id, DomesticRemedy.position, DomesticRemedy.created_at)
)


NUMBER_OF_REMEDIES = select(func.count()).where(DomesticRemedy.case_id == Case.id).correlate(Case).scalar_subquery()
"""How many remedies a case has, as part of a query on cases."""


def remedies_of_case(uow: UnitOfWork, case: Case) -> Sequence[DomesticRemedy]:
    """Return all remedies of a case, claim by claim, in the order of each ladder."""
    return remedies_of_cases(uow, [case.id])


def remedies_of_cases(uow: UnitOfWork, case_ids: Collection[UUID]) -> Sequence[DomesticRemedy]:
    """Return all remedies of cases, claim by claim, in the order of each ladder."""
    return uow.session.scalars(_OF_CASES, {"case_ids": list(case_ids)}).unique().all()


def victims_of_claims(
    uow: UnitOfWork, case: Case, claims: Iterable[Claim], remedies: Iterable[DomesticRemedy]
) -> Mapping[UUID, Sequence[CasePerson]]:
    """Return the victims of claims of a case, by the id of the claim; nothing, and no statement, if no remedy names its victims."""
    if not any(remedy.concerns_some for remedy in remedies):
        return {}
    people = uow.cached(people_of_case, case)
    return {claim.id: victims_of_claim(people, claim) for claim in claims}


def one_remedy(uow: UnitOfWork, case: Case, remedy_id: UUID) -> DomesticRemedy:
    """Return a remedy of a case.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(DomesticRemedy).where(DomesticRemedy.id == remedy_id, DomesticRemedy.case_id == case.id)
    found = found.options(selectinload(DomesticRemedy.concerned))
    return one(uow, found, NotFound("This remedy does not exist, or you do not have access to it."))
