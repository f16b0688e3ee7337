"""The boxes in which people say when a threatened act will happen, in every form in which a case is described."""

from datetime import date, time
from typing import Final

from wtforms import ValidationError

from caseflow.models import Urgency
from caseflow.web.fields import DayField, HourField
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l

THREAT_ON: Final = _l("Emergency: on which day will it happen?")
THREAT_HOUR: Final = _l("At what time?")
THREAT_ON_HINT: Final = _l("For example the day of the eviction. The coordinators are notified at once.")
THREAT_HOUR_HINT: Final = _l("In the section's time zone, for example 14:30. If you do not know it, enter 00:00.")


class SaysThreat:
    """The boxes in which people say when a threatened act will happen. Both may stay empty; the summary then asks for it."""

    def threat(self) -> tuple[date | None, time | None]:
        """Return day and hour of the threatened act."""
        return self.threat_on.data, self.threat_hour.data  # type: ignore[attr-defined]  # fields of the form

    def validate_threat_on(self, field: DayField) -> None:
        """Ask for the day of an hour, and refuse a day without an emergency.

        Raises:
            ValidationError: with what to do.
        """
        hour, urgency = self.threat_hour, self.urgency  # type: ignore[attr-defined]  # fields of the form
        if (field.data or hour.data) and urgency.data != Urgency.EMERGENCY.value:
            raise ValidationError(_("Choose “Emergency” as urgency, or clear the day and the time."))
        if hour.data and not field.raw_data:
            raise ValidationError(_("Enter the day as well."))

    def validate_threat_hour(self, field: HourField) -> None:
        """Ask for the hour of a day.

        Raises:
            ValidationError: it is missing.
        """
        if self.threat_on.data and field.data is None and not field.errors:  # type: ignore[attr-defined]  # a field of the form
            raise ValidationError(
                _("Enter the time at which it will happen, for example 14:30. If you do not know it, enter 00:00.")
            )
