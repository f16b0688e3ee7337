"""The packaged remedy maps: for some States, the domestic remedies for a right, each step with source and date."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from caseflow.law.data import TO_CONFIRM

CERTAINTY_REMARKS = {
    "primary": "",
    "secondary": " (read in a copy or an excerpt; check it against the text in force)",
    "to_confirm": TO_CONFIRM,
}
"""Text added to a source, by how it was read."""


@dataclass(frozen=True, slots=True)
class PackedStep:
    """One remedy. `limit_from` is the event that starts the time limit; `kind` and `effectiveness` are codes."""

    stage: str
    name: str
    authority: str
    kind: str
    limit_count: int | None
    limit_unit: str | None
    limit_from: str | None
    runs_in_closed_periods: bool
    limit_note: str
    is_suspensive: bool | None
    costs: str
    effectiveness: str
    effectiveness_note: str
    source: str
    """Ends with `TO_CONFIRM` where the primary text could not be read."""
    checked_on: date


@dataclass(frozen=True, slots=True)
class PackedMap:
    """The remedies of a State for a right, in order; closed periods are pairs of first and last day as `MM-DD`."""

    state_code: str
    right: str
    holiday_region: str
    closed_periods: tuple[tuple[str, str], ...]
    source: str
    checked_on: date
    steps: tuple[PackedStep, ...]


@dataclass(frozen=True, slots=True)
class RemedyMapPack:
    """All maps of one version."""

    version: str
    maps: tuple[PackedMap, ...]


@cache
def load_remedy_maps() -> RemedyMapPack:
    """Return the packaged maps."""
    pack = json.loads((files("caseflow.law.data") / "remedy_maps.json").read_text(encoding="utf-8"))
    return RemedyMapPack(pack["version"], tuple(_map(row) for row in pack["maps"]))


def _map(row: dict[str, Any]) -> PackedMap:
    return PackedMap(
        state_code=row["state"],
        right=row["right"],
        holiday_region=row["holiday_region"],
        closed_periods=tuple((first, last) for first, last in row["closed_periods"]),
        source=row["source"],
        checked_on=date.fromisoformat(row["checked_on"]),
        steps=tuple(_step(step) for step in row["steps"]),
    )


def _step(row: dict[str, Any]) -> PackedStep:
    limit = row.get("limit", {})
    return PackedStep(
        stage=row["stage"],
        name=row["name"],
        authority=row["authority"],
        kind=row["kind"],
        limit_count=limit.get("count"),
        limit_unit=limit.get("unit"),
        limit_from=limit.get("from"),
        runs_in_closed_periods=row.get("runs_in_closed_periods", False),
        limit_note=row["limit_note"],
        is_suspensive=row["is_suspensive"],
        costs=row["costs"],
        effectiveness=row["effectiveness"],
        effectiveness_note=row["effectiveness_note"],
        source=row["source"] + CERTAINTY_REMARKS[row["certainty"]],
        checked_on=date.fromisoformat(row["checked_on"]),
    )
