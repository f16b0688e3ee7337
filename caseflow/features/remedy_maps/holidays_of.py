"""Public holidays and weekends of a State, from the library `holidays`: the one place that knows it.

The library is read when the first working day is counted: it brings the calendars of all countries.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from types import ModuleType

from caseflow.features.remedy_maps.commands import MapRules
from caseflow.law.limits import SATURDAY_AND_SUNDAY, ClosedPeriod, WorkingCalendar, no_holidays

YEARS_KEPT = 2000
"""Of a State or region, with some fifteen days each."""


def knows(state_code: str) -> bool:
    """Tell whether the library has a calendar of a State."""
    return state_code in _regions()


def regions_of(state_code: str) -> Sequence[str]:
    """Return the codes of a State's regions that have holidays of their own, as the library writes them (ISO 3166-2)."""
    return _regions().get(state_code, ())


def calendar_of(rules: MapRules, *, with_closed_periods: bool = True) -> WorkingCalendar:
    """Return what working days leave out by the rules of a map.

    Of a State without a calendar only Saturdays, Sundays and closed periods are left out; whoever shows the day says so
    (`knows`).
    """
    pairs = rules.closed_periods if with_closed_periods else []
    closed = tuple(ClosedPeriod.parse(first, last) for first, last in pairs)
    if not knows(rules.state_code):
        return WorkingCalendar(no_holidays, SATURDAY_AND_SUNDAY, closed)
    region = rules.holiday_region if rules.holiday_region in regions_of(rules.state_code) else ""
    return WorkingCalendar(
        lambda year: _holidays(rules.state_code, region, year), _weekend(rules.state_code, region), closed
    )


@lru_cache(maxsize=YEARS_KEPT)
def _holidays(state_code: str, region: str, year: int) -> frozenset[date]:
    return frozenset(_library().country_holidays(state_code, subdiv=region or None, years=year))


@cache
def _weekend(state_code: str, region: str) -> frozenset[int]:
    return frozenset(_library().country_holidays(state_code, subdiv=region or None).weekend)


@cache
def _regions() -> dict[str, list[str]]:
    return dict(_library().list_supported_countries(include_aliases=False))


def _library() -> ModuleType:
    import holidays  # noqa: PLC0415 - large: read only by who counts working days

    return holidays
