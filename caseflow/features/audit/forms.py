"""The search of the audit trail, in the query string."""

from datetime import date, timedelta
from typing import Final, Self
from uuid import UUID

from flask import request
from wtforms import SelectField, StringField, ValidationError

from caseflow.law.dates import add_years
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import gettext
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices

PERIOD: Final = timedelta(days=30)
MOST_YEARS: Final = 1
"""The longest period of a search: each is read by an index on the time."""
LONGEST_REFERENCE: Final = 40


class TrailForm(CaseflowForm):
    """Case, person, action and period."""

    case = StringField(_l("Reference of a case"))
    person = SelectField(_l("Person"))
    action = SelectField(_l("Action"))
    first_day = DayField(_l("From"), takes_any_year=True)
    last_day = DayField(_l("Until"), takes_any_year=True)

    @classmethod
    def from_address(cls, people: dict[str, str], on: date) -> Self:
        """Return the form filled from the address, by default for the last thirty days. Without a token, as it changes nothing."""
        asked = {"person": "", "action": "", "first_day": on - PERIOD, "last_day": on}
        form = cls(formdata=request.args, data=asked, meta={"csrf": False})
        every = str(_l("All"))
        form.person.choices = {"": every, **people}
        form.action.choices = choices("action", empty=every)
        return form

    def validate_last_day(self, field: DayField) -> None:
        """Require a last day that is not before the first one, and at most a year after it."""
        first = self.first_day.data
        if field.data is None or first is None:
            return
        if field.data < first:
            raise ValidationError(gettext("The last day must not be before the first day."))
        if field.data > add_years(first, MOST_YEARS):
            raise ValidationError(gettext("Choose at most one year at a time."))

    @property
    def reference(self) -> str:
        """Return the reference as it is stored."""
        return (self.case.data or "").strip().upper()[:LONGEST_REFERENCE]

    def person_id(self) -> UUID | None:
        """Return the chosen person; None for all."""
        return UUID(self.person.data) if self.person.data else None

    def given(self) -> dict[str, str]:
        """Return what is in the address, without the place in the list."""
        return {name: value for name, value in request.args.items() if name != "page" and value}
