"""A comparison as the document `caseflow/routes/1` and as text."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from caseflow.law.routes.answers import SCHEMA, RouteAssessment, Status, shortest_clock
from caseflow.law.routes.mechanisms import RouteRegister

TITLES: Final[dict[Status, str]] = {
    "open": "Open",
    "needs_lawyer": "Needs a lawyer",
    "unknown": "Not known",
    "closed": "Closed",
    "not_available": "Not available",
}
"""Titles of the groups, in the order in which they are shown."""


def routes_document(routes: Sequence[RouteAssessment], on: date, register: RouteRegister) -> dict[str, Any]:
    """Return the document, with the last day of the open route that ends first as `shortest_clock`."""
    shortest = shortest_clock(routes)
    return {
        "schema": SCHEMA,
        "on": on.isoformat(),
        "data": register.mechanisms.version,
        "states": register.states.version,
        "acceptances": len(register.acceptances),
        "shortest_clock": _clock(shortest) if shortest else None,
        "routes": [route.to_document() for route in routes],
    }


def routes_text(routes: Sequence[RouteAssessment], on: date, register: RouteRegister) -> Iterator[str]:
    """Yield the lines of the comparison, grouped by status and sorted by last day."""
    yield f"Routes on {on}"
    yield f"Data {register.mechanisms.version}, {register.states.version}. Legal information, not legal advice."
    for status, title in TITLES.items():
        for route in in_order(routes, status):
            yield f"\n{title}: {route.code}, {route.body} ({route.citation}){_days(route)}"
            yield from (f"  {sentence}" for sentence in route.because)
            yield from (f"  to ask: {question}" for question in route.questions)
            pairs = ", ".join(f"{each.bars}{'' if each.is_certain else ' (perhaps)'}" for each in route.blocks)
            if pairs and status not in ("closed", "not_available"):
                yield f"  filed here first, it bars: {pairs}"


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


def _days(route: RouteAssessment) -> str:
    if route.last_day is not None:
        return f", last day {route.last_day}, {route.days_left} days left"
    return f", since {route.closed_since}" if route.closed_since else ""
