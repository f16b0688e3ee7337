"""The forms of contacts."""

from datetime import date
from typing import Any, Final

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from caseflow.features.contacts.commands import ChannelDetails, NewAttempt
from caseflow.models import ContactChannel
from caseflow.web.fields import RADIOS_IN_A_LINE, DayField, HourField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices
from caseflow.web.zones import zone_choices

_HOUR: Final = {"params": {"classes": "govuk-input--width-5"}}
_SEALED: Final = {"autocomplete": "off"}


class ChannelForm(CaseflowForm):
    """A way to reach a person. The sealed fields are left out while the person is not revealed."""

    shows_identity = True
    adds = True
    sometimes_required = frozenset({"safe_from", "safe_until"})
    version = VersionField()
    base = HiddenField()
    kind = SelectField(_l("How?"), [InputRequired(_l("Choose one from the list."))])
    address = StringField(
        _l("Number or address, or who passes it on"),
        [InputRequired(_l("Enter the number or address, or who passes the message on."))],
        description=_l("It is sealed at once."),
        render_kw=_SEALED,
    )
    word = StringField(
        _l("Word to use"),
        description=_l("By which the person knows you, or what you say if someone else answers. It is sealed."),
        render_kw=_SEALED,
    )
    rank = IntegerField(
        _l("Order"),
        [InputRequired(_l("Enter a number from 1 to 9. 1 is tried first."))],
        default=1,
        description=_l("1 is tried first."),
        render_kw={"params": {"classes": "govuk-input--width-2"}},
    )
    safe_from = HourField(
        _l("Safe from"), description=_l("Local time there, for example 18:00. Empty: any hour."), render_kw=_HOUR
    )
    safe_until = HourField(_l("Safe until"), render_kw=_HOUR)
    zone = SelectField(_l("Time zone of the person"))
    never_call = BooleanField(_l("Never call"))
    no_message = BooleanField(_l("Leave no message, neither on a machine nor with someone"))
    note = StringField(_l("Note"), description=_l("Without names and numbers."))

    def set_choices(self, zone: str) -> None:
        """Set the choices of the lists; `zone` is preselected for a new one."""
        self.kind.choices = choices("contact_kind")
        self.zone.data = self.zone.data or zone
        self.zone.choices = zone_choices(self.zone.data)

    def hide_sealed(self) -> None:
        """Leave out what is sealed, unless it was sent: then the service says that it is not shown any more."""
        if not (self.address.raw_data or self.word.raw_data):
            del self.address, self.word

    def command(self) -> ChannelDetails:
        """Return the command."""
        sealed = {name: self[name].data or "" for name in ("address", "word") if name in self}
        return self.build(ChannelDetails, **sealed)


def channel_form(row: ContactChannel, values: dict[str, str] | None, zone: str) -> ChannelForm:
    """Return the form with a way to reach a person, with its sealed values while they are shown."""
    form = ChannelForm(obj=row, **(values or {}))
    if values is None:
        form.hide_sealed()
    form.set_choices(zone)
    return form


class AttemptForm(CaseflowForm):
    """An attempt to reach a person: one choice and a button, where it was today and by the usual way."""

    adds = True
    result = RadioField(
        _l("What came of it?"), [InputRequired(_l("Choose what came of it."))], render_kw=RADIOS_IN_A_LINE
    )
    kind = SelectField(_l("How did you try?"), [InputRequired(_l("Choose one from the list."))])
    made_on = DayField(_l("When?"), [InputRequired(_l("Enter the day of the attempt."))])
    next_on = DayField(_l("When does the person wish to be contacted next?"), [Optional()])
    note = StringField(_l("Note"), description=_l("Without names and numbers."))

    def set_choices(self) -> None:
        """Set the choices of the lists."""
        self.result.choices = dict(choices("contact_result"))
        self.kind.choices = choices("contact_kind")

    def command(self) -> NewAttempt:
        """Return the command."""
        return self.build(NewAttempt)


def attempt_form(on: date, kind: str) -> AttemptForm:
    """Return an empty form for an attempt of today, by the way that is tried first."""
    values: dict[str, Any] = {"made_on": on}
    form = AttemptForm(**values, **({"kind": kind} if kind else {}))
    form.set_choices()
    return form
