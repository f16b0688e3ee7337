"""The forms of filings."""

from flask import request
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.filings.commands import ConfirmFiling, NewFiling, TakeBack
from caseflow.models import FilingChannel
from caseflow.web.fields import DayField, HourField
from caseflow.web.forms import SMALL_RADIOS, CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices

CONFIRM = "confirm"


class FilingForm(CaseflowForm):
    """The filing of a case. It is sent twice: the answers, and once more when the person has checked them."""

    version = VersionField()
    step = HiddenField()
    """See `web.saving.is_to_check`."""
    filed_on = DayField(
        _l("Day of filing"),
        [InputRequired(_l("Enter the day on which the communication was sent."))],
        description=_l("The day on which it was sent, not the day on which you record it."),
    )
    filed_hour = HourField(_l("Time of filing"), description=_l("In the section's time zone, for example 14:30."))
    channel = RadioField(
        _l("How was it sent?"), [InputRequired(_l("Choose how it was sent."))], choices={}, render_kw=SMALL_RADIOS
    )
    proof = StringField(
        _l("Proof"),
        [InputRequired(_l("Enter where the proof is, for example the number of the registered letter."))],
        description=_l(
            "The number of the confirmation or of the registered letter, or where the receipt is kept. No names."
        ),
    )
    note = TextAreaField(_l("Note"), render_kw={"rows": 3})

    def set_choices(self) -> None:
        """Offer the channels."""
        self.channel.choices = choices("filing_channel")

    def is_confirmed(self) -> bool:
        """Return whether the answers were checked, or the page is only asked for."""
        return bool(self.step.data == CONFIRM)

    def answers(self) -> list[tuple[str, str]]:
        """Return what was sent in the boxes, for the form of the page that shows them to be checked."""
        names = {field.name for field in self.boxes()}
        return [(name, value) for name, value in request.form.items(multi=True) if name.partition("-")[0] in names]

    def command(self) -> NewFiling:
        """Return the command."""
        return self.build(NewFiling, channel=FilingChannel(self.channel.data))


class ConfirmFilingForm(CaseflowForm):
    """The agreement of a second person with a prepared filing."""

    sometimes_required = frozenset({"alone_because"})
    version = VersionField()
    alone_because = TextAreaField(
        _l("Why do you confirm what you prepared yourself?"),
        [Optional()],
        description=_l(
            "Nobody else works on this case. The reason is shown on the page of the case and in its history."
        ),
        render_kw={"rows": 3},
    )

    def set_alone(self, *, is_alone: bool) -> None:
        """Ask for the reason only where the person confirms what they prepared."""
        if not is_alone:
            del self.alone_because

    def command(self) -> ConfirmFiling:
        """Return the command."""
        return self.build(ConfirmFiling, alone_because=self.alone_because.data or "" if "alone_because" in self else "")


class TakeBackForm(CaseflowForm):
    """Why a filing is taken back."""

    version = VersionField()
    reason = TextAreaField(
        _l("Why is the filing taken back?"),
        [InputRequired(_l("Give the reason in one sentence."))],
        description=_l("For example: the email was not delivered. It is kept in the history of the case."),
        render_kw={"rows": 3},
    )

    def command(self) -> TakeBack:
        """Return the command."""
        return self.build(TakeBack)
