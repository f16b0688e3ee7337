"""The form of the rhythm of contacts of a section."""

from typing import Final

from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, Optional

from caseflow.features.contacts.rhythm.commands import RhythmDetails
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l

_DAYS: Final = {"params": {"classes": "govuk-input--width-4"}}
_NEEDED: Final = InputRequired(_l("Enter a number of days."))


class RhythmForm(CaseflowForm):
    """How many days may pass between contacts."""

    is_repeatable = True
    version = VersionField()
    base = HiddenField()
    prepared_days = IntegerField(_l("While a case is prepared"), [_NEEDED], render_kw=_DAYS)
    filed_days = IntegerField(
        _l("Once it is filed, and waits for the Committee"),
        [_NEEDED],
        description=_l("The Committee may ask the author at any time, and closes cases whose author does not answer."),
        render_kw=_DAYS,
    )
    urgent_days = IntegerField(
        _l("In urgent cases and emergencies"),
        [Optional()],
        description=_l("At most so many days, at whatever stage. Empty: as in other cases."),
        render_kw=_DAYS,
    )

    def command(self) -> RhythmDetails:
        """Return the command."""
        return self.build(RhythmDetails, version=self.version.data or 0)
