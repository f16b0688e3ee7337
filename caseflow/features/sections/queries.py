"""The queries of the home of coordinators. Row security decides which cases are visible: a sealed one is in no list and no number.

Each block of deadlines or cases is one statement, with the first rows and how many there are, counted up to `MOST`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true, tuple_

from caseflow.clock import earliest_local_date, latest_local_date
from caseflow.db.paging import Cursor
from caseflow.features.cases.filters.queries import can_be_filed
from caseflow.features.cases.owners.queries import NO_WORKING_OWNER
from caseflow.features.deadlines.queries import section_day
from caseflow.features.readiness.queries import NUMBER_BLOCKING, NUMBER_NOT_CONFIRMED
from caseflow.features.sections.commands import Block, DueLine, EmergencyLine, FileableLine, ListedCase, Scope
from caseflow.models import (
    ENDED_STAGES,
    STAGES_BEFORE_FILING,
    Absence,
    Assessment,
    AuditEntry,
    Case,
    CaseListing,
    Claim,
    Deadline,
    DeadlineAcknowledgement,
    DeadlineKind,
    Section,
    Stage,
    Urgency,
    User,
)
from caseflow.models.deadline_kinds import HARD_KINDS
from caseflow.unit_of_work import UnitOfWork

MOST: Final = 100
"""Numbers are counted up to this: more are "more than 100"."""
LITTLE: Final = 3
"""How many requirements may be not confirmed in a case that is nearly ready."""
SOON, WEEK = timedelta(days=14), timedelta(days=7)
QUIET, WITHOUT_CLAIM_AFTER = timedelta(days=30), timedelta(days=14)
_IS_OPEN = (Deadline.done_at.is_(None), Case.stage.not_in(ENDED_STAGES))
_IS_SEEN = and_(
    DeadlineAcknowledgement.deadline_id == Deadline.id, DeadlineAcknowledgement.acknowledged_for == Deadline.due_on
)
_SEEN_BY = (
    select(User.name)
    .join(DeadlineAcknowledgement, DeadlineAcknowledgement.user_id == User.id)
    .where(_IS_SEEN)
    .order_by(DeadlineAcknowledgement.acknowledged_at)
    .limit(1)
    .scalar_subquery()
)
_ENTRIES = select(AuditEntry.id).where(AuditEntry.case_id == Case.id, AuditEntry.actor_id.is_not(None))


def in_scope(scope: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that selects the cases of a section; without one all that the acting person sees."""
    if scope.sections is None:
        return []
    return [Case.section_id.in_(scope.sections)]


def _due(scope: Scope, first: timedelta | None, last: timedelta) -> list[ColumnElement[bool]]:
    """Return the conditions for days from `first` to `last`, counted from today where the case is; the bare days are for the index."""
    day = section_day(scope.at)
    conditions = [Deadline.due_on <= day + last.days, Deadline.due_on <= latest_local_date(scope.at) + last]
    if first is not None:
        conditions += [Deadline.due_on >= day + first.days, Deadline.due_on >= earliest_local_date(scope.at) + first]
    return conditions


def _deadlines(scope: Scope, block: Block) -> list[ColumnElement[bool]]:
    today, yesterday = timedelta(0), timedelta(days=-1)
    conditions = {
        Block.IRREVERSIBLE: lambda: [
            Deadline.kind.in_(HARD_KINDS),
            Deadline.kind != DeadlineKind.THREATENED_ACT,
            *_due(scope, today, SOON),
        ],
        Block.OVERDUE: lambda: _due(scope, None, yesterday),
        Block.OTHER: lambda: [Deadline.kind.not_in(HARD_KINDS), *_due(scope, today, WEEK)],
        Block.WEEK: lambda: _due(scope, today, WEEK),
        Block.CLOCKS: lambda: [
            Deadline.kind.in_(HARD_KINDS),
            *_due(scope, WEEK * scope.week, WEEK * (scope.week + 1) - timedelta(days=1)),
        ],
    }
    found = [*_IS_OPEN, *in_scope(scope), *conditions[block]()]
    if scope.person_id is not None:
        found.append(Deadline.responsible_id == scope.person_id)
    if scope.without_person is not None:
        found.append(Deadline.responsible_id.is_distinct_from(scope.without_person))
    return found


_DUE_LINE = (
    select(
        Deadline.id,
        Deadline.kind,
        Deadline.title,
        Deadline.due_on,
        Deadline.due_at,
        Deadline.zone,
        Case.id,
        Case.reference,
        Case.title,
        Case.section_id,
        Section.time_zone,
        Deadline.responsible_id,
        User.shown_name,
        Deadline.given_to_id.is_not(None),
        select(DeadlineAcknowledgement.user_id).where(_IS_SEEN).exists(),
        _SEEN_BY,
        NUMBER_BLOCKING,
        NUMBER_NOT_CONFIRMED,
    )
    .join(Case, Case.id == Deadline.case_id)
    .join(Section, Section.id == Case.section_id)
    .outerjoin(User, User.id == Deadline.responsible_id)
)


def due_lines(
    uow: UnitOfWork, scope: Scope, block: Block, size: int, place: Cursor | None = None
) -> tuple[list[DueLine], int]:
    """Return the first deadlines of a block, by day, and how many there are from the place on. One statement."""
    chosen = (
        select(Deadline.id)
        .join(Case, Case.id == Deadline.case_id)
        .join(Section, Section.id == Case.section_id)
        .where(*_deadlines(scope, block))
        .order_by(Deadline.due_on, Deadline.id)
        .limit(MOST + 1)
    )
    if place is not None:
        chosen = chosen.where(tuple_(Deadline.due_on, Deadline.id) > tuple_(literal(place.value), literal(place.id)))
    ids = chosen.cte("chosen")
    rows = uow.session.execute(
        _DUE_LINE.add_columns(select(func.count()).select_from(ids).scalar_subquery())
        .where(Deadline.id.in_(select(ids.c.id)))
        .order_by(Deadline.due_on, Deadline.id)
        .limit(size)
    ).all()
    return [DueLine(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


def emergencies(uow: UnitOfWork, scope: Scope, size: int) -> tuple[list[EmergencyLine], int]:
    """Return emergencies, those without a recorded time first, and how many there are: cases in which an act is threatened.

    One that has passed is overdue, and stands there. One statement.
    """
    threatened = (
        select(Deadline)
        .where(Deadline.case_id == Case.id, Deadline.kind == DeadlineKind.THREATENED_ACT, Deadline.done_at.is_(None))
        .order_by(Deadline.due_on, Deadline.id)
    )
    is_past = Deadline.due_on < section_day(scope.at)
    of_case = select(Case.id).where(*in_scope(scope), Case.stage.not_in(ENDED_STAGES))
    by_urgency = of_case.where(Case.urgency == Urgency.EMERGENCY)
    by_deadline = of_case.join(Deadline, Deadline.case_id == Case.id).where(
        Deadline.kind == DeadlineKind.THREATENED_ACT, Deadline.done_at.is_(None)
    )
    next_act = threatened.where(~is_past).limit(1).correlate(Case, Section).lateral("next_act")
    person_id = func.coalesce(next_act.c.responsible_id, Case.owner_id)
    passed = threatened.where(is_past).correlate(Case, Section).exists()
    seen = (
        select(DeadlineAcknowledgement.user_id)
        .where(DeadlineAcknowledgement.deadline_id == next_act.c.id)
        .where(DeadlineAcknowledgement.acknowledged_for == next_act.c.due_on)
        .exists()
    )
    found = (
        select(
            Case.id,
            Case.reference,
            Case.title,
            Case.section_id,
            Section.time_zone,
            person_id,
            User.shown_name,
            next_act.c.given_to_id.is_not(None),
            next_act.c.id,
            next_act.c.due_on,
            next_act.c.due_at,
            next_act.c.zone,
            seen,
            func.count().over(),
        )
        .join(Section, Section.id == Case.section_id)
        .outerjoin(next_act, true())
        .outerjoin(User, User.id == person_id)
        .where(Case.id.in_(by_urgency.union(by_deadline)), or_(next_act.c.id.is_not(None), ~passed))
        .order_by(next_act.c.due_at.is_not(None), next_act.c.due_on, next_act.c.due_at, Case.id)
        .limit(size)
    )
    rows = uow.session.execute(found).all()
    return [EmergencyLine(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


def fileable(
    uow: UnitOfWork, scope: Scope, size: int, place: Cursor | None = None, *, lack_little: bool = False
) -> tuple[list[FileableLine], int]:
    """Return cases that could be filed, by the end of the one-year clock, and how many there are from the place on. One statement.

    Those that `lack_little` have nothing that blocks, and at most `LITTLE` requirements that are not confirmed.
    """
    day = section_day(scope.at)
    ends = case((CaseListing.one_year_on >= day, CaseListing.one_year_on), else_=CaseListing.last_one_year_on)
    own = (
        select(Case.id, ends.label("ends"))
        .join(Section, Section.id == Case.section_id)
        .join(CaseListing, CaseListing.case_id == Case.id)
        .where(*in_scope(scope), *can_be_filed(day))
        .order_by(ends, Case.id)
        .limit(MOST + 1)
    )
    if lack_little:
        own = own.where(NUMBER_BLOCKING == 0, NUMBER_NOT_CONFIRMED <= LITTLE)
    if place is not None:
        own = own.where(tuple_(ends, Case.id) > tuple_(literal(place.value), literal(place.id)))
    chosen = own.cte("chosen")
    found = (
        select(
            Case.id,
            Case.reference,
            Case.title,
            Case.section_id,
            Section.time_zone,
            Case.stage,
            chosen.c.ends,
            Assessment.blocking,
            Assessment.not_confirmed,
            Case.owner_id,
            User.shown_name,
            select(func.count()).select_from(chosen).scalar_subquery(),
        )
        .join(chosen, chosen.c.id == Case.id)
        .join(Section, Section.id == Case.section_id)
        .join(Assessment, and_(Assessment.case_id == Case.id, Assessment.is_current))
        .outerjoin(User, User.id == Case.owner_id)
        .order_by(chosen.c.ends, Case.id)
        .limit(size)
    )
    rows = uow.session.execute(found).all()
    return [FileableLine(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


def _cases(scope: Scope, block: Block) -> list[ColumnElement[bool]]:
    before_filing, day = Case.stage.in_(STAGES_BEFORE_FILING), earliest_local_date(scope.at)
    has_deadline = select(Deadline.id).where(Deadline.case_id == Case.id, Deadline.done_at.is_(None)).exists()
    conditions: Mapping[Block, tuple[ColumnElement[bool], ...]] = {
        Block.QUIET: (
            Case.stage.not_in(ENDED_STAGES),
            Case.opened_on <= day - QUIET,
            ~_ENTRIES.where(AuditEntry.at > scope.at - QUIET).exists(),
        ),
        Block.WITHOUT_CLAIM: (
            before_filing,
            Case.opened_on <= day - WITHOUT_CLAIM_AFTER,
            ~select(Claim.id).where(Claim.case_id == Case.id).exists(),
        ),
        Block.WITHOUT_STEP: (before_filing, ~has_deadline),
    }
    owned = [] if scope.person_id is None else [Case.owner_id == scope.person_id]
    return [*in_scope(scope), *owned, *conditions[block]]


def listed_cases(
    uow: UnitOfWork, scope: Scope, block: Block, size: int, place: Cursor | None = None
) -> list[ListedCase]:
    """Return the first cases of a block, the latest opened first. One statement."""
    found = (
        select(Case.id, Case.reference, Case.title, Case.stage, Case.opened_on, Case.owner_id, User.shown_name)
        .outerjoin(User, User.id == Case.owner_id)
        .where(*_cases(scope, block))
        .order_by(Case.opened_on.desc(), Case.id.desc())
        .limit(size)
    )
    if place is not None:
        found = found.where(tuple_(Case.opened_on, Case.id) < tuple_(literal(place.value), literal(place.id)))
    return [ListedCase(*row) for row in uow.session.execute(found)]


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many cases and deadlines of a section there are of each kind, each up to one more than `MOST`."""

    reviews: int
    without_owner: int
    other: int
    without_claim: int
    without_step: int


def numbers(uow: UnitOfWork, scope: Scope) -> Numbers:
    """Return the numbers of a section. One statement."""
    of_cases = (
        [*in_scope(scope), Case.stage == Stage.READINESS_REVIEW],
        [*in_scope(scope), Case.stage.not_in(ENDED_STAGES), NO_WORKING_OWNER],
    )
    other = (
        select(Deadline.id)
        .join(Case, Case.id == Deadline.case_id)
        .join(Section, Section.id == Case.section_id)
        .where(*_deadlines(scope, Block.OTHER))
    )
    counted = [
        *(select(Case.id).where(*conditions) for conditions in of_cases),
        other,
        *(select(Case.id).where(*_cases(scope, block)) for block in (Block.WITHOUT_CLAIM, Block.WITHOUT_STEP)),
    ]
    row = uow.session.execute(select(*(_number(one) for one in counted))).one()
    return Numbers(*(int(number) for number in row))


def _number(found: Select[Any]) -> ColumnElement[int]:
    return select(func.count()).select_from(found.limit(MOST + 1).subquery()).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Load:
    """How much work one person has in a section. Cases and deadlines without a person are under None."""

    open: int = 0
    overdue: int = 0
    week: int = 0
    quiet: int = 0


def loads(uow: UnitOfWork, scope: Scope) -> dict[UUID | None, Load]:
    """Return the work in a section by person. Two statements."""
    is_quiet = and_(*_cases(scope, Block.QUIET))
    cases = (
        select(Case.owner_id, func.count(), func.count().filter(is_quiet))
        .where(*in_scope(scope), Case.stage.not_in(ENDED_STAGES))
        .group_by(Case.owner_id)
    )
    overdue, week = (and_(*_deadlines(scope, block)) for block in (Block.OVERDUE, Block.WEEK))
    deadlines = (
        select(Deadline.responsible_id, func.count().filter(overdue), func.count().filter(week))
        .join(Case, Case.id == Deadline.case_id)
        .join(Section, Section.id == Case.section_id)
        .where(*_IS_OPEN, *in_scope(scope), Deadline.due_on <= latest_local_date(scope.at) + WEEK)
        .group_by(Deadline.responsible_id)
    )
    due = {row[0]: (row[1], row[2]) for row in uow.session.execute(deadlines)}
    owned = {row[0]: (row[1], row[2]) for row in uow.session.execute(cases)}
    return {
        person: Load(owned.get(person, (0, 0))[0], *due.get(person, (0, 0)), owned.get(person, (0, 0))[1])
        for person in due.keys() | owned.keys()
    }


def away_until(uow: UnitOfWork, people: Collection[UUID], day: date) -> dict[UUID, date]:
    """Return until when people are away who are away on a day. One statement."""
    found = select(Absence.user_id, func.max(Absence.ends_on)).where(
        Absence.user_id.in_(people), literal(day).between(Absence.starts_on, Absence.ends_on)
    )
    return {row[0]: row[1] for row in uow.session.execute(found.group_by(Absence.user_id))}


def coordinated_sections(uow: UnitOfWork, section_ids: Collection[UUID]) -> Sequence[Section]:
    """Return sections by name."""
    return uow.session.scalars(select(Section).where(Section.id.in_(section_ids)).order_by(Section.name)).all()
