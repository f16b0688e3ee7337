"""The forms of reminders: the hour of the digest, absences and substitutes, thresholds."""

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
CHOOSE = lazy_gettext("Choose a person")


class ReadForm(CaseflowForm):
    """Marks reminders as read that were on the page."""

    drawn_at = HiddenField()


class HourForm(CaseflowForm):
    """The hour of the digest, and the time zone."""

    is_repeatable = True
    hour = SelectField(
        _l("Hour"),
        coerce=int,
        choices=lambda: {str(hour): f"{hour:02}:00" for hour in range(LAST_HOUR + 1)},
        description=_l("At most one email a day, and none on days when nothing is due."),
    )
    zone = SelectField(_l("Time zone"), description=_l("Reminders also appear here according to this time zone."))

    def __init__(self, hour: int, zone: str) -> None:
        super().__init__(hour=hour, zone=zone)
        self.zone.choices = zone_choices(zone)


class AbsenceForm(CaseflowForm):
    """An absence: who is away, from when until when, and the substitute."""

    adds = True
    who = SelectField(_l("Who is away?"))
    starts_on = DayField(_l("First day"), [InputRequired(_l("Enter the first day."))])
    ends_on = DayField(_l("Last day"), [InputRequired(_l("Enter the last day."))])
    substitute = SelectField(
        _l("Who is the substitute?"),
        [InputRequired(_l("Choose a substitute."))],
        description=_l("They are notified in time of what is due, and see it in My work."),
    )

    def __init__(self, away: Mapping[UUID, str], substitutes: Mapping[UUID, str], me: UUID) -> None:
        super().__init__(who=str(me))
        self.who.choices = {str(one): name for one, name in away.items()}
        self.substitute.choices = {"": str(CHOOSE), **{str(one): name for one, name in substitutes.items()}}

    def command(self) -> NewAbsence:
        """Return what the service takes."""
        return self.build(NewAbsence, user_id=UUID(self.who.data), substitute_id=UUID(self.substitute.data))


class DaysField(Field):
    """Numbers of days, separated by commas: "270, 180, 90"; its data is a list of integers."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(str(day) for day in self.data or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Parse the numbers; faulty input stays in the field."""
        self.data = []
        parts = [part for part in re.split(r"[\s,;]+", valuelist[0] if valuelist else "") if part]
        unread = [part for part in parts if not NUMBERS.fullmatch(part)]
        if unread:
            raise ValueError(
                gettext(
                    "Enter whole numbers separated by commas, for example 30, 14, 7. %(what)s is not a whole number.",
                    what=unread[0],
                )
            )
        self.data = [int(part) for part in parts]


class ThresholdsForm(CaseflowForm):
    """The thresholds of a section for one kind of deadline."""

    sometimes_required = frozenset({"days"})
    days = DaysField(
        _l("Days before the deadline"), description=_l("Numbers separated by commas, for example 30, 14, 7. Optional.")
    )
    version = VersionField()

    def __init__(self, days: Sequence[int], version: int) -> None:
        super().__init__(days=list(days), version=version)

    def command(self, section_id: UUID, kind: DeadlineKind) -> NewThresholds:
        """Return what the service takes."""
        return self.build(NewThresholds, section_id=section_id, kind=kind)
