"""Filings in words."""

from datetime import date

from caseflow.models import Filing, PreparedFiling
from caseflow.web.dates import Kind, show_date
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext


def in_time(filed_on: date, until: date | None) -> str:
    """Return how a day of filing lies to the end of the one-year clock: "12 days before the end of the one-year clock"."""
    if until is None:
        return str(_("The one-year clock was not running."))
    days = (until - filed_on).days
    if days == 0:
        return str(_("On the last day of the one-year clock"))
    if days > 0:
        return str(
            ngettext(
                "%(num)d day before the end of the one-year clock",
                "%(num)d days before the end of the one-year clock",
                days,
            )
        )
    return str(
        ngettext(
            "%(num)d day after the end of the one-year clock", "%(num)d days after the end of the one-year clock", -days
        )
    )


def kind_of(filed_on: date, until: date | None) -> Kind:
    """Return the status of a day of filing."""
    if until is None:
        return "neutral"
    return "good" if filed_on <= until else "bad"


def show_day(filing: Filing | PreparedFiling) -> str:
    """Return day and time of a filing."""
    day = show_date(filing.filed_on)
    return f"{day}, {filing.filed_hour:%H:%M}" if filing.filed_hour else day
