"""The forms of deadlines."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from caseflow.features.deadlines.commands import NewDeadline
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm, VersionField


class DeadlineForm(CaseflowForm):
    """A deadline that somebody types."""

    title = StringField(
        _l("What is due"),
        [InputRequired(_l("Say in a line what is due, without names."))],
        description=_l("In a line, without names. For example: ask the court for a copy of the judgment."),
    )
    due_on = DayField(
        _l("Last day"),
        [InputRequired(_l("Write the last day on which it can be done."))],
        description=_l("The last day on which it can still be done, like 27 3 2027."),
    )
    note = TextAreaField(_l("Note"), description=_l("May stay empty."), render_kw={"rows": 3})

    def command(self) -> NewDeadline:
        """Return what the service takes."""
        return NewDeadline(title=self.title.data or "", due_on=self.due_on.data, note=self.note.data or "")


class DoneForm(CaseflowForm):
    """It is done, and how."""

    outcome = StringField(
        _l("How was it done?"),
        [InputRequired(_l("Say in a line how it was done."))],
        description=_l("In a line, without names. For example: the appeal was filed on 3 May."),
    )
    is_sure = BooleanField(_l("The communication was sent, or will not be: no more reminders of this clock"))
    """Asked for the one-year clock only."""
    version = VersionField()
    back = HiddenField()
    """`case` when the person came from the case's page."""

    def said(self) -> tuple[int, str]:
        """Return the version that was looked at, and how it was done."""
        return self.version.data or 0, self.outcome.data or ""
