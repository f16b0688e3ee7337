"""Commands for the service of templates of tasks."""

from dataclasses import dataclass

from caseflow.models import Stage, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDetails:
    """The fields of a template. `version` is that of the row when the form was drawn; None for a new one."""

    version: int | None = None
    name: str
    date_name: str
    stage: Stage | None = None
    urgency: Urgency | None = None
    lines: str


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A task of a template: so many days after the day of the template, before it if negative."""

    days: int
    title: str
    steps: tuple[str, ...] = ()
