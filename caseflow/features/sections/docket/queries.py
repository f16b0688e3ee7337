"""The numbers of deadlines by week and of cases by stage, and the cases that have been in their stage for long."""

from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, Date, Integer, cast, func, literal, select, true, tuple_, type_coerce

from caseflow.clock import earliest_local_date, latest_local_date
from caseflow.db.paging import Cursor
from caseflow.features.deadlines.queries import section_day
from caseflow.features.sections.commands import InStage, Scope, StuckCase
from caseflow.features.sections.queries import in_scope
from caseflow.models import ENDED_STAGES, STAGES_BEFORE_FILING, AuditEntry, Case, Deadline, Section, Stage, User
from caseflow.models.deadline_kinds import HARD_KINDS
from caseflow.unit_of_work import UnitOfWork

WEEKS: Final = 8
LONG: Final = timedelta(days=60)
"""A case that has been in a stage before filing for longer is stuck."""
_MOVES: Final = (
    select(AuditEntry.at).where(AuditEntry.case_id == Case.id, AuditEntry.action == "case.moved").correlate(Case)
)


def numbers_by_week(uow: UnitOfWork, scope: Scope) -> list[int]:
    """Return how many deadlines that cannot be undone end in each of the next weeks, from today on. One statement."""
    first, last = earliest_local_date(scope.at), latest_local_date(scope.at) + timedelta(weeks=WEEKS)
    week: ColumnElement[int] = type_coerce(Deadline.due_on - section_day(scope.at), Integer) // 7
    found = (
        select(week, func.count())
        .join(Case, Case.id == Deadline.case_id)
        .join(Section, Section.id == Case.section_id)
        .where(Deadline.done_at.is_(None), Case.stage.not_in(ENDED_STAGES), Deadline.kind.in_(HARD_KINDS))
        .where(Deadline.due_on.between(first, last), Deadline.due_on >= section_day(scope.at), *in_scope(scope))
        .group_by(week)
    )
    numbers = {row[0]: row[1] for row in uow.session.execute(found)}
    return [numbers.get(number, 0) for number in range(WEEKS)]


def _is_stuck(scope: Scope) -> list[ColumnElement[bool]]:
    """Return the conditions for cases before filing that were neither opened nor moved in the last `LONG` days."""
    moved_lately = _MOVES.where(AuditEntry.at > scope.at - LONG).exists()
    return [
        Case.stage.in_(STAGES_BEFORE_FILING),
        Case.opened_on <= earliest_local_date(scope.at) - LONG,
        ~moved_lately,
    ]


def stages_in_numbers(uow: UnitOfWork, scope: Scope) -> list[InStage]:
    """Return how many cases are in each stage before filing, and how many are stuck. One statement."""
    stuck = select(Case.stage, literal(0), func.count()).where(*_is_stuck(scope), *in_scope(scope)).group_by(Case.stage)
    every = select(Case.stage, func.count(), literal(0)).where(Case.stage.in_(STAGES_BEFORE_FILING), *in_scope(scope))
    found: dict[Stage, list[int]] = {stage: [0, 0] for stage in STAGES_BEFORE_FILING}
    for stage, number, number_stuck in uow.session.execute(every.group_by(Case.stage).union_all(stuck)):
        found[Stage(stage)][0] += number
        found[Stage(stage)][1] += number_stuck
    return [InStage(stage, *numbers) for stage, numbers in found.items()]


def stuck_cases(uow: UnitOfWork, scope: Scope, stage: Stage, size: int, place: Cursor | None = None) -> list[StuckCase]:
    """Return the cases that are stuck in a stage, those that were opened first at the top, with the day on which they came into it.

    One statement.
    """
    moved = _MOVES.order_by(AuditEntry.at.desc()).limit(1).lateral("moved")
    since = func.coalesce(cast(func.timezone(Section.time_zone, moved.c.at), Date), Case.opened_on)
    found = (
        select(Case.id, Case.reference, Case.title, Case.stage, since, Case.owner_id, User.shown_name, Case.opened_on)
        .join(Section, Section.id == Case.section_id)
        .outerjoin(User, User.id == Case.owner_id)
        .outerjoin(moved, true())
        .where(*_is_stuck(scope), *in_scope(scope), Case.stage == stage)
        .order_by(Case.opened_on, Case.id)
        .limit(size)
    )
    if place is not None:
        found = found.where(tuple_(Case.opened_on, Case.id) > tuple_(literal(place.value), literal(place.id)))
    return [StuckCase(*row) for row in uow.session.execute(found)]
