"""Dates relative to today, so that clocks run on any day."""

from datetime import date, timedelta

from caseflow.clock import today
from caseflow.law.dates import UncertainDate


def known(year: int, month: int | None = None, day: int | None = None) -> UncertainDate:
    """Return a date with the precision of the arguments."""
    return UncertainDate.build(year, month, day)


def days_ago(days: int) -> UncertainDate:
    """Return the exact day `days` before today."""
    return UncertainDate.of(today() - timedelta(days=days))


def in_days(days: int) -> date:
    """Return the day `days` after today."""
    return today() + timedelta(days=days)
