"""The query of the frame of a case's pages. Row security decides what is visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select, true

from caseflow.features.cases.queries import NextDue
from caseflow.models import Case, Deadline
from caseflow.models.deadline_kinds import HARD_KINDS
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class FrameRow:
    """What the frame of a case's pages needs besides the case: the next deadline that cannot be undone, and counts."""

    next_irreversible: NextDue | None
    counts: Sequence[object]


@cache
def _frame_statement(values: tuple[ColumnElement[Any], ...]) -> Select[Any]:
    """Return the statement for these counts; built once, because all of an application's pages ask for the same."""
    due = (
        select(Deadline.kind, Deadline.title, Deadline.due_on)
        .where(Deadline.case_id == Case.id, Deadline.done_at.is_(None), Deadline.kind.in_(HARD_KINDS))
        .order_by(Deadline.due_on, Deadline.id)
        .limit(1)
        .lateral()
    )
    counted = [value.label(f"count_{number}") for number, value in enumerate(values)]
    found = select(due.c.kind, due.c.title, due.c.due_on, *counted).select_from(Case).outerjoin(due, true())
    return found.where(Case.id == bindparam("case_id"))


def frame_row(uow: UnitOfWork, case_id: UUID, values: tuple[ColumnElement[Any], ...]) -> FrameRow:
    """Return the next deadline of a case that cannot be undone, and its counts. One statement."""
    row = uow.session.execute(_frame_statement(values), {"case_id": case_id}).one()
    return FrameRow(NextDue(*row[:3]) if row[0] is not None else None, row[3:])
