"""Queries on filings. Row security decides which are visible."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from caseflow.models import Case, Filing, PreparedFiling, User
from caseflow.unit_of_work import UnitOfWork

_OF_CASE = (
    select(Filing)
    .where(Filing.case_id == bindparam("case_id"))
    .options(
        joinedload(Filing.recorded_by).undefer(User.shown_name), joinedload(Filing.prepared_by).undefer(User.shown_name)
    )
    .order_by(Filing.recorded_at.desc())
)


_PREPARED = (
    select(PreparedFiling)
    .where(PreparedFiling.case_id == bindparam("case_id"), PreparedFiling.ended_at.is_(None))
    .options(joinedload(PreparedFiling.prepared_by).undefer(User.shown_name))
)


def prepared_filing(uow: UnitOfWork, case: Case) -> PreparedFiling | None:
    """Return the filing of a case that waits for a second person; None if there is none."""
    return uow.session.scalar(_PREPARED, {"case_id": case.id})


def filings_of_case(uow: UnitOfWork, case: Case) -> Sequence[Filing]:
    """Return the filings of a case, the latest first; all but one have ended."""
    return uow.session.scalars(_OF_CASE, {"case_id": case.id}).all()
