"""Commands of the services of acceptances."""

from dataclasses import dataclass
from datetime import date

from caseflow.inbound.days import DayOrder

ACCEPTANCE_FIELDS = ("is_accepted", "in_force_on", "ended_on", "source", "checked_on")
"""The fields of an acceptance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceDetails:
    """The new values of a State's acceptance of an instrument."""

    is_accepted: bool
    in_force_on: date | None
    ended_on: date | None
    source: str
    checked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBeside:
    """What is given beside a list, for rows that don't say it."""

    source: str = ""
    checked_on: date | None = None
    treaty: str = ""
    """Code of the treaty that the whole list is about."""
    day_order: DayOrder | None = None
    """Which comes first in dates of figures, where the columns don't show it."""
