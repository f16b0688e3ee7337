"""The tasks of a case on its page "Tasks", what is offered for gaps of readiness, and the block of "My work"."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for

from caseflow.features.deadlines.queries import NUMBER_OF_OPEN_DEADLINES
from caseflow.features.tasks.pages import TaskLine, task_lines
from caseflow.features.tasks.queries import (
    NUMBER_WITHOUT_DAY,
    GapTask,
    TaskItem,
    my_tasks_without_day,
    open_tasks_of_gaps,
    tasks_of_case,
)
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CaseCount, CasePage, CasePanel, CaseView
from caseflow.web.dates import show_date
from caseflow.web.feature import GapOffer, OffersOfGap, WorkPanel
from caseflow.web.texts import gettext as _

MOST_ENDED = 50
"""Tasks that have ended, on the page of a case."""
BLOCK = 20
"""Tasks without a day in "My work"."""


@dataclass(frozen=True, slots=True)
class TasksPanel:
    """The open tasks of a case by day, and those that have ended."""

    open: Sequence[TaskLine]
    ended: Sequence[TaskLine]


def tasks(uow: UnitOfWork, view: CaseView) -> TasksPanel:
    """Return the tasks of a case: at most nine statements for any number."""
    lines = task_lines(uow, view.case, tasks_of_case(uow, view.case, MOST_ENDED))
    return TasksPanel([line for line in lines if line.row.is_open], [line for line in lines if not line.row.is_open])


def gap_offers(uow: UnitOfWork, view: CaseView) -> OffersOfGap:
    """Return the task that was made of a gap, or the button that makes one: one statement for all gaps of a case."""
    case = view.case
    made = {task.gap: task for task in open_tasks_of_gaps(uow, case)}
    add = url_for("tasks.add", case_id=case.id) if view.may_edit else ""

    def offers(key: str) -> Sequence[GapOffer]:
        if key in made:
            task = made[key]
            return [GapOffer(_task_words(task), url_for("tasks.show", case_id=case.id, task_id=task.id))]
        return (
            [GapOffer(_("Make this a task"), f"{add}?{urlencode({'gap': key}, safe=':')}", is_new=True)] if add else []
        )

    return offers


def _task_words(task: GapTask) -> str:
    """Return a task in a line: what, who, until when."""
    words = _("Task: %(title)s", title=task.title)
    due = _("due on %(day)s", day=show_date(task.due_on)) if task.due_on else ""
    return ", ".join(filter(None, (words, task.holder, due)))


@dataclass(frozen=True, slots=True)
class MyTasks:
    """The acting person's tasks without a day, and whether there are more."""

    items: Sequence[TaskItem]
    is_more: bool


def my_tasks(uow: UnitOfWork) -> MyTasks:
    """Return the acting person's tasks without a day: one statement. Those with a day are among the deadlines."""
    found = my_tasks_without_day(uow, BLOCK + 1)
    return MyTasks(found[:BLOCK], len(found) > BLOCK)


COUNTS = (
    CaseCount(
        CasePage.TASKS,
        (NUMBER_OF_OPEN_DEADLINES, NUMBER_WITHOUT_DAY),
        lambda due, without_day: str((due or 0) + (without_day or 0) or ""),
    ),
)
"""Deadlines, among which are the tasks with a day, and tasks without one."""
PANELS = (CasePanel(CasePage.TASKS, 15, tasks, "tasks/_tasks.html"),)
WORK_PANELS = (WorkPanel(my_tasks, "tasks/_work.html", order=10),)
