"""Commands of the services of remedy maps."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from caseflow.models import Effectiveness, LimitFrom, LimitUnit, RemedyKind


class MapRules(Protocol):
    """The fields of a map that decide how working days are counted."""

    state_code: str
    holiday_region: str
    closed_periods: list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRemedyMap:
    """A new map for a State and a right."""

    state_code: str
    right: str
    source: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapHead:
    """The fields of a map that apply to all its steps."""

    version: int | None
    holiday_region: str = ""
    closed_periods: tuple[tuple[str, str], ...] = ()
    """Pairs of `MM-DD`."""
    source: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDetails:
    """One remedy of a map."""

    version: int | None
    stage: str
    name: str
    authority: str = ""
    kind: RemedyKind = RemedyKind.ORDINARY
    limit_count: int | None = None
    limit_unit: LimitUnit | None = None
    limit_from: LimitFrom | None = None
    runs_in_closed_periods: bool = False
    limit_note: str = ""
    is_suspensive: bool | None = None
    costs: str = ""
    effectiveness: Effectiveness = Effectiveness.NOT_KNOWN
    effectiveness_note: str = ""
    source: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMap:
    """The State and right of a copy."""

    state_code: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMap:
    """Who has reviewed a map, and when."""

    version: int | None
    reviewed_by: str
    reviewed_on: date
