"""Queries of reviews. Row security decides what is visible: the section of the case alone."""

import json
from collections.abc import Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from caseflow.errors import NotFound
from caseflow.features.cases.moves.queries import IN_FORCE
from caseflow.features.review.snapshot.queries import Content
from caseflow.models import Case, CaseReview, CommentKind, ReviewComment, User
from caseflow.unit_of_work import UnitOfWork, one

_PEOPLE = tuple(
    joinedload(person).load_only(User.name, User.shown_name)
    for person in (CaseReview.requested_by, CaseReview.signed_by, CaseReview.second_by, CaseReview.ended_by)
)
_OF_CASE = (
    select(CaseReview)
    .where(CaseReview.case_id == bindparam("case_id"))
    .options(*_PEOPLE)
    .order_by(CaseReview.number.desc())
)
_CURRENT = _OF_CASE.where(CaseReview.status.in_(IN_FORCE))
_COMMENTS = (
    select(ReviewComment)
    .where(ReviewComment.case_id == bindparam("case_id"))
    .options(
        joinedload(ReviewComment.written_by).load_only(User.name, User.shown_name),
        joinedload(ReviewComment.resolved_by).load_only(User.name, User.shown_name),
    )
    .order_by(ReviewComment.created_at, ReviewComment.id)
)


def reviews_of_case(uow: UnitOfWork, case: Case) -> Sequence[CaseReview]:
    """Return the versions of a case that were put up for review, the latest first, without their content: one statement."""
    return uow.session.scalars(_OF_CASE, {"case_id": case.id}).all()


def current_review(uow: UnitOfWork, case: Case) -> CaseReview | None:
    """Return the version of a case that waits for a decision or is approved; None if there is none. Read each time."""
    return uow.session.scalar(_CURRENT, {"case_id": case.id}, execution_options={"populate_existing": True})


def one_review(uow: UnitOfWork, case: Case, review_id: UUID) -> CaseReview:
    """Return a version of a case that was put up for review.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(CaseReview).where(CaseReview.id == review_id, CaseReview.case_id == case.id).options(*_PEOPLE)
    return one(uow, found, NotFound("This review does not exist, or you do not have access to it."))


def content_of_review(uow: UnitOfWork, review: CaseReview) -> Content:
    """Return the content of a version."""
    return cast("Content", json.loads(text_of_review(uow, review)))


def text_of_review(uow: UnitOfWork, review: CaseReview) -> str:
    """Return the canonical text of a version, whose hash was signed."""
    return uow.session.scalars(select(CaseReview.content).where(CaseReview.id == review.id)).one()


def last_number(uow: UnitOfWork, case: Case) -> int:
    """Return the number of the last version of a case; 0 if there is none."""
    return uow.session.scalar(select(func.max(CaseReview.number)).where(CaseReview.case_id == case.id)) or 0


def comments_of_case(uow: UnitOfWork, case: Case) -> Sequence[ReviewComment]:
    """Return all comments of the reviews of a case with their answers, as they were written: one statement."""
    return uow.session.scalars(_COMMENTS, {"case_id": case.id}).all()


def one_comment(uow: UnitOfWork, case: Case, comment_id: UUID) -> ReviewComment:
    """Return a comment of a case, which is no answer.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(ReviewComment).where(
        ReviewComment.id == comment_id, ReviewComment.case_id == case.id, ReviewComment.kind != CommentKind.ANSWER
    )
    return one(uow, found, NotFound("This comment does not exist, or you do not have access to it."))
