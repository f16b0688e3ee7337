"""A comparison as the document `caseflow/routes/1` and as text."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from caseflow.law.routes.answers import SCHEMA, RouteAssessment, Status, shortest_clock
from caseflow.law.routes.mechanisms import RouteRegister, message
from caseflow.law.sentences import ENGLISH, Items, Language, Text, Value, say, write, write_each

TITLES: Final[dict[Status, Text]] = {
    "open": say("Open"),
    "needs_lawyer": say("Needs a lawyer"),
    "unknown": say("Not known"),
    "closed": say("Closed"),
    "not_available": say("Not available"),
}
"""Titles of the groups, in the order in which they are shown."""


def routes_document(
    routes: Sequence[RouteAssessment], on: date, register: RouteRegister, language: Language = ENGLISH
) -> dict[str, Any]:
    """Return the document with its texts in a language, and with the last day of the open route that ends first as `shortest_clock`."""
    shortest = shortest_clock(routes)
    return {
        "schema": SCHEMA,
        "on": on.isoformat(),
        "data": register.mechanisms.version,
        "states": register.states.version,
        "acceptances": len(register.acceptances),
        "shortest_clock": _clock(shortest) if shortest else None,
        "routes": [route.to_document(language) for route in routes],
    }


def routes_text(
    routes: Sequence[RouteAssessment], on: date, register: RouteRegister, language: Language = ENGLISH
) -> Iterator[str]:
    """Yield the lines of the comparison in a language, grouped by status and sorted by last day."""
    data = {"mechanisms": register.mechanisms.version, "states": register.states.version}
    yield write(say("Routes on {day}", day=on.isoformat()), language)
    yield write(say("Data {mechanisms}, {states}. Legal information, not legal advice.", **data), language)
    for status in TITLES:
        for route in in_order(routes, status):
            yield "\n" + write(_heading(route), language)
            yield from (f"  {write(reason, language)}" for reason in route.because)
            for question in write_each(route.questions, language):
                yield "  " + write(say("to ask: {question}", question=question), language)
            if route.blocks and status not in ("closed", "not_available"):
                yield "  " + write(_bars(route), language)


def in_order(routes: Sequence[RouteAssessment], status: Status) -> list[RouteAssessment]:
    """Return the routes of one status sorted by last day; those without one come last, in the order of the data.

    The communication to the Committee comes with the dated ones even without a day.
    """
    return sorted(
        (route for route in routes if route.status == status),
        key=lambda route: (not route.is_own and route.last_day is None, route.last_day or date.max),
    )


def _clock(route: RouteAssessment) -> dict[str, Any]:
    return {
        "code": route.code,
        "last_day": route.last_day.isoformat() if route.last_day else None,
        "days_left": route.days_left,
    }


def _heading(route: RouteAssessment) -> Text:
    named: dict[str, Value] = {
        "status": TITLES[route.status],
        "code": route.code,
        "body": message(route.body),
        "citation": message(route.citation),
    }
    if route.last_day is not None and route.days_left is not None:
        days: dict[str, Value] = {"day": route.last_day.isoformat(), "days": route.days_left}
        return say("{status}: {code}, {body} ({citation}), last day {day}, {days} days left", **named, **days)
    if route.closed_since is not None:
        since = route.closed_since.isoformat()
        return say("{status}: {code}, {body} ({citation}), since {day}", **named, day=since)
    return say("{status}: {code}, {body} ({citation})", **named)


def _bars(route: RouteAssessment) -> Text:
    bodies = [each.bars if each.is_certain else say("{body} (perhaps)", body=each.bars) for each in route.blocks]
    return say("filed here first, it bars: {bodies}", bodies=Items(tuple(bodies), ","))
