"""What moves ask of a case. Row security decides what is visible."""

from uuid import UUID

from sqlalchemy import select

from caseflow.models import Assessment, Filing
from caseflow.unit_of_work import UnitOfWork


def rules_not_met(uow: UnitOfWork, case_id: UUID) -> list[str]:
    """Return the rules that a case does not meet by its current assessment."""
    current = select(Assessment.blocking).where(Assessment.case_id == case_id, Assessment.is_current)
    return list(uow.session.scalar(current) or ())


def current_filing(uow: UnitOfWork, case_id: UUID) -> Filing | None:
    """Return the filing of a case that has not ended; None if there is none."""
    return uow.session.scalar(select(Filing).where(Filing.case_id == case_id, Filing.ended_at.is_(None)))
