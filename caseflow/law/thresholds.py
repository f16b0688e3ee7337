"""The figures of the law and of the house, each with its source: data that are handed to the engine, never code."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

_T = TypeVar("_T", int, date)

Certainty = Literal["primary", "secondary", "to confirm", "house"]
"""From the text itself; from another source; still to be confirmed; decided by the coalition, not by law."""


@dataclass(frozen=True, slots=True)
class Threshold(Generic[_T]):
    """One figure: its unit in words, where it stands, how sure it is, and when somebody last looked."""

    value: _T
    unit: str
    source: str
    certainty: Certainty
    checked_on: date


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All figures that rules, clocks and dates count with."""

    protocol_in_force: Threshold[date]
    months_after_deposit: Threshold[int]
    months_after_denunciation: Threshold[int]
    years_to_file: Threshold[int]
    last_general_article: Threshold[int]
    """Articles up to this one stand in Parts I and II of the Covenant: read with a right of Part III, not alone."""
    last_article_of_rights: Threshold[int]
    months_fresh: Threshold[int]
    """A row of the register checked longer ago than this is shown with a warning."""
    days_around_a_day: Threshold[int]
    months_around_a_month: Threshold[int]
    years_around_a_year: Threshold[int]
    """How far "about" and "uncertain" widen a date each way."""
