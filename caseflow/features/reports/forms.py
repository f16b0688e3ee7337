"""The form of reports: which section, and from when until when."""

from collections.abc import Sequence
from typing import Any, Final, Self

from flask import request
from wtforms import SelectField, ValidationError

from caseflow.clock import today
from caseflow.features.reports.commands import CountsOf
from caseflow.law.dates import add_years
from caseflow.models import Section
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import gettext
from caseflow.web.texts import lazy_gettext as _l

MOST_YEARS: Final = 10
"""A table of months longer than 120 lines is read by nobody."""


class CountsForm(CaseflowForm):
    """A section and a period, in the address of the page; sent with a token when the file is asked for."""

    section = SelectField(_l("Section"))
    opened_from = DayField(_l("Opened from"))
    opened_until = DayField(_l("Opened until"))

    @classmethod
    def drawn(cls, sections: Sequence[Section], **options: Any) -> Self:
        """Return the form for the sections whose counts somebody may see: by default the first, this year to today."""
        day = today(sections[0].time_zone)
        chosen = {"section": sections[0].code, "opened_from": day.replace(month=1, day=1), "opened_until": day}
        form = cls(data=chosen, **options)
        form.section.choices = [(section.code, section.name) for section in sections]
        return form

    @classmethod
    def asked(cls, sections: Sequence[Section]) -> Self:
        """Return the form as it stands in the address of the page. It changes nothing, so it needs no token."""
        return cls.drawn(sections, formdata=request.args, meta={"csrf": False})

    def validate_opened_from(self, field: DayField) -> None:
        """Ask for the first day when its boxes were emptied."""
        _require_day(field, gettext("Enter the first day of the period."))

    def validate_opened_until(self, field: DayField) -> None:
        """Ask for the last day, after the first one and not too far from it."""
        _require_day(field, gettext("Enter the last day of the period."))
        first = self.opened_from.data
        if field.data is None or first is None:
            return
        if field.data < first:
            raise ValidationError(gettext("The last day must not be before the first day."))
        if field.data > add_years(first, MOST_YEARS):
            raise ValidationError(gettext("Choose at most %(years)s years at a time.", years=MOST_YEARS))

    def command(self) -> CountsOf:
        """Return what is asked for. Only for a form that is valid."""
        return self.build(CountsOf, section_code=self.section.data)


def _require_day(field: DayField, sentence: str) -> None:
    if field.data is None and not field.errors:
        raise ValidationError(sentence)
