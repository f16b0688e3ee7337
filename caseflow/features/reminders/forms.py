"""The forms of reminders: when and how one is told, who stands in, from which days on."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms import Field, HiddenField, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import TextInput

from caseflow.features.reminders.preferences.commands import NewAbsence, NewThresholds
from caseflow.features.reminders.preferences.service import LAST_HOUR
from caseflow.models import DeadlineKind
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import gettext, lazy_gettext
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.zones import zone_choices

NUMBERS = re.compile(r"\d{1,6}", re.ASCII)
CHOOSE = lazy_gettext("Choose somebody")


class ReadForm(CaseflowForm):
    """I have read what stood there."""

    drawn_at = HiddenField()


class HourForm(CaseflowForm):
    """When the digest comes."""

    hour = SelectField(
        _l("Hour"),
        coerce=int,
        choices=lambda: {str(hour): f"{hour:02}:00" for hour in range(LAST_HOUR + 1)},
        description=_l("One mail a day at most, and none on days without anything to say."),
    )
    zone = SelectField(_l("Place whose clock is meant"), description=_l("Reminders also appear here on that clock."))

    def __init__(self, hour: int, zone: str) -> None:
        super().__init__(hour=hour, zone=zone)
        self.zone.choices = zone_choices(zone)


class AbsenceForm(CaseflowForm):
    """Who is away from when until when, and who stands in."""

    who = SelectField(_l("Who is away?"))
    starts_on = DayField(_l("First day"), [InputRequired(_l("Write the first day."))])
    ends_on = DayField(_l("Last day"), [InputRequired(_l("Write the last day."))])
    substitute = SelectField(
        _l("Who stands in?"),
        [InputRequired(_l("Choose who stands in."))],
        description=_l("They are told in time what is due, and find it in their My work."),
    )

    def __init__(self, away: Mapping[UUID, str], substitutes: Mapping[UUID, str], me: UUID) -> None:
        super().__init__(who=str(me))
        self.who.choices = {str(one): name for one, name in away.items()}
        self.substitute.choices = {"": str(CHOOSE), **{str(one): name for one, name in substitutes.items()}}

    def command(self) -> NewAbsence:
        """Return what the service takes."""
        return self.build(NewAbsence, user_id=UUID(self.who.data), substitute_id=UUID(self.substitute.data))


class DaysField(Field):
    """Numbers of days in a line, such as "270, 180, 90"; its data is a list of whole numbers."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(str(day) for day in self.data or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the numbers; what can't be read stays in the box."""
        self.data = []
        parts = [part for part in re.split(r"[\s,;]+", valuelist[0] if valuelist else "") if part]
        unread = [part for part in parts if not NUMBERS.fullmatch(part)]
        if unread:
            raise ValueError(
                gettext("Write whole numbers with commas, like 30, 14, 7: %(what)s is none.", what=unread[0])
            )
        self.data = [int(part) for part in parts]


class ThresholdsForm(CaseflowForm):
    """From how many days before on a section wants to be reminded of one kind."""

    days = DaysField(
        _l("Days before the last day"), description=_l("Numbers with commas, like 30, 14, 7. May stay empty.")
    )
    version = VersionField()

    def __init__(self, days: Sequence[int], version: int) -> None:
        super().__init__(days=list(days), version=version)

    def command(self, section_id: UUID, kind: DeadlineKind) -> NewThresholds:
        """Return what the service takes."""
        return self.build(NewThresholds, section_id=section_id, kind=kind)
