"""Comments of a review: on a gap or a page of the case, decisions on gaps, answers; resolved, never removed."""

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.clock import now
from caseflow.errors import Forbidden, Invalid
from caseflow.features.cases.service import EditableCase
from caseflow.features.review.commands import NewComment
from caseflow.features.review.queries import comments_of_case
from caseflow.features.review.service import require_decides, require_part
from caseflow.models import Case, CaseReview, CommentKind, ReviewComment
from caseflow.unit_of_work import UnitOfWork


def add_comment(uow: UnitOfWork, case: EditableCase, review: CaseReview, new: NewComment) -> ReviewComment:
    """Comment on a gap or a page of a case under review, or decide on a gap, which replaces an earlier decision on it.

    Raises:
        Invalid: the text is missing, or the review has ended.
        Forbidden: only people who may approve decide on a gap.
    """
    require_part(uow, case)
    if new.kind in {CommentKind.MUST_FIX, CommentKind.ACCEPTED}:
        require_decides(uow, case, review)
    if not review.is_open:
        raise Invalid("This review has ended. Comments belong to one that waits for a decision.")
    if not new.text.strip():
        raise Invalid("The comment was not saved.", {"text": "Enter the comment; for a decision, its reason."})
    if new.kind in {CommentKind.MUST_FIX, CommentKind.ACCEPTED}:
        for earlier in comments_of_case(uow, case):
            if earlier.about == new.about and earlier.kind is not CommentKind.COMMENT and not earlier.resolved_at:
                _resolve(uow, earlier)
    comment = ReviewComment(
        case_id=case.id,
        review_id=review.id,
        kind=new.kind,
        about=new.about[:120],
        text=new.text.strip(),
        written_by_id=uow.person.user_id,
    )
    return _add_comment(uow, case, comment, "review.commented")


def answer_comment(uow: UnitOfWork, case: EditableCase, comment: ReviewComment, text: str) -> ReviewComment:
    """Answer a comment.

    Raises:
        Invalid: the text is missing.
    """
    require_part(uow, case)
    if not text.strip():
        raise Invalid("The answer was not saved.", {"text": "Enter the answer."})
    answer = ReviewComment(
        case_id=case.id,
        review_id=comment.review_id,
        kind=CommentKind.ANSWER,
        about=comment.about,
        text=text.strip(),
        comment_id=comment.id,
        written_by_id=uow.person.user_id,
    )
    return _add_comment(uow, case, answer, "review.answered")


def resolve_comment(uow: UnitOfWork, case: EditableCase, comment: ReviewComment) -> ReviewComment:
    """Mark a comment as resolved. What must be fixed is resolved by those who may approve.

    Raises:
        Forbidden: only its author, or for a gap that must be fixed somebody who may approve.
    """
    require_part(uow, case)
    decides = may_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)
    if not decides and (comment.kind is not CommentKind.COMMENT or comment.written_by_id != uow.person.user_id):
        raise Forbidden("A comment is marked as resolved by its author, or by a coordinator of the section.")
    if comment.resolved_at is None:
        _resolve(uow, comment)
        uow.audit.record(
            "review.resolved", comment, section_id=case.section_id, case_id=case.id, changes={"text": [None, comment.text]}
        )  # fmt: skip
    return comment


def _resolve(uow: UnitOfWork, comment: ReviewComment) -> None:
    comment.resolved_at, comment.resolved_by_id = now(), uow.person.user_id


def _add_comment(uow: UnitOfWork, case: Case, comment: ReviewComment, action: str) -> ReviewComment:
    uow.session.add(comment)
    uow.flush()
    changes: dict[str, list[object]] = {"text": [None, comment.text], "comment_kind": [None, comment.kind.value]}
    uow.audit.record(action, comment, section_id=case.section_id, case_id=case.id, changes=changes)
    return comment
