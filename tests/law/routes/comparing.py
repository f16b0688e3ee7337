"""Short ways to build acceptances and to compare routes for facts from `tests.law.building`."""

from datetime import date
from typing import Any

from caseflow.law import assess, load_register, read_facts
from caseflow.law.routes import Acceptance, RouteAssessment, RouteRegister, compare, load_mechanisms
from caseflow.law.sentences import write, write_each
from tests.law.building import claim, document, remedy

MECHANISMS = load_mechanisms()
SINCE = date(2000, 1, 1)


def accepts(*treaties: str, state: str = "ES", **changes: Any) -> list[Acceptance]:
    fields: dict[str, Any] = {"is_accepted": True, "in_force_on": SINCE, "source": "the list", **changes}
    return [Acceptance(treaty, state, **fields) for treaty in treaties]


ALL = tuple(MECHANISMS.treaties)
EVERYTHING = accepts(*ALL)


def compared(
    facts: dict[str, Any] | None = None, on: str = "2018-01-15", acceptances: list[Acceptance] | None = None
) -> dict[str, RouteAssessment]:
    read, day, states = read_facts(facts or document()), date.fromisoformat(on), load_register()
    register = RouteRegister.of(MECHANISMS, states, EVERYTHING if acceptances is None else acceptances)
    return {route.code: route for route in compare(read, assess(read, day, states), day, register)}


def reasons(route: RouteAssessment) -> list[str]:
    return [write(reason) for reason in route.because]


def asked(route: RouteAssessment) -> tuple[str, ...]:
    return write_each(route.questions)


def decided(day: str, notified: str | None = None, **changes: Any) -> dict[str, Any]:
    """Facts of a claim with one final decision."""
    return document(claim(remedies=[remedy(decided=day, notified=notified)], **changes))
