"""A task with a day is a deadline: so the person who has it is reminded like of any other."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from caseflow.features.tasks.queries import tasks_with_day
from caseflow.models import Case, DeadlineKind, Task
from caseflow.sources import ComputedDeadline
from caseflow.unit_of_work import UnitOfWork

NAME: Final = "tasks"


def key_of(task: Task) -> str:
    """Return the key of a task's deadline."""
    return f"task:{task.id}"


def id_in(key: str) -> UUID:
    """Return the id of the task of a deadline."""
    return UUID(key.partition(":")[2])


def deadlines(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, Sequence[ComputedDeadline]]:
    """Return the deadlines of the open tasks of cases: one statement."""
    found: dict[UUID, list[ComputedDeadline]] = {}
    for task in tasks_with_day(uow, [case.id for case in cases]):
        assert task.due_on is not None, "the query finds no others"
        deadline = ComputedDeadline(
            kind=DeadlineKind.TASK,
            key=key_of(task),
            due_on=task.due_on,
            claim_id=task.claim_id,
            title=task.title,
            given_to_id=task.given_to_id,
        )
        found.setdefault(task.case_id, []).append(deadline)
    return found
