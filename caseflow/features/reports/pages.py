"""The periods that the page of counts offers, and the name of its file."""

from datetime import date, timedelta
from typing import Final

from flask import url_for

from caseflow.clock import today
from caseflow.features.reports.quarters import MONTHS, QUARTERS, quarter_of
from caseflow.features.reports.queries import SectionCounts
from caseflow.law.dates import add_months
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _

YEARS: Final = 3


def presets(counts: SectionCounts) -> list[Link]:
    """Return links to the last four quarters and the last three years, the latest first."""
    on = today(counts.section.time_zone)
    first = on.replace(month=(quarter_of(on) - 1) * MONTHS + 1, day=1)
    quarters = [_quarter(counts, add_months(first, -MONTHS * back)) for back in range(QUARTERS)]
    return [*quarters, *(_link(counts, str(year), date(year, 1, 1), date(year, 12, 31)) for year in _years(on))]


def _years(on: date) -> list[int]:
    return [on.year - back for back in range(YEARS)]


def _quarter(counts: SectionCounts, first: date) -> Link:
    words = _("Q%(number)s %(year)s", number=quarter_of(first), year=first.year)
    return _link(counts, words, first, add_months(first, MONTHS) - timedelta(days=1))


def _link(counts: SectionCounts, words: str, first: date, last: date) -> Link:
    last = min(last, today(counts.section.time_zone))
    boxes = {
        f"{name}-{part}": getattr(day, part)
        for name, day in (("opened_from", first), ("opened_until", last))
        for part in ("day", "month", "year")
    }
    is_current = (counts.of.opened_from, counts.of.opened_until) == (first, last)
    return Link(words, url_for("reports.show", section=counts.section.code, **boxes), is_current)


def file_name(counts: SectionCounts) -> str:
    """Return the name of the file: `counts-ES-2026-Q3.csv` for a quarter, `counts-ES-2026.csv` for a year, else with both days."""
    first, last = counts.of.opened_from, counts.of.opened_until
    return f"counts-{counts.section.code}-{_period(first, last, today(counts.section.time_zone))}.csv"


def _period(first: date, last: date, on: date) -> str:
    if (first.month, first.day) == (1, 1) and last == min(date(first.year, 12, 31), on):
        return str(first.year)
    quarter = first.replace(month=(quarter_of(first) - 1) * MONTHS + 1, day=1)
    if first == quarter and last == min(add_months(first, MONTHS) - timedelta(days=1), on):
        return f"{first.year}-Q{quarter_of(first)}"
    return f"{first.isoformat()}-{last.isoformat()}"
