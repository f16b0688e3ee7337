"""Properties of the comparison of routes, tried on random cases and acceptances."""

from datetime import date, timedelta
from typing import Any

import jsonschema
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from caseflow.law import assess, load_register, read_facts
from caseflow.law.data import load_schema
from caseflow.law.dates import UncertainDate, add_months
from caseflow.law.facts import CaseFacts, Remedy
from caseflow.law.ladder import Step
from caseflow.law.routes import (
    NOT_CLOSED,
    Acceptance,
    RouteRegister,
    compare,
    nearest_route,
    routes_document,
    shortest_clock,
)
from caseflow.law.routes.mechanisms import Limit, TimeRule
from caseflow.law.routes.time_limit import limits_of
from caseflow.law.sentences import say
from tests.law.routes.comparing import ALL, EVERYTHING, MECHANISMS, compared, reasons
from tests.law.test_properties import CASES, DAYS, NO_DEADLINE, resolve

TRIES = settings(NO_DEADLINE, max_examples=60)
ACCEPTANCES = st.lists(
    st.builds(
        Acceptance,
        treaty=st.sampled_from(ALL),
        state=st.sampled_from(["ES", "FI", "SI"]),
        is_accepted=st.booleans(),
        in_force_on=st.none() | DAYS,
        ended_on=st.none() | DAYS,
        source=st.just("the list"),
        checked_on=st.none() | DAYS,
    ),
    max_size=20,
)
STATES = load_register()
REFUSALS = ("has not accepted this",)


@TRIES
@given(CASES, DAYS, ACCEPTANCES)
def test_every_route_is_assessed_and_the_document_fits_its_schema(facts: Any, on: date, rows: list[Acceptance]) -> None:
    read, register = read_facts(facts), RouteRegister.of(MECHANISMS, STATES, rows)
    routes = compare(read, assess(read, on, STATES), on, register)
    assert [route.code for route in routes] == list(MECHANISMS.rows)
    jsonschema.validate(routes_document(routes, on, register), dict(load_schema("routes")))
    for route in routes:
        assert route.because
        assert all(sentence[:1].isupper() or sentence[:1].isdigit() for sentence in reasons(route))
        for pointer in route.facts:
            resolve(facts, pointer)
        assert route.status in ("closed", "not_available") or route.closed_since is None
        assert route.status not in ("closed", "not_available") or route.last_day is None
        assert route.status != "open" or route.days_left is None or route.days_left >= 0
        if route.safe_until and route.arguable_until:
            assert route.safe_until < route.arguable_until
    open_days = [route.last_day for route in routes if route.status == "open" and route.last_day]
    nearest = nearest_route(read, assess(read, on, STATES), on, register)
    assert nearest == shortest_clock(routes, NOT_CLOSED)
    shortest = shortest_clock(routes)
    assert (shortest.last_day if shortest else None) == min(open_days, default=None)


@TRIES
@given(CASES, DAYS, st.integers(1, 900))
def test_one_more_day_never_opens_a_closed_route(facts: Any, on: date, days: int) -> None:
    before, after = compared(facts, on.isoformat()), compared(facts, (on + timedelta(days=days)).isoformat())
    for code, route in before.items():
        if route.status == "closed" and not MECHANISMS.rows[code].acceptance.register:
            assert after[code].status == "closed", (code, route.because, after[code].because)


@TRIES
@given(CASES, DAYS)
def test_without_acceptances_no_route_is_refused(facts: Any, on: date) -> None:
    for route in compared(facts, on.isoformat(), acceptances=[]).values():
        assert not any(refusal in sentence for sentence in reasons(route) for refusal in REFUSALS)
        if route.status == "not_available" and any("accept" in sentence for sentence in reasons(route)):
            assert route.code in {"CESCR_INQ", "IACHR", "ACHPR", "AFCHPR", "ACERWC", "ECTHR", "ECSR"}
            assert any("Only member States" in s or "inquiry" in s or "Protocol" in s for s in reasons(route))


def test_a_planted_refusal_without_acceptances_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above would fail if a missing row were taken as a refusal."""
    from caseflow.law.routes import acceptance  # noqa: PLC0415 - to be changed here only
    from caseflow.law.routes.answers import Point  # noqa: PLC0415 - the same

    monkeypatch.setattr(
        acceptance, "_not_loaded", lambda treaty, case: Point("not_available", say("It has not accepted this."))
    )
    again = given(CASES, DAYS)(test_without_acceptances_no_route_is_refused.hypothesis.inner_test)
    found = settings(TRIES, phases=[Phase.generate])(again)  # it is enough to find it, there is no need to shrink
    with pytest.raises(AssertionError):
        found()


@settings(NO_DEADLINE, max_examples=300)
@given(st.dates(date(2021, 10, 1), date(2022, 6, 30)), st.sampled_from(["day", "month", "year", "about"]))
def test_the_ends_of_a_vague_decision_agree_with_trying_each_day(day: date, form: str) -> None:
    """Compared with a naive computation that takes each day of the interval with the limit for that day."""
    written = {"day": f"{day}", "month": f"{day:%Y-%m}", "year": f"{day:%Y}", "about": f"{day}~"}[form]
    when = UncertainDate.parse(written)
    change = date(2022, 2, 1)
    rule = TimeRule("", (Limit(6, decided_before=change), Limit(4, decided_from=change)))
    days = [when.earliest + timedelta(days=n) for n in range((when.latest - when.earliest).days + 1)]
    ends = [add_months(each, 6 if each < change else 4) for each in days]
    got = limits_of(rule, Step(CaseFacts(), 0, 0, Remedy(decided=when)))
    assert got.safe == (min(ends), max(ends))


def test_the_order_of_acceptances_changes_nothing() -> None:
    assert compared(acceptances=EVERYTHING) == compared(acceptances=EVERYTHING[::-1])
