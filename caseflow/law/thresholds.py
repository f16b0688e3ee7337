"""The figures set by law or by the coalition, each with its source. They are data passed to the engine, never code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Generic, Literal, TypeVar

_T = TypeVar("_T", int, date)

Certainty = Literal["primary", "secondary", "to confirm", "coalition"]
"""Read in the primary text; in another source; still to be confirmed; decided by the coalition, not by law."""


@dataclass(frozen=True, slots=True)
class Threshold(Generic[_T]):
    """One figure with its unit, its source, how certain it is, and the day it was last checked."""

    value: _T
    unit: str
    source: str
    certainty: Certainty
    checked_on: date


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All figures that rules, clocks and dates use."""

    protocol_in_force: Threshold[date]
    months_after_deposit: Threshold[int]
    months_after_denunciation: Threshold[int]
    years_to_file: Threshold[int]
    last_general_article: Threshold[int]
    """Articles up to this one are in Parts I and II of the Covenant, which are read together with a right of Part III."""
    last_article_of_rights: Threshold[int]
    months_fresh: Threshold[int]
    """A row of the register that was checked longer ago is shown with a warning."""
    days_around_a_day: Threshold[int]
    months_around_a_month: Threshold[int]
    years_around_a_year: Threshold[int]
    """The last three: how far "about" and "uncertain" widen a day, a month and a year in both directions."""


@cache
def load_thresholds() -> Thresholds:
    """Return the packaged figures: months, years, days, articles."""
    rules = json.loads((files("caseflow.law.data") / "ruleset.json").read_text(encoding="utf-8"))
    return Thresholds(**{name: _threshold(row) for name, row in rules["thresholds"].items()})


def _threshold(row: Mapping[str, Any]) -> Any:
    value = row["value"]
    return Threshold(
        value=date.fromisoformat(value) if row["unit"] == "day" else value,
        unit=row["unit"],
        source=row["source"],
        certainty=row["certainty"],
        checked_on=date.fromisoformat(row["checked_on"]),
    )
