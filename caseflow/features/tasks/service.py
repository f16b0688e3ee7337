"""The service of tasks: added, changed, done with a result, cancelled with a reason, reopened; never removed.

A task with a day is a deadline of the source "tasks" (`deadlines.py`). The law engine reads no task.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from caseflow.audit import Changes, assign_changes, changes_of
from caseflow.clock import now, today
from caseflow.days import check_year
from caseflow.db.base import LONGEST_LINE
from caseflow.errors import Conflict, Invalid, stale
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase
from caseflow.features.claims.queries import claims_of
from caseflow.features.deadlines.responsible.queries import staff_of_case
from caseflow.features.deadlines.service import complete_of_source, update_source
from caseflow.features.readiness.gaps.queries import open_gaps
from caseflow.features.tasks.commands import TaskDetails
from caseflow.features.tasks.deadlines import NAME, deadlines, id_in, key_of
from caseflow.features.tasks.queries import number_of_tasks, one_task
from caseflow.models import Case, DeadlineKind, Task, TaskStatus
from caseflow.sources import DeadlineActs, DeadlineSource
from caseflow.unit_of_work import UnitOfWork

MOST_TASKS: Final = 500
"""Of a case, with those that have ended."""
MOST_STEPS: Final = 40
"""Of a checklist."""
_UNRECORDED: Final = frozenset({"gap", "asked_by_id", "ended_by_id", "ended_at", "status"})
_REFRESHED: Final = ("title", "due_on", "given_to_id", "steps", "done_steps", "status", "result", "version")


def add_task(uow: UnitOfWork, case: EditableCase, details: TaskDetails) -> Task:
    """Add a task; the case's owner has it, or the person to whom it is given.

    Raises:
        Invalid: the title is missing, the day has passed, the person does not work on the case, or the case has too many tasks.
    """
    return add_tasks(uow, case, [details])[0]


def add_tasks(uow: UnitOfWork, case: EditableCase, several: Sequence[TaskDetails]) -> list[Task]:
    """Add tasks at once: all, or none.

    Raises:
        Invalid: as in `add_task`.
    """
    lock_case(uow, case.id)
    if number_of_tasks(uow, case) + len(several) > MOST_TASKS:
        raise Invalid(
            "A case can hold %(most)s tasks, and this one has reached that number.", values={"most": MOST_TASKS}
        )
    added = []
    for details in several:
        _check(uow, case, details)
        task = Task(case_id=case.id, asked_by_id=uow.person.user_id, status=TaskStatus.OPEN, result="")
        assign_changes(task, details, steps=_tidy(details.steps), gap=_known_gap(uow, case, details.gap))
        uow.session.add(task)
        _record(uow, case, task, "task.added")
        added.append(task)
    _update_deadline(uow, case)
    return added


def change_task(uow: UnitOfWork, case: EditableCase, task: Task, details: TaskDetails) -> Task:
    """Change an open task. Its reminders follow the day and the person. Steps keep whether they are done.

    Raises:
        Conflict: it was saved in another window meanwhile; carries the saved row. Or it has ended.
        Invalid: the title is missing, a new day has passed, or the person does not work on the case.
    """
    _lock_open(uow, case, task, details.version)
    _check(uow, case, details, task)
    steps = _tidy(details.steps)
    assign_changes(
        task, details, steps=steps, gap=task.gap, done_steps=[step for step in task.done_steps if step in steps]
    )
    _record(uow, case, task, "task.changed")
    _update_deadline(uow, case)
    return task


def tick_steps(uow: UnitOfWork, case: EditableCase, task: Task, version: int, done: Collection[str]) -> Task:
    """Say which steps of the checklist are done.

    Raises:
        Conflict: the task was changed meanwhile, or has ended.
    """
    _lock_open(uow, case, task, version)
    assign_changes(task, {"done_steps": [step for step in task.steps if step in done]})
    if changes_of(task):
        _record(uow, case, task, "task.steps_done")
    return task


def finish_task(uow: UnitOfWork, case: EditableCase, task: Task, version: int, result: str) -> Task:
    """Mark a task as done, with its result, and so its deadline.

    Raises:
        Invalid: the result is missing.
        Conflict: it was changed meanwhile, or has ended.
    """
    _lock_open(uow, case, task, version)
    said = result.strip()
    if not said:
        raise Invalid("The task was not marked as done.", {"result": "Describe in one line what came of it."})
    _end(uow, case, task, TaskStatus.DONE, said)
    uow.flush()
    complete_of_source(uow, case, key_of(task), said)
    return task


def cancel_task(uow: UnitOfWork, case: EditableCase, task: Task, version: int, reason: str) -> Task:
    """Cancel a task, with a reason. It stays in the list.

    Raises:
        Invalid: the reason is missing.
        Conflict: it was changed meanwhile, or has ended.
    """
    _lock_open(uow, case, task, version)
    if not reason.strip():
        raise Invalid("The task was not cancelled.", {"reason": "Give the reason in one line."})
    _end(uow, case, task, TaskStatus.CANCELLED, reason.strip())
    _update_deadline(uow, case)
    return task


def reopen_task(uow: UnitOfWork, case: EditableCase, task: Task, version: int) -> Task:
    """Reopen a task that was done or cancelled. Its deadline applies again.

    Raises:
        Conflict: it was changed meanwhile, or is open.
    """
    _lock(uow, case, task)
    if task.is_open:
        raise Conflict("This task is open already.")
    if task.version != version:
        raise stale(task)
    task.status, task.result, task.ended_at, task.ended_by_id = TaskStatus.OPEN, "", None, None
    _record(uow, case, task, "task.reopened")
    _update_deadline(uow, case)
    return task


def _complete(uow: UnitOfWork, case: Case, key: str, outcome: str) -> None:
    """Mark the task of a deadline as done: somebody did so with the deadline."""
    task = one_task(uow, case, id_in(key))
    if task.is_open:
        _end(uow, case, task, TaskStatus.DONE, outcome)


def _give(uow: UnitOfWork, case: Case, key: str, person_id: UUID | None) -> None:
    """Give the task of a deadline to a person: somebody did so with the deadline."""
    task = one_task(uow, case, id_in(key))
    assign_changes(task, {"given_to_id": person_id})
    _record(uow, case, task, "task.changed")


TASKS: Final = DeadlineSource(
    name=NAME,
    kinds=frozenset({DeadlineKind.TASK}),
    wanted=deadlines,
    acts=DeadlineActs(complete=_complete, give=_give, endpoint="tasks.show", argument="task_id"),
)


def _end(uow: UnitOfWork, case: Case, task: Task, status: TaskStatus, result: str) -> None:
    task.status, task.result, task.ended_at, task.ended_by_id = status, result, now(), uow.person.user_id
    _record(uow, case, task, "task.done" if status is TaskStatus.DONE else "task.cancelled")


def _update_deadline(uow: UnitOfWork, case: Case) -> None:
    uow.flush()
    update_source(uow, case, TASKS)


def _lock(uow: UnitOfWork, case: Case, task: Task) -> None:
    """Lock the case before its deadlines, as all code that changes both does, and refresh the task."""
    lock_case(uow, case.id)
    uow.session.refresh(task, list(_REFRESHED))


def _lock_open(uow: UnitOfWork, case: Case, task: Task, version: int | None) -> None:
    _lock(uow, case, task)
    if not task.is_open:
        raise Conflict("This task has ended meanwhile. Reopen it to change it.")
    if task.version != version:
        raise stale(task)


def _known_gap(uow: UnitOfWork, case: Case, gap: str) -> str:
    """Return the key of a gap if it is an open one of the case: it comes back from a form."""
    return gap if gap and gap in (open_gaps(uow, case, claims_of(uow, case)) or ()) else ""


def _tidy(steps: Iterable[str]) -> list[str]:
    """Return the steps of a checklist without blanks, each once."""
    return list(dict.fromkeys(step.strip() for step in steps if step.strip()))


def _check(uow: UnitOfWork, case: EditableCase, details: TaskDetails, present: Task | None = None) -> None:
    """Check a task. `present` is the row to change, if any: its unchanged day may have passed, and its person have left."""
    problems: dict[str, str] = {}
    if not details.title.strip():
        problems["title"] = "Describe what is to be done in one line, without names."
    if present is None or present.due_on != details.due_on:
        _check_day(problems, details.due_on, today(case.section.time_zone))
    is_chosen = details.given_to_id is not None and (present is None or present.given_to_id != details.given_to_id)
    if is_chosen and details.given_to_id not in staff_of_case(uow, case).workers:
        problems["given_to"] = "Choose someone who works on cases of this section and has access to this one."
    check_steps(problems, details.steps)
    if problems:
        raise Invalid("The task was not saved.", problems)


def check_steps(problems: dict[str, str], steps: Collection[str]) -> None:
    """Add what is wrong with a checklist to `problems`."""
    if len(steps) > MOST_STEPS:
        problems["steps"] = "A checklist can have forty steps. Make another task of the rest."
    elif any(len(step) > LONGEST_LINE for step in steps):
        problems["steps"] = "A step is too long. Use at most 250 characters for each line."


def _check_day(problems: dict[str, str], due_on: date | None, on: date) -> None:
    check_year(problems, "due_on", due_on)
    if due_on is not None and "due_on" not in problems and due_on < on:
        problems["due_on"] = "This day has passed. Enter the last day on which it can be done, or none."


def _record(uow: UnitOfWork, case: Case, task: Task, action: str) -> None:
    changes: Changes = {name: values for name, values in changes_of(task).items() if name not in _UNRECORDED}
    uow.audit.record(action, task, section_id=case.section_id, case_id=case.id, changes=changes)
