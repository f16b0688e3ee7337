"""What services of remedy maps take."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from caseflow.models import Effectiveness, LimitFrom, LimitUnit, RemedyKind


class MapRules(Protocol):
    """What of a map decides how working days are counted."""

    state_code: str
    holiday_region: str
    closed_periods: list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMap:
    """A map that is begun: for which State and right."""

    state_code: str
    right: str
    source: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapHead:
    """What holds for all steps of a map."""

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
    """A map taken as the beginning of another."""

    state_code: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMap:
    """Who says that a map is right, and when they looked."""

    version: int | None
    reviewed_by: str
    reviewed_on: date
