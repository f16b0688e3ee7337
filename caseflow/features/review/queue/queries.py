"""The queries of the queue of reviews. Row security decides which cases are visible, and the reviews of which."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    any_,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute

from caseflow.access import Permission
from caseflow.clock import latest_local_today
from caseflow.db.paging import Cursor
from caseflow.features.cases.filters.queries import can_be_filed
from caseflow.features.cases.moves.queries import IN_FORCE
from caseflow.features.review.queue.commands import FOR_ME, QueueFilters, QueueLine, QueuePart, QueueState, QueueView
from caseflow.models import (
    NO_DAY,
    STAGES_AFTER_FILING,
    Assessment,
    Case,
    CaseListing,
    CaseReview,
    CommentKind,
    Deadline,
    PreparedFiling,
    ReviewComment,
    ReviewStatus,
    Section,
    Stage,
)
from caseflow.models.case_listing import or_last
from caseflow.models.deadline_kinds import HARD_KINDS
from caseflow.unit_of_work import UnitOfWork

MOST: Final = 1000
"""The queue is counted up to this number, ..."""
MOST_WAITING: Final = 100
"""... and what waits for a person up to this one."""
_IN_REVIEW = Case.stage == Stage.READINESS_REVIEW
_APPROVED = Case.stage == Stage.APPROVED
_DAY = or_last(CaseListing.irreversible_on)


def queue_filters(uow: UnitOfWork, **chosen: Any) -> QueueFilters:
    """Return what the acting person is shown, with filters."""
    return QueueFilters(
        user_id=uow.person.user_id,
        sections=[member.section_id for member in uow.person.sections_for(Permission.CASE_EDIT)],
        approving=[member.section_id for member in uow.person.sections_for(Permission.CASE_APPROVE)],
        **chosen,
    )


def _reviews(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(CaseReview.id).where(CaseReview.case_id == Case.id, *conditions).correlate(Case).exists()


def _has_prepared(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    found = select(PreparedFiling.id).where(PreparedFiling.case_id == Case.id, PreparedFiling.ended_at.is_(None))
    return found.where(*conditions).correlate(Case).exists()


def _latest(column: InstrumentedAttribute[Any]) -> Any:
    found = select(column).where(CaseReview.case_id == Case.id).order_by(CaseReview.number.desc()).limit(1)
    return found.correlate(Case).scalar_subquery()


_LATEST_STATUS = func.coalesce(cast(_latest(CaseReview.status), String), ReviewStatus.ENDED.value)
_IS_CURRENT = CaseReview.status.in_(IN_FORCE)
_STATES: Final[Mapping[QueueState, tuple[ColumnElement[bool], ...]]] = {
    QueueState.UNASKED: (_IN_REVIEW, _LATEST_STATUS.in_((ReviewStatus.ENDED.value, ReviewStatus.REPLACED.value))),
    QueueState.OPEN: (_IN_REVIEW, _reviews(CaseReview.status == ReviewStatus.OPEN)),
    QueueState.HALF_SIGNED: (_IN_REVIEW, _reviews(CaseReview.status == ReviewStatus.HALF_SIGNED)),
    QueueState.RETURNED: (_IN_REVIEW, _LATEST_STATUS.in_((ReviewStatus.RETURNED.value,))),
    QueueState.APPROVED: (_APPROVED, ~_reviews(_IS_CURRENT, CaseReview.changed_at.is_not(None)), ~_has_prepared()),
    QueueState.CHANGED: (_APPROVED, _reviews(_IS_CURRENT, CaseReview.changed_at.is_not(None)), ~_has_prepared()),
    QueueState.PREPARED: (_has_prepared(),),
}


def _to_answer(user_id: UUID) -> ColumnElement[bool]:
    """Return the condition for cases with a comment of somebody else that is open and that nobody has answered."""
    answer = ReviewComment.__table__.alias("answer")
    answered = select(answer.c.id).where(answer.c.comment_id == ReviewComment.id).correlate(ReviewComment).exists()
    return (
        select(ReviewComment.id)
        .where(
            ReviewComment.case_id == Case.id,
            ReviewComment.kind.in_((CommentKind.COMMENT, CommentKind.MUST_FIX)),
            ReviewComment.resolved_at.is_(None),
            ReviewComment.written_by_id != user_id,
            ~answered,
        )
        .correlate(Case)
        .exists()
    )


def _conditions(view: QueueView | None, filters: QueueFilters) -> list[ColumnElement[bool]]:
    """Return the conditions of a part of the queue."""
    me, may_approve = filters.user_id, Case.section_id.in_(filters.approving)
    if view is QueueView.MINE:
        asked = literal(me) == any_(CaseReview.reviewer_ids)
        return [_IN_REVIEW, _reviews(CaseReview.status == ReviewStatus.OPEN, asked)]
    if view is QueueView.SIGN:
        others = (CaseReview.signed_by_id != me, CaseReview.requested_by_id != me)
        half = _reviews(CaseReview.status == ReviewStatus.HALF_SIGNED, *others)
        return [_IN_REVIEW, may_approve, Case.owner_id.is_distinct_from(me), half]
    if view is QueueView.CONFIRM:
        stages = Case.stage.in_((Stage.APPROVED, *STAGES_AFTER_FILING))
        return [stages, may_approve, _has_prepared(PreparedFiling.prepared_by_id != me)]
    if view is QueueView.ANSWER:
        return [_IN_REVIEW, or_(Case.owner_id == me, _reviews(CaseReview.requested_by_id == me)), _to_answer(me)]
    if view is QueueView.FILEABLE:
        return list(can_be_filed(latest_local_today()))
    return [Case.stage.in_((Stage.READINESS_REVIEW, Stage.APPROVED))]


def _chosen(view: QueueView | None, filters: QueueFilters, *where: ColumnElement[bool]) -> Select[Any]:
    found = select(Case.id, _DAY.label("day")).join(CaseListing, CaseListing.case_id == Case.id)
    found = found.where(*where, *_conditions(view, filters))
    if filters.state:
        found = found.where(*_STATES.get(filters.state, ()))
    if filters.section:
        found = found.where(
            Case.section_id == select(Section.id).where(Section.code == filters.section).scalar_subquery()
        )
    return found.where(Case.urgency == filters.urgency) if filters.urgency else found


def _matching(view: QueueView | None, filters: QueueFilters) -> Subquery:
    """Return the cases of a part of the queue with the day by which they are sorted.

    Those of one's sections are looked up by section and stage, and those that are shared by their ids. What waits for a
    person is in their own sections.
    """
    own = _chosen(view, filters, Case.section_id.in_(filters.sections))
    if view in FOR_ME:
        return own.subquery("matching")
    shared = Case.id.in_(select(func.caseflow_granted_cases("read")))
    return own.union_all(_chosen(view, filters, shared, Case.section_id.not_in(filters.sections))).subquery("matching")


_LAST = (
    select(
        CaseReview.number,
        CaseReview.status,
        CaseReview.requested_at,
        CaseReview.changed_at,
        CaseReview.reviewer_ids,
    )
    .where(CaseReview.case_id == Case.id)
    .order_by(CaseReview.number.desc())
    .limit(1)
    .lateral("last")
)
_NEXT_KIND = (
    select(Deadline.kind)
    .where(Deadline.case_id == Case.id, Deadline.done_at.is_(None), Deadline.kind.in_(HARD_KINDS))
    .order_by(Deadline.due_on, Deadline.id)
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)
_MUST_FIX = (
    select(func.count())
    .where(
        ReviewComment.case_id == Case.id,
        ReviewComment.kind == CommentKind.MUST_FIX,
        ReviewComment.resolved_at.is_(None),
    )
    .correlate(Case)
    .scalar_subquery()
)
_LINE = (
    select(
        Case.id,
        Case.reference,
        Case.title,
        Case.section_id,
        Section.time_zone,
        Case.stage,
        Case.urgency,
        Case.owner_id,
        CaseListing.irreversible_on,
        _NEXT_KIND,
        CaseListing.outlook,
        Assessment.blocking,
        Assessment.not_confirmed,
        CaseListing.active_at,
        *_LAST.c,
        _has_prepared(),
        _MUST_FIX,
    )
    .join(Section, Section.id == Case.section_id)
    .join(CaseListing, CaseListing.case_id == Case.id)
    .outerjoin(Assessment, and_(Assessment.case_id == Case.id, Assessment.is_current))
    .outerjoin(_LAST, true())
)


def queue(uow: UnitOfWork, filters: QueueFilters, size: int, place: Cursor | None = None) -> QueuePart:
    """Return a page of the queue, the case with the fewest days left first; those without such a day are last. One statement."""
    matching = _matching(filters.view, filters)
    chosen = select(matching.c.id, matching.c.day).order_by(matching.c.day, matching.c.id)
    if place is None:
        chosen = chosen.limit(MOST + 1)
    else:
        after = tuple_(matching.c.day, matching.c.id) > tuple_(literal(place.value), literal(place.id))
        chosen = chosen.where(after).limit(size + 1)
    found = chosen.cte("chosen")
    page = select(found.c.id).order_by(found.c.day, found.c.id).limit(size + 1)
    total = select(func.count()).select_from(found).scalar_subquery()
    lines = _LINE.add_columns(total).where(Case.id == any_(func.array(page.scalar_subquery())))
    rows = uow.session.execute(lines.order_by(_DAY, Case.id)).all()
    return QueuePart([QueueLine(*row[:-1]) for row in rows[:size]], rows[0][-1] if rows else 0, len(rows) > size)


def place_of(line: QueueLine) -> Cursor:
    """Return the place of a line in the queue."""
    return Cursor(line.due_on or NO_DAY, line.case_id)


def waiting(uow: UnitOfWork, section: str = "") -> dict[QueueView | None, int]:
    """Return how many cases wait for the acting person, of all sections or of one, by what for. One statement.

    Each number is at most one above `MOST_WAITING`.
    """
    filters = queue_filters(uow, section=section)
    counted = (select(_matching(view, filters).c.id).limit(MOST_WAITING + 1).subquery() for view in FOR_ME)
    numbers: Sequence[int] = uow.session.execute(
        select(*(select(func.count()).select_from(one).scalar_subquery() for one in counted))
    ).one()
    return dict(zip(FOR_ME, numbers, strict=True))
