"""What the pages of templates show: the templates of a section with the examples, and what one would add to a case."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from caseflow.access import MemberOf, Permission
from caseflow.clock import today
from caseflow.errors import NotFound
from caseflow.features.tasks.commands import TaskDetails
from caseflow.features.tasks.templates import queries
from caseflow.features.tasks.templates.commands import TemplateLine
from caseflow.features.tasks.templates.service import read_lines
from caseflow.features.tasks.templates.words import EXAMPLES, Example
from caseflow.models import Case, Stage, TaskTemplate, Urgency
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import show_date
from caseflow.web.texts import gettext as _

EXAMPLE = "example:"
"""Before the code of an example, where a template is named."""


@dataclass(frozen=True, slots=True)
class ShownTemplate:
    """A template of a section, or a shipped example."""

    code: str
    """`example:` and the code of the example, or the id of the row."""
    name: str
    date_name: str
    stage: Stage | None
    urgency: Urgency | None
    lines: Sequence[TemplateLine]

    @property
    def is_example(self) -> bool:
        """Return whether it is shipped."""
        return self.code.startswith(EXAMPLE)

    def fits(self, case: Case) -> bool:
        """Return whether it is meant for cases like this one."""
        return self.stage in (None, case.stage) and self.urgency in (None, case.urgency)

    @property
    def state(self) -> str:
        """Return a digest of its tasks: those that were shown must be those that are added."""
        return hashlib.sha256(
            repr([tuple((one.days, one.title, one.steps) for one in self.lines)]).encode()
        ).hexdigest()[:16]


def examples() -> list[ShownTemplate]:
    """Return the shipped examples in the language of the page."""
    return [_example(code, one) for code, one in EXAMPLES.items()]


def _example(code: str, one: Example) -> ShownTemplate:
    lines = [TemplateLine(line.days, str(line.title), tuple(map(str, line.steps))) for line in one.lines]
    return ShownTemplate(f"{EXAMPLE}{code}", str(one.name), str(one.date_name), one.stage, one.urgency, lines)


def _shown(row: TaskTemplate) -> ShownTemplate:
    return ShownTemplate(str(row.id), row.name, row.date_name, row.stage, row.urgency, read_lines(row.lines))


def templates_of(uow: UnitOfWork, section_id: UUID) -> list[ShownTemplate]:
    """Return the templates of a section, then the examples: one statement."""
    return [*map(_shown, queries.templates_of_section(uow, section_id)), *examples()]


def written(lines: Sequence[TemplateLine]) -> str:
    """Return tasks as the text of a template, which `read_lines` reads."""
    found = []
    for line in lines:
        found += [f"{line.days}: {line.title}", *(f"- {step}" for step in line.steps)]
    return "\n".join(found)


def copied(code: str) -> dict[str, object]:
    """Return the values of the form for a copy of an example; none if there is no such example."""
    for one in examples():
        if one.code == f"{EXAMPLE}{code}":
            fields = {name: getattr(one, name) for name in ("name", "date_name", "stage", "urgency")}
            return {**fields, "lines": written(one.lines)}
    return {}


def section_of(uow: UnitOfWork, code: str) -> MemberOf:
    """Return the section with a code, which the acting person coordinates.

    Raises:
        NotFound: they coordinate none with this code.
    """
    for member in uow.person.sections_for(Permission.SECTION_SETTINGS):
        if member.section_code == code:
            return member
    raise NotFound("This section does not exist.")


def template_to_change(uow: UnitOfWork, template_id: UUID) -> tuple[MemberOf, TaskTemplate]:
    """Return a template, and the section that the acting person coordinates.

    Raises:
        NotFound: it does not exist, or is of another section.
    """
    template = queries.one_template(uow, template_id)
    for member in uow.person.sections_for(Permission.SECTION_SETTINGS):
        if member.section_id == template.section_id:
            return member, template
    raise NotFound("This template does not exist, or you do not have access to it.")


@dataclass(frozen=True, slots=True)
class Choice:
    """The templates that can be applied to a case, by name: those for such a case first."""

    templates: Sequence[ShownTemplate]

    def names(self) -> dict[str, str]:
        """Return their names by code; examples are marked."""
        return {
            one.code: _("%(name)s (example)", name=one.name) if one.is_example else one.name for one in self.templates
        }

    def find(self, code: str) -> ShownTemplate | None:
        """Return the template with a code."""
        return next((one for one in self.templates if one.code == code), None)


def choice_for(uow: UnitOfWork, case: Case) -> Choice:
    """Return the templates for a case: one statement."""
    return Choice(sorted(templates_of(uow, case.section_id), key=lambda one: not one.fits(case)))


@dataclass(frozen=True, slots=True)
class Planned:
    """A task as a template would add it on a day."""

    line: TemplateLine
    day: date
    is_past: bool

    @property
    def words(self) -> str:
        """Return it in a line, with its last day."""
        if self.is_past:
            return _(
                "%(title)s (%(day)s has passed: it would have no last day)",
                title=self.line.title,
                day=show_date(self.day),
            )
        return _("%(title)s (until %(day)s)", title=self.line.title, day=show_date(self.day))

    def details(self, given_to_id: UUID | None) -> TaskDetails:
        """Return the task that would be added. One whose day has passed has none."""
        due_on = None if self.is_past else self.day
        return TaskDetails(title=self.line.title, due_on=due_on, given_to_id=given_to_id, steps=self.line.steps)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a template would add to a case."""

    template: ShownTemplate
    tasks: Sequence[Planned]

    @property
    def past(self) -> int:
        """Return how many of its days have passed."""
        return sum(one.is_past for one in self.tasks)

    def choices(self) -> dict[str, str]:
        """Return the tasks in words by their number."""
        return {str(number): one.words for number, one in enumerate(self.tasks)}

    def proposed(self) -> list[str]:
        """Return the numbers of those whose day has not passed."""
        return [str(number) for number, one in enumerate(self.tasks) if not one.is_past]

    def chosen(self, numbers: Sequence[str], given_to_id: UUID | None) -> list[TaskDetails]:
        """Return the tasks that were chosen."""
        return [one.details(given_to_id) for number, one in enumerate(self.tasks) if str(number) in numbers]


def plan_for(case: Case, template: ShownTemplate, day: date) -> Plan:
    """Return the tasks of a template with their days, counted from a day."""
    on = today(case.section.time_zone)
    found = [(line, day + timedelta(days=line.days)) for line in template.lines]
    return Plan(template, [Planned(line, due, due < on) for line, due in sorted(found, key=lambda one: one[1])])
