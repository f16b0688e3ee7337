"""Queries on flags. Row security decides which are visible: those of visible cases."""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, all_, any_, cast, func, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload

from caseflow.errors import NotFound
from caseflow.models import Case, CaseFlag, FlagKind, User
from caseflow.unit_of_work import UnitOfWork, one

ANY_FLAG: Final = "any"
"""Stands for every kind in the filter of the list."""
_WITH_PEOPLE = (
    joinedload(CaseFlag.raised_by).undefer(User.shown_name),
    joinedload(CaseFlag.resolved_by).undefer(User.shown_name),
)
OPEN_KINDS: Final[ColumnElement[Any]] = (
    select(func.array_agg(CaseFlag.kind))
    .where(CaseFlag.case_id == Case.id, CaseFlag.resolved_at.is_(None))
    .correlate(Case)
    .scalar_subquery()
)
"""The kinds of the open flags of a case, as part of a query on cases; none where it has no flag."""


def kinds_in(values: object) -> list[FlagKind]:
    """Return the kinds of open flags, as `OPEN_KINDS` reads them, in their order."""
    return [kind for kind in FlagKind if isinstance(values, list) and kind in values]


def flags_of(uow: UnitOfWork, case_id: UUID) -> Sequence[CaseFlag]:
    """Return the flags of a case, the latest first: one statement."""
    found = select(CaseFlag).where(CaseFlag.case_id == case_id).options(*_WITH_PEOPLE)
    return uow.session.scalars(found.order_by(CaseFlag.raised_at.desc(), CaseFlag.id)).all()


def one_flag(uow: UnitOfWork, case: Case, flag_id: UUID) -> CaseFlag:
    """Return a flag of a case.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(CaseFlag).where(CaseFlag.id == flag_id, CaseFlag.case_id == case.id).options(*_WITH_PEOPLE)
    return one(uow, found, NotFound("This flag does not exist, or you do not have access to it."))


def has_open(uow: UnitOfWork, case_id: UUID, kind: FlagKind) -> bool:
    """Return whether a case has an open flag of a kind."""
    found = select(CaseFlag.id).where(
        CaseFlag.case_id == case_id, CaseFlag.kind == kind, CaseFlag.resolved_at.is_(None)
    )
    return uow.session.scalar(found.limit(1)) is not None


def chosen_for_flags(uow: UnitOfWork, ids: Collection[UUID]) -> Sequence[Case]:
    """Return the visible cases among these, in the order of their ids, in which they are locked: one statement."""
    found = select(Case).where(Case.id.in_(ids)).options(joinedload(Case.section)).order_by(Case.id)
    return uow.session.scalars(found).all() if ids else []


def open_flags(uow: UnitOfWork, *, of_cases: Collection[UUID] = (), ids: Collection[UUID] = ()) -> Sequence[CaseFlag]:
    """Return the visible open flags of cases, and those with these ids, in the order in which their cases are locked: one statement."""
    chosen = CaseFlag.case_id.in_(of_cases) | CaseFlag.id.in_(ids)
    found = select(CaseFlag).where(chosen, CaseFlag.resolved_at.is_(None))
    return uow.session.scalars(found.order_by(CaseFlag.case_id, CaseFlag.raised_at, CaseFlag.id)).all()


def _is_open(kind: str) -> tuple[ColumnElement[bool], ...]:
    return (CaseFlag.resolved_at.is_(None), *(() if kind == ANY_FLAG else (CaseFlag.kind == FlagKind(kind),)))


def is_flagged(kind: str) -> ColumnElement[bool]:
    """Return the condition that a case has an open flag of a kind, or of any."""
    return select(CaseFlag.id).where(CaseFlag.case_id == Case.id, *_is_open(kind)).correlate(Case).exists()


_OWN_SECTIONS = cast(select(func.caseflow_case_sections()).scalar_subquery(), ARRAY(Uuid))


def flagged_cases(uow: UnitOfWork, kind: str, most: int) -> list[UUID] | None:
    """Return the visible cases with an open flag of a kind, or of any; None if there are more than `most`: one statement.

    Those of the own sections are found by an index that begins with the section, those that were shared by their ids.
    """
    own = select(CaseFlag.case_id).where(CaseFlag.section_id == any_(_OWN_SECTIONS), *_is_open(kind))
    granted = select(func.caseflow_granted_cases("read", type_=Uuid).label("id")).subquery()
    shared = select(CaseFlag.case_id).where(
        CaseFlag.case_id.in_(select(granted.c.id)), CaseFlag.section_id != all_(_OWN_SECTIONS), *_is_open(kind)
    )
    both = union_all(own.limit(most + 1), shared.limit(most + 1)).subquery()
    found = uow.session.scalars(select(both.c.case_id).distinct().limit(most + 1)).all()
    return None if len(found) > most else list(found)
