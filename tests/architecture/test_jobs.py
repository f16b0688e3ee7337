"""Every job has a task, and every entry of the schedule a job."""

import ast

import pytest

from caseflow.jobs import Job
from tests.architecture.sources import Source, calls, sources
from worker.schedule import BEAT

MOST_LINES = 10


def task_names(files: list[Source]) -> list[str]:
    """Return the names given to Celery tasks: `@shared_task(name=Job.REMIND.value)`."""
    marks = [node for file in files for node, name in calls(file) if name.rpartition(".")[2] in {"shared_task", "task"}]
    written = [ast.unparse(keyword.value) for mark in marks for keyword in mark.keywords if keyword.arg == "name"]
    assert len(written) == len(marks), "every task is named after its job: @shared_task(name=Job.X.value)"
    return [Job[text.split(".")[1]].value if text.startswith("Job.") else text.strip("\"'") for text in written]


def faults(jobs: set[str], tasks: list[str], beat: dict[str, dict[str, object]]) -> list[str]:
    found = [f"{name} has no task: write one in worker/tasks/{name.split('.')[0]}.py" for name in jobs - set(tasks)]
    found += [f"the task {name} is no job: name it in caseflow/jobs.py" for name in set(tasks) - jobs]
    found += [f"{name} has two tasks" for name in set(tasks) if tasks.count(name) > 1]
    found += [
        f"the beat row {row} wakes {line['task']}, which is no task"
        for row, line in beat.items()
        if line["task"] not in tasks
    ]
    return found


TASKS = sources("worker/tasks")


def test_jobs_tasks_and_beat_fit_together():
    assert faults({job.value for job in Job}, task_names(TASKS), BEAT) == []


def test_tasks_are_short():
    """A task only opens a unit of work and calls one service with ids."""
    functions = [
        node
        for file in TASKS
        for node in ast.walk(file.tree)
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    ]
    assert functions
    too_long = [node.name for node in functions if node.end_lineno - node.body[0].lineno + 1 > MOST_LINES]
    assert too_long == [], f"a task has at most {MOST_LINES} lines: move what it decides into the service"


REMIND = Source("worker/tasks/deadlines.py", "@shared_task(name=Job.REMIND.value)\ndef remind(): ...")
ROW = {"remind": {"task": "deadlines.remind"}}


@pytest.mark.parametrize(
    ("jobs", "files", "beat", "words"),
    [
        ({"deadlines.remind", "cases.count"}, [REMIND], ROW, "cases.count has no task"),
        (set(), [REMIND], ROW, "deadlines.remind is no job"),
        ({"deadlines.remind"}, [REMIND, REMIND], ROW, "two tasks"),
        (
            {"deadlines.remind"},
            [REMIND],
            {"digest": {"task": "deadlines.digest"}},
            "wakes deadlines.digest, which is no task",
        ),
    ],
)
def test_a_planted_fault_is_found(jobs, files, beat, words):
    assert words in "\n".join(faults(jobs, task_names(files), beat))


def test_a_task_without_a_name_is_found():
    with pytest.raises(AssertionError, match="named after its job"):
        task_names([Source("worker/tasks/cases.py", "@shared_task(ignore_result=True)\ndef count(): ...")])
