"""Queries on claims and their acts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from caseflow.errors import NotFound
from caseflow.models import Act, Case, Claim, HousingApplication, OtherTreatyArticle
from caseflow.unit_of_work import UnitOfWork, one

NUMBER_OF_CLAIMS = select(func.count()).where(Claim.case_id == Case.id).correlate(Case).scalar_subquery()
"""How many claims a case has, as part of a query on cases."""


def claims_of(uow: UnitOfWork, case: Case) -> Sequence[Claim]:
    """Return the claims of a case in their order, whether or not they were loaded with it."""
    return uow.session.scalars(select(Claim).where(Claim.case_id == case.id).order_by(Claim.position)).all()


def one_claim(uow: UnitOfWork, case: Case, claim_id: UUID) -> Claim:
    """Return a claim of a case, with its acts.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Claim).where(Claim.id == claim_id, Claim.case_id == case.id).options(selectinload(Claim.acts))
    return one(uow, found, NotFound("This claim does not exist, or you do not have access to it."))


def claim_to_remove(uow: UnitOfWork, case: Case, claim_id: UUID) -> Claim:
    """Return a claim of a case without its acts: what is read with it would be removed with it.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Claim).where(Claim.id == claim_id, Claim.case_id == case.id)
    return one(uow, found, NotFound("This claim does not exist, or you do not have access to it."))


def one_housing_application(uow: UnitOfWork, case: Case, housing_application_id: UUID) -> HousingApplication:
    """Return a request for housing of a case.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(HousingApplication).where(
        HousingApplication.id == housing_application_id, HousingApplication.case_id == case.id
    )
    return one(uow, found, NotFound("This request for housing does not exist, or you do not have access to it."))


def one_act(uow: UnitOfWork, case: Case, act_id: UUID) -> Act:
    """Return an act of a case.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Act).where(Act.id == act_id, Act.case_id == case.id)
    return one(uow, found, NotFound("This act does not exist, or you do not have access to it."))


def one_other_treaty(uow: UnitOfWork, case: Case, other_treaty_id: UUID) -> OtherTreatyArticle:
    """Return the articles of another treaty that a claim of a case invokes.

    Raises:
        NotFound: they do not exist or may not be seen.
    """
    found = select(OtherTreatyArticle).where(
        OtherTreatyArticle.id == other_treaty_id, OtherTreatyArticle.case_id == case.id
    )
    return one(uow, found, NotFound("This entry does not exist, or you do not have access to it."))
