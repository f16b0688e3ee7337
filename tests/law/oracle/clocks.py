"""The clocks: the year, the year with extraordinary remedies, and the next step at home."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.law.oracle.days import FIRST, days_to_try, span, year_after
from tests.law.oracle.remedies import Remedy, next_step_left
from tests.law.oracle.year import Year, read_year

Ends = tuple[date | None, date | None]
"""The last safe day, and the last that can be argued for."""


@dataclass(frozen=True)
class Clock:
    """What is compared of a clock."""

    clock: str
    state: str
    starts: str | None = None
    safe_until: date | None = None
    arguable_until: date | None = None
    days_left: int | None = None


def clocks(claim: dict[str, Any], remedies: list[Remedy], on: date, *, every: bool = False) -> Iterator[Clock]:
    year = read_year(claim, remedies, on)
    yield _year(year, on, every=every)
    if year.extra or year.extra_awaited or year.extra_undated:
        yield _extraordinary(year, on, every=every)
    for each in remedies:
        if next_step_left(each, claim, remedies, on):
            yield _step(each, on, every=every)


def _year(year: Year, on: date, *, every: bool) -> Clock:
    if year.is_awaited:
        return Clock("one-year", "not_started")
    if not year.last or not year.last.get("decided") or year.unknown_kind:
        return Clock("one-year", "unknown")
    decided, notified = span(year.last["decided"])[0], _first_notified(year.last)
    starts = year.last["notified"] if notified and notified < decided else year.last["decided"]
    safe = _plus_year(min(decided, notified or decided))
    counted = [day for day in (notified, _first_other(year)) if day]
    arguable = max((end for end in map(_plus_year, counted) if end), default=None)
    state = _state((_end(*days) for days in year.combinations(on, every=every)), on)
    if state == "expired" and year.step_possibly_open:
        return Clock("one-year", "unknown", starts)
    if state == "expired" and year.possibly_awaited:
        state = "unknown"
    if state == "expired" and not year.extra and not year.extra_awaited and year.extra_undated:
        state = "unknown"
    return _clock("one-year", state, starts, (safe, arguable), on)


def _end(decided: date | None, notified: date | None, other: date | None) -> date:
    """The last day of the year that can be argued for."""
    assert decided is not None
    ends = [year_after(min(decided, notified or decided)), *(year_after(day) for day in (notified, other) if day)]
    return max(ends)


def _first_notified(remedy: Remedy) -> date | None:
    """The earliest day of notification that counts: not before the decision, unless it certainly was."""
    if not remedy.get("notified"):
        return None
    first, last = span(remedy["notified"])
    decided = span(remedy["decided"])[0]
    return first if last < decided else max(first, decided)


def _first_other(year: Year) -> date | None:
    """The earliest day from which the extraordinary remedy counts: the later of decision and notification."""
    if not year.extra:
        return None
    return max(span(text)[0] for text in (year.extra["decided"], year.extra.get("notified")) if text)


def _extraordinary(year: Year, on: date, *, every: bool) -> Clock:
    counted = _first_other(year)
    if year.extra is None or counted is None:
        return Clock("one-year", "not_started" if year.extra_awaited else "unknown")
    state = _state((year_after(other) for _, _, other in year.combinations(on, every=every) if other), on)
    return _clock("one-year", state, year.extra["decided"], (None, _plus_year(counted)), on)


def _step(remedy: Remedy, on: date, *, every: bool) -> Clock:
    starts, due = remedy.get("notified") or remedy.get("decided"), remedy.get("next_step_due")
    if not due:
        return Clock("next-domestic-step", "unknown", starts)
    first = span(due)[0]
    state = _state(days_to_try(span(due), [on], every=every), on)
    return _clock("next-domestic-step", state, starts, (None if first == FIRST else first, None), on)


def _state(ends: Iterable[date], on: date) -> str:
    running = {on <= end for end in ends}
    if len(running) > 1:
        return "unknown"
    return "running" if running == {True} else "expired"


def _clock(name: str, state: str, starts: str | None, until: Ends, on: date) -> Clock:
    safe, arguable = until
    shown = safe or arguable
    return Clock(name, state, starts, safe, arguable, (shown - on).days if shown else None)


def _plus_year(day: date) -> date | None:
    return None if day == FIRST else year_after(day)
