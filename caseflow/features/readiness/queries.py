"""Queries of stored answers. Row security decides who sees which; these queries do not check access."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Date, ScalarSelect, and_, bindparam, cast, func, literal, or_, select, text, tuple_
from sqlalchemy import case as sql_case
from sqlalchemy.orm import InstrumentedAttribute, aliased, defer, joinedload, load_only

from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.features.cases.owners.queries import NO_WORKING_OWNER
from caseflow.features.cases.queries import PARTS_OF_CASE
from caseflow.features.readiness.commands import CurrentAssessment, LatestAnswer, OutlookChange, Scope
from caseflow.models import STAGES_BEFORE_FILING, Assessment, Case, ReassessmentRun, Section
from caseflow.unit_of_work import UnitOfWork

FACTS_OF_CASE = (
    Case.section_id,
    Case.reference,
    Case.state_code,
    Case.lateness_reason,
    Case.is_without_other_procedures,
    Case.is_without_objections,
    Case.stage,
    Case.suspended_from,
    Case.owner_id,
    Case.confidentiality,
)
"""Columns of a case that an assessment and its reminders need: neither the narrative nor contact details."""
SMALLEST_SHOWN = 5
"""The smallest count shown to people who may see no case, as in reports (`reports/suppression.py`)."""
DISABLE_SORT, ENABLE_SORT = text("SET LOCAL enable_sort = off"), text("SET LOCAL enable_sort = on")
"""A batch is the next cases by id. A plan that finds and sorts all due cases would do so for every batch, so that a full
pass would take quadratic time; walking the index in order of id, a batch of 200 takes two milliseconds."""
_STORED = (
    Assessment.id,
    Assessment.case_id,
    Assessment.outlook,
    Assessment.digest,
    Assessment.confirmed_on,
    Assessment.ruleset,
    Assessment.data,
)


def _entries(column: InstrumentedAttribute[list[str]]) -> ScalarSelect[int | None]:
    """Return how many entries a column of the current assessment has; null once the case is filed."""
    found = select(func.cardinality(column)).where(Assessment.case_id == Case.id, Assessment.is_current)
    return found.where(Case.stage.in_(STAGES_BEFORE_FILING)).correlate(Case).scalar_subquery()


NUMBER_BLOCKING, NUMBER_NOT_CONFIRMED = _entries(Assessment.blocking), _entries(Assessment.not_confirmed)
"""How many requirements of a case are not met, and how many unknown, as parts of a query on cases."""


def current_answers(uow: UnitOfWork, case_ids: Collection[UUID]) -> dict[UUID, CurrentAssessment]:
    """Return the current answer of each case that has one."""
    found = select(*_STORED).where(Assessment.case_id.in_(case_ids), Assessment.is_current)
    return {row.case_id: CurrentAssessment(*row) for row in uow.session.execute(found)}


_LAST_TWO = (
    select(Assessment.made_at, Assessment.findings)
    .where(Assessment.case_id == bindparam("case_id"))
    .order_by(Assessment.made_at.desc())
    .limit(2)
    .subquery()
)
_IS_RECENT = and_(func.count().over() > 1, func.max(_LAST_TWO.c.made_at).over() >= bindparam("since"))
_LATEST_TWO_ANSWERS = select(_LAST_TWO.c.made_at, sql_case((_IS_RECENT, _LAST_TWO.c.findings))).order_by(
    _LAST_TWO.c.made_at.desc()
)


def latest_two_answers(uow: UnitOfWork, case_id: UUID, since: datetime) -> list[LatestAnswer]:
    """Return the last answer and the one before; their long documents only where the last was made since a moment."""
    return [
        LatestAnswer(*row) for row in uow.session.execute(_LATEST_TWO_ANSWERS, {"case_id": case_id, "since": since})
    ]


def answers_of_case(uow: UnitOfWork, case_id: UUID, place: Cursor | None, size: int) -> Sequence[Assessment]:
    """Return the answers of a case without their documents, the latest first, after a cursor."""
    found = (
        select(Assessment)
        .where(Assessment.case_id == case_id)
        .options(defer(Assessment.findings, raiseload=True))
        .order_by(Assessment.made_at.desc(), Assessment.id.desc())
        .limit(size)
    )
    if place is not None:
        here = tuple_(literal(place.value), literal(place.id))
        found = found.where(tuple_(Assessment.made_at, Assessment.id) < here)
    return uow.session.scalars(found).all()


def one_answer(uow: UnitOfWork, case_id: UUID, assessment_id: UUID) -> Assessment:
    """Return a stored answer of a case with its document.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Assessment).where(Assessment.id == assessment_id, Assessment.case_id == case_id)
    answer = uow.session.scalar(found)
    if answer is None:
        raise NotFound("This assessment does not exist, or you do not have access to it.")
    return answer


def unseen_changes(uow: UnitOfWork, unowned_in: Collection[UUID], size: int) -> list[OutlookChange]:
    """Return the unseen changes of outlook in the acting person's cases and in cases of sections without an owner who works there, one for each case.

    It combines all unseen changes: from the outlook before the first to the one after the last.
    """
    changed = and_(Assessment.seen_at.is_(None), Assessment.previous_outlook != Assessment.outlook)
    mine = or_(
        Case.owner_id == uow.person.user_id,
        and_(Case.section_id.in_(unowned_in), NO_WORKING_OWNER),
    )
    of_case, by_time = Assessment.case_id, Assessment.made_at
    unseen = (
        select(
            Assessment.case_id,
            Assessment.made_at,
            Assessment.id.label("after_id"),
            Assessment.outlook.label("after"),
            func.first_value(Assessment.previous_outlook, type_=Assessment.outlook.type)
            .over(partition_by=of_case, order_by=by_time)
            .label("before"),
            func.first_value(Assessment.made_at).over(partition_by=of_case, order_by=by_time).label("first_at"),
            func.row_number().over(partition_by=of_case, order_by=by_time.desc()).label("from_the_last"),
        )
        .join(Case, Case.id == Assessment.case_id)
        .where(changed, mine)
        .subquery()
    )
    earlier = aliased(Assessment)
    before_id = (
        select(earlier.id)
        .where(earlier.case_id == unseen.c.case_id, earlier.made_at < unseen.c.first_at)
        .order_by(earlier.made_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = (
        select(
            Case.id, Case.reference, Case.title, Section.time_zone, unseen.c.made_at,
            unseen.c.before, unseen.c.after, before_id, unseen.c.after_id,
        )
        .join(Case, Case.id == unseen.c.case_id)
        .join(Section, Section.id == Case.section_id)
        .where(unseen.c.from_the_last == 1, unseen.c.before != unseen.c.after)
        .order_by(unseen.c.made_at.desc(), Case.id)
        .limit(size)
    )  # fmt: skip
    return [OutlookChange(*row) for row in uow.session.execute(found)]


def documents(uow: UnitOfWork, assessment_ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return the documents of answers."""
    found = select(Assessment.id, Assessment.findings).where(Assessment.id.in_(assessment_ids))
    return {row.id: row.findings for row in uow.session.execute(found)} if assessment_ids else {}


def stale_cases(
    uow: UnitOfWork, scope: Scope, after: UUID | None, size: int, only: UUID | None = None
) -> Sequence[UUID]:
    """Return and lock the next cases before filing whose answer is of an earlier day, of other rules or data, or missing.

    The day is that of the case's section; `only` limits the search to one case. Locked cases are skipped: another
    transaction is writing their answer.
    """
    local_day = cast(func.timezone(Section.time_zone, literal(scope.at)), Date)
    is_stale = or_(
        Assessment.id.is_(None),
        Assessment.confirmed_on < local_day,
        Assessment.ruleset != scope.ruleset,
        Assessment.data != scope.data,
    )
    found = (
        select(Case.id)
        .join(Section, Section.id == Case.section_id)
        .outerjoin(Assessment, and_(Assessment.case_id == Case.id, Assessment.is_current))
        .where(func.coalesce(Case.suspended_from, Case.stage).in_(scope.stages))
        .order_by(Case.id)
        .limit(size)
        .with_for_update(key_share=True, skip_locked=True, of=Case)
    )
    if not scope.is_everything:
        found = found.where(is_stale)
    if scope.state_code is not None:
        found = found.where(Case.state_code == scope.state_code)
    if after is not None:
        found = found.where(Case.id > after)
    if only is not None:
        found = found.where(Case.id == only)
    uow.session.execute(DISABLE_SORT)
    due = uow.session.scalars(found).all()
    uow.session.execute(ENABLE_SORT)
    return due


def cases_to_assess(uow: UnitOfWork, case_ids: Collection[UUID]) -> Sequence[Case]:
    """Return cases with only the columns and relations that facts and deadlines need: four statements."""
    whole = (
        select(Case)
        .where(Case.id.in_(case_ids))
        .options(
            load_only(*FACTS_OF_CASE, raiseload=True),
            joinedload(Case.section).load_only(Section.time_zone, raiseload=True),
            *PARTS_OF_CASE,
        )
        .order_by(Case.id)
    )
    return uow.session.scalars(whole).all()


def open_run(uow: UnitOfWork, scope: Scope, since: datetime) -> ReassessmentRun | None:
    """Return and lock the unfinished pass with this scope that began since a moment; None if there is none."""
    of_scope = (
        ReassessmentRun.state_code.is_not_distinct_from(scope.state_code),
        ReassessmentRun.ruleset == scope.ruleset,
        ReassessmentRun.data == scope.data,
    )
    found = (
        select(ReassessmentRun)
        .where(ReassessmentRun.ended_at.is_(None), ReassessmentRun.started_at > since, *of_scope)
        .order_by(ReassessmentRun.started_at.desc())
        .limit(1)
        .with_for_update()
    )
    return uow.session.scalar(found)


def runs(uow: UnitOfWork, place: Cursor | None, size: int) -> Sequence[ReassessmentRun]:
    """Return full passes, the latest first, after a cursor.

    Saving a State starts a pass over it, which would reveal to an administrator whether there is a case. So passes over
    one State are shown only from `SMALLEST_SHOWN` cases on.
    """
    is_shown = or_(ReassessmentRun.state_code.is_(None), ReassessmentRun.cases >= SMALLEST_SHOWN)
    newest_first = (ReassessmentRun.started_at.desc(), ReassessmentRun.id.desc())
    found = select(ReassessmentRun).where(is_shown).order_by(*newest_first).limit(size)
    if place is not None:
        here = tuple_(literal(place.value), literal(place.id))
        found = found.where(tuple_(ReassessmentRun.started_at, ReassessmentRun.id) < here)
    return uow.session.scalars(found).all()
