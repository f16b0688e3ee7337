"""What services of acceptances take."""

from dataclasses import dataclass
from datetime import date

ACCEPTANCE_FIELDS = ("is_accepted", "in_force_on", "ended_on", "source", "checked_on")
"""What is written down of one State and one instrument."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceDetails:
    """One State's acceptance of one instrument as somebody wants it to be."""

    is_accepted: bool
    in_force_on: date | None
    ended_on: date | None
    source: str
    checked_on: date | None
