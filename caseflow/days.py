"""Which days are plausible: one check for the dates of forms, imports and commands. See also `caseflow.errors`.

A date of another calendar, or with a slip in the year, would be believed by every clock that counts from it.
"""

from datetime import date, timedelta
from typing import Final

from caseflow.clock import latest_local_today
from caseflow.law.dates import UncertainDate

EARLIEST_YEAR: Final = 1900
FARTHEST: Final = timedelta(days=366 * 20)


def is_implausible(when: UncertainDate | date | None) -> bool:
    """Return whether a date is before 1900 or more than twenty years away."""
    return when is not None and (_is_too_early(when) or _is_too_far(when))


def check_year(problems: dict[str, str], name: str, when: UncertainDate | date | None) -> None:
    """Add a message to `problems`, unless there is one for this field, if a date is implausible."""
    if when is None or name in problems:
        return
    if _is_too_early(when):
        problems[name] = "This is before 1900. Check the year."
    elif _is_too_far(when):
        problems[name] = "This is in the future, more than twenty years from now. Check the year."


def _is_too_early(when: UncertainDate | date) -> bool:
    return when.year < EARLIEST_YEAR


def _is_too_far(when: UncertainDate | date) -> bool:
    return date(when.year, when.month or 1, when.day or 1) > latest_local_today() + FARTHEST
