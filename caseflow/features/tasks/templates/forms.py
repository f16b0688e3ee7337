"""The forms of templates of tasks."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

from flask import request
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.tasks.forms import OWNER
from caseflow.features.tasks.templates.commands import TemplateDetails
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import gettext
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices


class TemplateForm(CaseflowForm):
    """A template of a section."""

    adds = True
    version = VersionField()
    base = HiddenField()
    name = StringField(_l("Name"), [InputRequired(_l("Enter a name, such as the kind of case."))])
    date_name = StringField(
        _l("From which day are the tasks counted?"),
        [InputRequired(_l("Enter from which day the tasks are counted."))],
        description=_l("For example: day of the eviction."),
    )
    stage = SelectField(_l("For cases in the stage"), [Optional()])
    urgency = SelectField(_l("For cases with the urgency"), [Optional()])
    lines = TextAreaField(
        _l("Tasks"),
        [InputRequired(_l("Enter at least one task, in a line of its own."))],
        description=_l(
            "Each task in a line: its days before (-) or after that day, a colon, and what is to be done. Steps of its checklist below it, each behind a dash. For example: -14: Ask the court to suspend the eviction"
        ),
        render_kw={"rows": 18},
    )

    def set_choices(self) -> None:
        """Set the choices of the lists."""
        self.stage.choices = choices("stage", empty=gettext("Any stage"))
        self.urgency.choices = choices("urgency", empty=gettext("Any urgency"))

    def command(self) -> TemplateDetails:
        """Return the command."""
        return self.build(TemplateDetails)


class RemoveTemplateForm(CaseflowForm):
    """The question whether a template is to be removed."""


class ChooseForm(CaseflowForm):
    """Which template is to be applied, and from which day on: in the query string, because it changes nothing."""

    keeps_drafts = False
    template = SelectField(_l("Template"), [InputRequired(_l("Choose one from the list."))])
    day = DayField(_l("From which day are the tasks counted?"), [InputRequired(_l("Enter this day."))])

    @classmethod
    def from_address(cls, offered: Mapping[str, str]) -> Self:
        """Return the form filled from the address."""
        form = cls(formdata=request.args, meta={"csrf": False})
        form.template.choices = {"": str(_l("Choose a template")), **offered}
        return form


class ApplyForm(CaseflowForm):
    """Which tasks of a template are added, and who has them. `of` names the state of the template that was shown."""

    adds = True
    keeps_drafts = False
    of = HiddenField()
    chosen = SelectMultipleField(
        _l("Tasks"),
        [InputRequired(_l("Choose at least one task."))],
        render_kw={"params": {"classes": "govuk-checkboxes--small"}},
    )
    given_to = SelectField(_l("Person responsible"), default=OWNER)

    def __init__(self, planned: Mapping[str, str], people: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.chosen.choices = dict(planned)
        self.given_to.choices = dict(people)

    def person_id(self) -> UUID | None:
        """Return the chosen person; None for whoever owns the case."""
        return None if self.given_to.data in (None, OWNER) else UUID(self.given_to.data)
