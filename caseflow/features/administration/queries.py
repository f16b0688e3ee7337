"""The query of the home of administrators: numbers of people and sections, and of reference data. Nothing of a case."""

from dataclasses import dataclass

from sqlalchemy import func, select

from caseflow.models import Membership, RemedyMap, Section, State, User
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many accounts, sections and rows of reference data there are."""

    people: int
    without_role: int
    """Active accounts with no role: these people can do nothing."""
    closed: int
    sections: int
    states: int
    maps: int


def numbers(uow: UnitOfWork) -> Numbers:
    """Return the numbers. One statement."""
    has_role = select(Membership.id).where(Membership.user_id == User.id, Membership.ended_at.is_(None)).exists()
    counted = (
        select(func.count()).select_from(User).where(User.is_active),
        select(func.count()).select_from(User).where(User.is_active, ~has_role),
        select(func.count()).select_from(User).where(~User.is_active),
        select(func.count()).select_from(Section),
        select(func.count()).select_from(State),
        select(func.count()).select_from(RemedyMap),
    )
    return Numbers(
        *(int(number) for number in uow.session.execute(select(*(one.scalar_subquery() for one in counted))).one())
    )
