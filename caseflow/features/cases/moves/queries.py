"""What moves ask of a case. Row security decides what is visible."""

from uuid import UUID

from sqlalchemy import select

from caseflow.models import CaseReview, Filing, ReviewStatus
from caseflow.unit_of_work import UnitOfWork

IN_FORCE = (ReviewStatus.OPEN, ReviewStatus.HALF_SIGNED, ReviewStatus.SIGNED)


def current_review(uow: UnitOfWork, case_id: UUID) -> CaseReview | None:
    """Return the version of a case that waits for approval or is approved; None if there is none."""
    found = select(CaseReview).where(CaseReview.case_id == case_id, CaseReview.status.in_(IN_FORCE))
    return uow.session.scalar(found)


def current_filing(uow: UnitOfWork, case_id: UUID) -> Filing | None:
    """Return the filing of a case that has not ended; None if there is none."""
    return uow.session.scalar(select(Filing).where(Filing.case_id == case_id, Filing.ended_at.is_(None)))
