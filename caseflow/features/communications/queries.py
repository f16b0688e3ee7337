"""Queries on the docket. Row security decides which letters are visible."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, func, select
from sqlalchemy.orm import joinedload

from caseflow.errors import NotFound
from caseflow.models import Awaited, Case, Evidence, Letter, User
from caseflow.unit_of_work import UnitOfWork, one

_WITH_FILE = joinedload(Letter.evidence).joinedload(Evidence.content)
_WITH_AUTHOR = joinedload(Letter.entered_by).undefer(User.shown_name)
_IN_ORDER: Final = (Letter.dated_on, Letter.created_at, Letter.id)
IS_OPEN: Final = (Letter.awaited.is_not(None), Letter.answered_by_id.is_(None), Letter.no_answer_because == "")
_OF_CASE = (
    select(Letter).where(Letter.case_id == bindparam("case_id")).options(_WITH_FILE, _WITH_AUTHOR).order_by(*_IN_ORDER)
)
_DUE = (
    select(Letter)
    .where(Letter.case_id == any_(bindparam("case_ids", type_=ARRAY(Uuid))), Letter.due_on.is_not(None), *IS_OPEN)
    .order_by(Letter.case_id, *_IN_ORDER)
)
NUMBER_OF_OPEN = (
    select(func.count())
    .where(Letter.case_id == Case.id, Letter.awaited == Awaited.AUTHOR, *IS_OPEN)
    .correlate(Case)
    .scalar_subquery()
)
"""How many letters of a case wait for our answer, as part of a query on cases."""


def letters_of_case(uow: UnitOfWork, case: Case) -> Sequence[Letter]:
    """Return the docket of a case in the order of its days, with the files: one statement."""
    return uow.session.scalars(_OF_CASE, {"case_id": case.id}).all()


def letters_of_cases(uow: UnitOfWork, case_ids: Collection[UUID]) -> Sequence[Letter]:
    """Return the dockets of cases, each in the order of its days: one statement."""
    found = select(Letter).where(Letter.case_id.in_(case_ids)).order_by(Letter.case_id, *_IN_ORDER)
    return uow.session.scalars(found).all()


def due_letters(uow: UnitOfWork, case_ids: Collection[UUID]) -> Sequence[Letter]:
    """Return the letters of cases that have a day and no answer: one statement."""
    return uow.session.scalars(_DUE, {"case_ids": list(case_ids)}).all()


def due_letters_of_case(uow: UnitOfWork, case: Case) -> Sequence[Letter]:
    """Return the letters of a case that have a day and no answer."""
    return due_letters(uow, [case.id])


def one_letter(uow: UnitOfWork, case: Case, letter_id: UUID) -> Letter:
    """Return a letter of a case.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Letter).where(Letter.id == letter_id, Letter.case_id == case.id).options(_WITH_FILE, _WITH_AUTHOR)
    return one(uow, found, NotFound("This letter does not exist, or you do not have access to it."))
