"""The form of reports: a section and a period."""

from collections.abc import Sequence
from typing import Any, Final, Self

from flask import request
from wtforms import SelectField, ValidationError

from caseflow.clock import today
from caseflow.features.reports.commands import CountsQuery
from caseflow.law.dates import add_years
from caseflow.models import Section
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import gettext
from caseflow.web.texts import lazy_gettext as _l

MOST_YEARS: Final = 10
"""The longest period: nobody reads a table of more than 120 months."""


class CountsForm(CaseflowForm):
    """A section and a period: in the address of the page, and with a token for the file."""

    keeps_drafts = False
    section = SelectField(_l("Section"))
    opened_from = DayField(_l("Opened from"), takes_any_year=True)
    opened_until = DayField(_l("Opened until"), takes_any_year=True)

    @classmethod
    def for_sections(cls, sections: Sequence[Section], **options: Any) -> Self:
        """Return the form for sections; the defaults are the first section, and this year until today."""
        day = today(sections[0].time_zone)
        chosen = {"section": sections[0].code, "opened_from": day.replace(month=1, day=1), "opened_until": day}
        form = cls(data=chosen, **options)
        form.section.choices = [(section.code, section.name) for section in sections]
        return form

    @classmethod
    def from_address(cls, sections: Sequence[Section]) -> Self:
        """Return the form filled from the address. Without a token, as it changes nothing."""
        return cls.for_sections(sections, formdata=request.args, meta={"csrf": False})

    def validate_opened_from(self, field: DayField) -> None:
        """Require the first day."""
        _require_day(field, gettext("Enter the first day of the period."))

    def validate_opened_until(self, field: DayField) -> None:
        """Require the last day, not before the first one and at most `MOST_YEARS` after it."""
        _require_day(field, gettext("Enter the last day of the period."))
        first = self.opened_from.data
        if field.data is None or first is None:
            return
        if field.data < first:
            raise ValidationError(gettext("The last day must not be before the first day."))
        if field.data > add_years(first, MOST_YEARS):
            raise ValidationError(gettext("Choose at most %(years)s years at a time.", years=MOST_YEARS))

    def command(self) -> CountsQuery:
        """Return the query of a valid form."""
        return self.build(CountsQuery, section_code=self.section.data)


def _require_day(field: DayField, sentence: str) -> None:
    if field.data is None and not field.errors:
        raise ValidationError(sentence)
