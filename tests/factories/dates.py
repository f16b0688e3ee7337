"""Dates around today, so that clocks run whenever the test does."""

from datetime import date, timedelta

from caseflow.clock import today
from caseflow.law.dates import UncertainDate


def known(year: int, month: int | None = None, day: int | None = None) -> UncertainDate:
    """Return a date as exact as it is given."""
    return UncertainDate.build(year, month, day)


def days_ago(days: int) -> UncertainDate:
    """Return the exact day so many days before today."""
    return UncertainDate.of(today() - timedelta(days=days))


def in_days(days: int) -> date:
    """Return the day so many days from today."""
    return today() + timedelta(days=days)
