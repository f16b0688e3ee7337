"""The query of the frame of a case's pages. Row security decides what is visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select, true
from sqlalchemy.dialects.postgresql import insert

from caseflow.clock import today
from caseflow.features.cases.queries import NextDue
from caseflow.models import Case, CaseView, Deadline
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
    view: dict[str, Any] = {name: bindparam(name) for name in ("case_id", "user_id", "viewed_on")}
    viewed = insert(CaseView).values(view).on_conflict_do_nothing().cte("viewed")
    return found.where(Case.id == bindparam("case_id")).add_cte(viewed)


def view_frame(uow: UnitOfWork, case: Case, values: tuple[ColumnElement[Any], ...]) -> FrameRow:
    """Return the next deadline of a case that cannot be undone, and its counts, and record that the acting person viewed it today.

    One statement: it is on every page of a case.
    """
    view = {"case_id": case.id, "user_id": uow.person.user_id, "viewed_on": today(case.section.time_zone)}
    row = uow.session.execute(_frame_statement(values), view).one()
    return FrameRow(NextDue(*row[:3]) if row[0] is not None else None, row[3:])
