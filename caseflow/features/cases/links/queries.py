"""Queries on links between cases. Row security leaves those whose both cases are visible."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from caseflow.errors import NotFound
from caseflow.models import Case, CaseLink, LinkKind, User
from caseflow.unit_of_work import UnitOfWork, one

_WHOLE = (
    joinedload(CaseLink.first),
    joinedload(CaseLink.second),
    joinedload(CaseLink.linked_by).undefer(User.shown_name),
    joinedload(CaseLink.removed_by).undefer(User.shown_name),
)


def links_of(uow: UnitOfWork, case_id: UUID) -> Sequence[CaseLink]:
    """Return the links of a case with both cases, the first made first: one statement."""
    found = select(CaseLink).where(or_(CaseLink.first_id == case_id, CaseLink.second_id == case_id)).options(*_WHOLE)
    return uow.session.scalars(found.order_by(CaseLink.linked_at, CaseLink.id)).all()


def one_link(uow: UnitOfWork, case: Case, link_id: UUID) -> CaseLink:
    """Return a link of a case.

    Raises:
        NotFound: it does not exist, or one of its cases may not be seen.
    """
    of_case = or_(CaseLink.first_id == case.id, CaseLink.second_id == case.id)
    found = select(CaseLink).where(CaseLink.id == link_id, of_case).options(*_WHOLE)
    return one(uow, found, NotFound("This link does not exist, or you do not have access to it."))


def is_linked(uow: UnitOfWork, pair: tuple[UUID, UUID], kind: LinkKind) -> bool:
    """Return whether two cases are linked in this way, whichever of them leads."""
    found = select(CaseLink.id).where(
        CaseLink.first_id.in_(pair),
        CaseLink.second_id.in_(pair),
        CaseLink.kind == kind,
        CaseLink.removed_at.is_(None),
    )
    return uow.session.scalar(found.limit(1)) is not None


def visible_by_reference(uow: UnitOfWork, reference: str) -> Case | None:
    """Return a visible case by its reference, in whatever case it is typed."""
    return uow.session.scalar(select(Case).where(Case.reference == reference.strip().upper()).limit(1))
