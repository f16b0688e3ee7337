"""The clocks: the year, the year with extraordinary remedies, and the next step at home."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.law.oracle.days import FIRST, days_to_try, span, year_after
from tests.law.oracle.later_days import days_from_which_it_counts, first_day_from_which_it_counts
from tests.law.oracle.remedies import (
    Remedy,
    decision_awaited,
    is_not_ordinary,
    next_step_left,
    replaced,
    without_suspensive_effect,
)
from tests.law.oracle.year import Situation, Year, read_year, situations

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


def clocks(
    claim: dict[str, Any], remedies: list[Remedy], facts: dict[str, Any], on: date, *, every: bool = False
) -> Iterator[Clock]:
    year = read_year(claim, remedies, facts, on)
    yield _year(year, claim, remedies, facts, on, every=every)
    extraordinary = [each for each in year.later if is_not_ordinary(each)]
    if extraordinary:
        yield _extraordinary(extraordinary, year, on, every=every)
    for each in remedies:
        if next_step_left(each, claim, remedies, on):
            yield _step(each, on, every=every)


def _year(
    year: Year, claim: dict[str, Any], remedies: list[Remedy], facts: dict[str, Any], on: date, *, every: bool
) -> Clock:
    if year.is_awaited:
        return Clock("one-year", "not_started")
    if not year.last or not year.last.get("decided") or year.unknown_kind:
        return Clock("one-year", "unknown")
    decided, notified = span(year.last["decided"])[0], _first_notified(year.last)
    starts = year.last["notified"] if notified and notified < decided else year.last["decided"]
    first_days = [max(decided, notified)] if notified else []
    first_days += [
        first_day_from_which_it_counts(each, year.last)
        for each in year.later
        if each.get("decided") and decision_awaited(each, on) != "yes"
    ]
    safe = _plus_year(min(decided, notified or decided))
    arguable = max((end for end in map(_plus_year, first_days) if end), default=None)
    states = {_state_in(each, year, on) for each in situations(year, on, every=every)}
    if states == {"expired"} and year.step_possibly_open:
        return Clock("one-year", "unknown", starts)
    for each in year.possibly_awaited:
        pending = replaced(remedies, each, outcome="pending")
        if without_suspensive_effect(each, claim):
            states.add(_year(read_year(claim, pending, facts, on), claim, pending, facts, on, every=every).state)
        else:
            states.add("not_started")
    return _clock("one-year", _together(states), starts, (safe, arguable), on)


def _state_in(situation: Situation, year: Year, on: date) -> str:
    if situation.is_within_the_later_year(on) or "running" in situation.later:
        return "running"
    if year.rests_on_no_effect or "not known" in situation.later or not situation.is_known:
        return "unknown"
    return "expired"


def _first_notified(remedy: Remedy) -> date | None:
    """The earliest day of notification that counts: not before the decision, unless it certainly was."""
    if not remedy.get("notified"):
        return None
    first, last = span(remedy["notified"])
    decided = span(remedy["decided"])[0]
    return first if last < decided else max(first, decided)


def _extraordinary(extraordinary: list[Remedy], year: Year, on: date, *, every: bool) -> Clock:
    """The clock that counts the last of the decided extraordinary remedies alone."""
    awaited = [each for each in extraordinary if decision_awaited(each, on) == "yes"]
    dated = [each for each in extraordinary if each.get("decided") and decision_awaited(each, on) != "yes"]
    if not dated:
        return Clock("one-year", "not_started" if awaited else "unknown")
    last, states = dated[-1], set()
    for decided in {each.decided for each in situations(year, on, every=every)}:
        days = days_from_which_it_counts(last, decided, on, every=every)
        states |= {"running" if on <= year_after(day) else "expired" for day in days}
    until = (None, _plus_year(first_day_from_which_it_counts(last, year.last)))
    return _clock("one-year", _together(states), last["decided"], until, on)


def _step(remedy: Remedy, on: date, *, every: bool) -> Clock:
    starts, due = remedy.get("notified") or remedy.get("decided"), remedy.get("next_step_due")
    if not due:
        return Clock("next-domestic-step", "unknown", starts)
    first = span(due)[0]
    states = {"running" if on <= day else "expired" for day in days_to_try(span(due), [on], every=every)}
    return _clock("next-domestic-step", _together(states), starts, (None if first == FIRST else first, None), on)


def _together(states: set[str]) -> str:
    """What the days have in common; perhaps not begun, else running, reads as running."""
    different = {"running" if state == "not_started" else state for state in states}
    return different.pop() if len(different) == 1 else "unknown"


def _clock(name: str, state: str, starts: str | None, until: Ends, on: date) -> Clock:
    safe, arguable = until
    shown = safe or arguable
    return Clock(name, state, starts, safe, arguable, (shown - on).days if shown else None)


def _plus_year(day: date) -> date | None:
    return None if day == FIRST else year_after(day)
