"""The service of templates of tasks: coordinators of a section write, change and remove them; people apply them to cases.

A template is written as text, one task in each line: the days from its day, and what is to be done. Below a task stands its
checklist, each step behind a dash:

    -14: Ask the court to suspend the eviction
    - Attach the order
    - Keep the receipt
    0: Be there, and record what happens
"""

import re
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from caseflow.access import Permission
from caseflow.access.policy import require_in_section
from caseflow.audit import assign_changes, changes_of, contents_of
from caseflow.db.base import LONGEST_LINE
from caseflow.errors import Invalid, stale
from caseflow.features.cases.service import EditableCase
from caseflow.features.tasks.commands import TaskDetails
from caseflow.features.tasks.service import MOST_STEPS, add_tasks
from caseflow.features.tasks.templates.commands import TemplateDetails, TemplateLine
from caseflow.features.tasks.templates.queries import templates_of_section
from caseflow.models import Task, TaskTemplate
from caseflow.unit_of_work import UnitOfWork

MOST_TEMPLATES: Final = 100
"""Of a section."""
MOST_LINES: Final = 60
"""Tasks of a template."""
MOST_DAYS: Final = 1000
"""From the day of the template."""
_TASK: Final = re.compile(r"([+\-\u2212]?\d{1,6})\s*(?::\s*|\s)(\S.*)")
_STEP: Final = re.compile(r"[-*\u2022\u2013]\s+(\S.*)")


def read_lines(text: str) -> list[TemplateLine]:
    """Return the tasks of the text of a template.

    Raises:
        Invalid: a line is no task and no step, or there are too many.
    """
    found: list[TemplateLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        said = line.strip()
        if not said:
            continue
        if task := _TASK.fullmatch(said):
            found.append(TemplateLine(_days(task[1]), task[2].strip()))
        elif found and (step := _STEP.fullmatch(said)):
            last = found[-1]
            found[-1] = TemplateLine(last.days, last.title, tuple(dict.fromkeys((*last.steps, step[1].strip()))))
        else:
            raise _unreadable(number)
        _check_line(found[-1], number)
    if not found:
        raise Invalid("The template was not saved.", {"lines": "Enter at least one task, in a line of its own."})
    if len(found) > MOST_LINES:
        raise Invalid(
            "The template was not saved.", {"lines": "A template can have sixty tasks. Make another one of the rest."}
        )
    return found


def _days(text: str) -> int:
    return int(text.replace("\u2212", "-"))


def _unreadable(number: int) -> Invalid:
    return Invalid(
        "The template was not saved.",
        {
            "lines": "Line %(number)s can't be read. Begin a task with its days, such as “-14: Ask the court”, and a step below it with a dash."
        },
        values={"number": number},
    )


def _check_line(line: TemplateLine, number: int) -> None:
    problems: dict[str, str] = {}
    if abs(line.days) > MOST_DAYS:
        problems["lines"] = "Line %(number)s: enter at most a thousand days."
    elif len(line.title) > LONGEST_LINE or any(len(step) > LONGEST_LINE for step in line.steps):
        problems["lines"] = "Line %(number)s is too long. Use at most 250 characters."
    elif len(line.steps) > MOST_STEPS:
        problems["lines"] = "Line %(number)s: a checklist can have forty steps."
    if problems:
        raise Invalid("The template was not saved.", problems, values={"number": number})


def add_template(uow: UnitOfWork, section_id: UUID, details: TemplateDetails) -> TaskTemplate:
    """Add a template to a section.

    Raises:
        Forbidden: the acting person does not coordinate the section.
        Invalid: something is missing or can't be read, or the section has too many.
    """
    require_in_section(uow.actor, Permission.SECTION_SETTINGS, section_id)
    _check(details)
    if len(templates_of_section(uow, section_id)) >= MOST_TEMPLATES:
        raise Invalid("A section can have a hundred templates. Remove one that is not used any more.")
    template = TaskTemplate(section_id=section_id)
    assign_changes(template, details)
    uow.session.add(template)
    uow.audit.record("task_template.added", template, section_id=section_id)
    return template


def change_template(uow: UnitOfWork, template: TaskTemplate, details: TemplateDetails) -> TaskTemplate:
    """Change a template. Tasks that were made from it stay as they are.

    Raises:
        Forbidden: the acting person does not coordinate the section.
        Conflict: it was saved in another window meanwhile; carries the saved row.
        Invalid: something is missing or can't be read.
    """
    require_in_section(uow.actor, Permission.SECTION_SETTINGS, template.section_id)
    if template.version != details.version:
        raise stale(template)
    _check(details)
    assign_changes(template, details)
    if changes_of(template):
        uow.audit.record("task_template.changed", template, section_id=template.section_id)
    return template


def remove_template(uow: UnitOfWork, template: TaskTemplate) -> TaskTemplate:
    """Remove a template. Tasks that were made from it stay.

    Raises:
        Forbidden: the acting person does not coordinate the section.
    """
    require_in_section(uow.actor, Permission.SECTION_SETTINGS, template.section_id)
    changes = contents_of(template)
    uow.audit.record("task_template.removed", template, section_id=template.section_id, changes=changes)
    uow.session.delete(template)
    return template


def apply_template(uow: UnitOfWork, case: EditableCase, tasks: Sequence[TaskDetails]) -> list[Task]:
    """Add the tasks of a template that were chosen.

    Raises:
        Invalid: none was chosen, or one can't be added (`add_tasks`).
    """
    if not tasks:
        raise Invalid("Nothing was added.", {"chosen": "Choose at least one task."})
    return add_tasks(uow, case, tasks)


def _check(details: TemplateDetails) -> None:
    problems: dict[str, str] = {}
    if not details.name.strip():
        problems["name"] = "Enter a name, such as the kind of case."
    if not details.date_name.strip():
        problems["date_name"] = "Enter from which day the tasks are counted."
    if problems:
        raise Invalid("The template was not saved.", problems)
    read_lines(details.lines)
