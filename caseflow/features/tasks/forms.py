"""The forms of tasks."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.tasks.commands import TaskDetails
from caseflow.models import Task
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l

OWNER: Final = "owner"
"""The choice of whoever owns the case."""
_COLUMNS: Final[Mapping[str, str]] = {"claim": "claim_id", "remedy": "domestic_remedy_id", "person": "person_id"}


def values_of(task: Task) -> dict[str, Any]:
    """Return the values of a task by field name of its form."""
    own = {"given_to": str(task.given_to_id or OWNER), "steps": "\n".join(task.steps)}
    return own | {name: getattr(task, name) for name in ("title", "due_on", "about", "details", "gap")}


class TaskForm(CaseflowForm):
    """A task: what is to be done, by whom and until when."""

    adds = True
    version = VersionField()
    base = HiddenField()
    gap = HiddenField()
    title = StringField(
        _l("What is to be done?"),
        [InputRequired(_l("Describe what is to be done in one line, without names."))],
        description=_l("One line, no names. For example: get the certified copy of the judgment."),
    )
    given_to = SelectField(
        _l("Person responsible"),
        default=OWNER,
        description=_l("Anyone who works on cases of this section and has access to this one."),
    )
    due_on = DayField(
        _l("Last day"),
        [Optional()],
        description=_l(
            "The person responsible is reminded of it, like of any deadline. Leave it empty if it has no last day."
        ),
    )
    about = SelectField(_l("About"), [Optional()])
    details = TextAreaField(
        _l("Details"),
        description=_l("With code names (V1, V2) instead of names."),
        render_kw={"rows": 4},
    )
    steps = TextAreaField(_l("Checklist"), description=_l("One step in each line."), render_kw={"rows": 4})

    def set_choices(self, people: Mapping[str, str], subjects: Mapping[str, str]) -> None:
        """Set the choices of the lists: who can have it, and what it can be about, by code."""
        self.given_to.choices = dict(people)
        self.about.choices = {"": str(_l("The whole case")), **subjects}

    def values_of(self, row: object) -> dict[str, Any]:
        """Return the values of a task by field name."""
        assert isinstance(row, Task)
        return values_of(row)

    def command(self) -> TaskDetails:
        """Return the command."""
        kind, _, row_id = (self.about.data or "").partition(":")
        subject = {_COLUMNS[kind]: UUID(row_id)} if kind else {}
        given_to = self.given_to.data
        return self.build(
            TaskDetails,
            **dict.fromkeys(_COLUMNS.values()) | subject,
            given_to_id=None if given_to in (None, OWNER) else UUID(given_to),
            steps=tuple((self.steps.data or "").splitlines()),
        )


class StepsForm(CaseflowForm):
    """The checklist of a task."""

    is_repeatable = True
    version = VersionField()
    done_steps = SelectMultipleField(
        _l("Checklist"), [Optional()], render_kw={"params": {"classes": "govuk-checkboxes--small"}}
    )

    def set_choices(self, task: Task) -> None:
        """Set the steps; those that are done are ticked."""
        self.done_steps.choices = {step: step for step in task.steps}


class ResultForm(CaseflowForm):
    """What came of a task."""

    result = StringField(
        _l("What came of it?"),
        [InputRequired(_l("Describe in one line what came of it."))],
        description=_l("One line, no names."),
    )
    version = VersionField()


class CancelForm(CaseflowForm):
    """Why a task is not to be done any more."""

    reason = StringField(
        _l("Why is it not to be done any more?"),
        [InputRequired(_l("Give the reason in one line."))],
        description=_l("One line, no names. The task stays in the list, with this reason."),
    )
    version = VersionField()


class ReopenForm(CaseflowForm):
    """A task is to be done after all."""

    version = VersionField()
