"""The status of every mechanism, and what decides it."""

from datetime import date
from typing import Any

import pytest

from caseflow.law.routes import Acceptance, shortest_clock
from caseflow.law.sentences import write, write_each
from tests.law.building import claim, document, remedy, unused
from tests.law.routes.comparing import ALL, EVERYTHING, MECHANISMS, accepts, asked, compared, decided, reasons

BY_TREATY = [code for code, row in MECHANISMS.rows.items() if row.acceptance.any_of and not row.not_in_force]
UNION = document(claim(rights=["UNION"], articles=["8"]))
EDU = document(claim(rights=["EDU"], articles=["13"]))
WITHOUT = {"open_to": None}


def status(code: str, *args: Any, **kwargs: Any) -> str:
    return compared(*args, **kwargs)[code].status


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        ("CESCR", document(), "open"),
        ("CESCR_INQ", document(), "not_available"),
        ("CESCR_INQ", document(state="PT"), "needs_lawyer"),
        ("CCPR", document(), "open"),
        ("CCPR", document(claim(rights=["WATER"])), "needs_lawyer"),
        ("CEDAW", document(), "needs_lawyer"),
        ("CEDAW", document(claim(rights=["GENDER", "WORK"])), "open"),
        ("CRPD", document(), "needs_lawyer"),
        ("CRC", document(), "needs_lawyer"),
        ("CERD", document(), "needs_lawyer"),
        ("CAT", document(), "needs_lawyer"),
        ("CED", document(), "needs_lawyer"),
        ("CMW", document(), "not_available"),
        ("UN_SP", document(), "open"),
        ("HRC_CP", document(), "needs_lawyer"),
        ("UNESCO_CR", document(), "not_available"),
        ("UNESCO_CR", EDU, "needs_lawyer"),
        ("IACHR", document(), "open"),
        ("ACHPR", document(), "needs_lawyer"),
        ("AFCHPR", EDU, "needs_lawyer"),
        ("ACERWC", document(), "needs_lawyer"),
        ("ECTHR", document(), "open"),
        ("ECTHR", document(claim(rights=["FOOD"])), "needs_lawyer"),
        ("ECSR", document(), "needs_lawyer"),
        ("ILO_CFA", document(), "not_available"),
        ("ILO_CFA", UNION, "needs_lawyer"),
        ("ILO_REP", document(), "needs_lawyer"),
        ("ILO_COMP", document(), "needs_lawyer"),
        ("WB_IP", document(), "needs_lawyer"),
        ("OECD_NCP", document(), "needs_lawyer"),
    ],
)
def test_status_when_the_state_accepted_everything(code: str, facts: dict[str, Any], expected: str) -> None:
    assert status(code, facts) == expected


@pytest.mark.parametrize("code", BY_TREATY)
def test_an_acceptance_not_loaded_is_unknown_and_no_refusal(code: str) -> None:
    state = {"IACHR": "EC", "ACHPR": "KE", "AFCHPR": "KE", "ACERWC": "KE"}.get(code, "ES")
    facts = {**(UNION if code == "ILO_CFA" else EDU), "state": state}
    route = compared(facts, acceptances=[])[code]
    assert route.status == "unknown"
    assert any("An administrator can load it" in sentence for sentence in reasons(route))
    assert any(question.startswith("Did ") for question in asked(route))


@pytest.mark.parametrize("code", BY_TREATY)
def test_a_loaded_refusal_makes_the_route_unavailable(code: str) -> None:
    route = compared(EDU, acceptances=accepts(*ALL, is_accepted=False, in_force_on=None))[code]
    assert route.status == ("needs_lawyer" if code == "OECD_NCP" else "not_available")


@pytest.mark.parametrize("code", BY_TREATY)
def test_a_route_that_opens_later_says_from_when(code: str) -> None:
    route = compared(UNION, acceptances=accepts(*ALL, in_force_on=date(2020, 1, 1)))[code]
    assert (route.status, route.open_from) in {("not_available", date(2020, 1, 1)), ("not_available", None)}
    assert route.last_day is None


def test_states_outside_the_region_cannot_accept_a_regional_treaty() -> None:
    routes = compared(acceptances=[])
    assert {code for code in ("IACHR", "ACHPR", "AFCHPR", "ACERWC") if routes[code].status == "not_available"} == {
        "IACHR", "ACHPR", "AFCHPR", "ACERWC",
    }  # fmt: skip
    assert "Only member States" in reasons(routes["ACHPR"])[0]
    assert routes["ECTHR"].status == "unknown"


@pytest.mark.parametrize(("on", "expected"), [("2018-01-14", "open"), ("2018-01-15", "closed")])
def test_an_acceptance_that_ended(on: str, expected: str) -> None:
    assert status("CCPR", on=on, acceptances=accepts("OP-ICCPR", ended_on=date(2018, 1, 15))) == expected


def test_acts_before_a_state_left_the_european_convention_still_count() -> None:
    assert status("ECTHR", acceptances=accepts("ECHR", ended_on=date(2018, 1, 1))) == "needs_lawyer"
    assert status("ECTHR", acceptances=accepts("ECHR", ended_on=date(2017, 3, 1))) == "closed"


def test_a_member_of_the_oas_is_heard_through_the_declaration() -> None:
    route = compared(document(state="EC"), acceptances=accepts("OAS", state="EC"))["IACHR"]
    assert route.status == "open"
    assert any("American Declaration" in sentence for sentence in reasons(route))
    refused = [*accepts("ACHR", state="EC", is_accepted=False, in_force_on=None)]
    assert status("IACHR", document(state="EC"), acceptances=refused) == "unknown"


def test_the_african_court_needs_protocol_and_declaration() -> None:
    facts = {**EDU, "state": "KE"}
    assert status("AFCHPR", facts, acceptances=accepts("ACHPR-COURT", state="KE")) == "unknown"
    refused = [*accepts("ACHPR-COURT", state="KE"), *accepts("ACHPR-34-6", state="KE", is_accepted=False)]
    assert status("AFCHPR", facts, acceptances=refused) == "not_available"


@pytest.mark.parametrize(
    ("state", "expected"),
    [("ES", "not_available"), ("US", "not_available"), ("XX", "unknown"), ("PT", "needs_lawyer"), (None, "unknown")],
)
def test_the_inquiry_needs_an_opt_in_that_is_known(state: str | None, expected: str) -> None:
    assert status("CESCR_INQ", document(state=state), on="2026-01-01") == expected


def test_an_unknown_opt_in_is_no_refusal() -> None:
    from caseflow.law import load_register  # noqa: PLC0415 - only here

    code = next(row.iso2 for row in load_register().states.values() if row.inquiry == "unknown" and row.bound_from)
    assert status("CESCR_INQ", document(state=code), on="2026-11-23") == "unknown"


@pytest.mark.parametrize(
    ("state", "on", "expected"),
    [("ES", "2018-01-15", "open"), ("ES", "2019-06-01", "closed"), ("US", "2018-01-15", "not_available"),
     ("XX", "2018-01-15", "unknown"), ("FI", "2014-04-29", "not_available")],
)  # fmt: skip
def test_the_route_to_the_committee_follows_the_findings(state: str, on: str, expected: str) -> None:
    assert status("CESCR", document(decided("2017-10-04", "2017-10-04")["claims"][0], state=state), on=on) == expected


def test_the_days_of_the_route_to_the_committee_are_those_of_its_clock() -> None:
    route = compared(decided("2017-10-04", "2017-10-20"))["CESCR"]
    assert (route.safe_until, route.arguable_until, route.days_left) == (date(2018, 10, 4), date(2018, 10, 20), 262)
    late = compared(decided("2017-10-04", "2017-10-20"), on="2018-10-21")["CESCR"]
    assert (late.status, late.closed_since, late.last_day) == ("closed", date(2018, 10, 21), None)
    between = compared(decided("2017-10-04", "2017-10-20"), on="2018-10-10")["CESCR"]
    assert (between.status, between.last_day) == ("needs_lawyer", date(2018, 10, 20))


def test_without_claims_only_routes_without_requirements_are_open() -> None:
    routes = compared(document(claims=[]))
    assert routes["UN_SP"].status == "open"
    assert routes["CCPR"].status == "unknown"
    assert reasons(routes["ECTHR"])[0] == "No claim is recorded yet."


def test_domestic_remedies_come_first_where_required() -> None:
    facts = document(claim(remedies=[remedy(decided=None, outcome="pending")]))
    routes = compared(facts)
    assert (routes["CCPR"].status, routes["CCPR"].last_day) == ("open", None)
    assert reasons(routes["CCPR"])[0].startswith("Domestic remedies come first.")
    assert "pending" in reasons(routes["CESCR"])[0]
    assert "Domestic remedies need not be exhausted first." in reasons(routes["UN_SP"])


def test_arguable_or_failed_exhaustion_needs_a_lawyer_on_other_routes() -> None:
    arguable = document(claim(remedies_not_used=[unused()]))
    lost = document(claim(remedies=[remedy(outcome="inadmissible_late")]))
    assert status("ECTHR", arguable) == "needs_lawyer"
    assert status("ECTHR", lost) == "needs_lawyer"
    assert status("CESCR", lost) == "closed"


def test_the_best_claim_decides_and_the_earliest_of_its_days_is_given() -> None:
    facts = document(
        claim(id="old", remedies=[remedy(decided="2016-01-10")]),
        claim(id="second", remedies=[remedy(decided="2017-11-10")]),
        claim(id="third", remedies=[remedy(decided="2017-10-10")]),
    )
    route = compared(facts)["ECTHR"]
    assert (route.status, route.last_day) == ("open", date(2018, 4, 10))
    assert not any("Claim old" in sentence for sentence in reasons(route))


def test_acts_that_ended_before_the_state_was_bound_need_a_lawyer() -> None:
    route = compared(acceptances=accepts("OP-ICCPR", in_force_on=date(2017, 6, 1)))["CCPR"]
    assert route.status == "needs_lawyer"
    assert any("All acts were over before 1 June 2017" in sentence for sentence in reasons(route))


def test_the_shortest_clock_is_the_nearest_day_of_an_open_route() -> None:
    routes = tuple(compared().values())
    shortest = shortest_clock(routes)
    assert shortest is not None
    assert (shortest.code, shortest.last_day) == ("IACHR", date(2018, 4, 4))
    also = shortest_clock(routes, frozenset({"open", "needs_lawyer"}))
    assert also is not None
    assert also.last_day == date(2018, 4, 4)
    assert shortest_clock(tuple(compared(acceptances=[]).values())).code == "CESCR"  # type: ignore[union-attr]  # fails if none
    assert shortest_clock(()) is None


def test_reasons_have_facts_and_sources() -> None:
    route = compared()["ECTHR"]
    assert "/claims/0/remedies/0/decided" in route.facts
    assert any("Protocol 15" in source for source in write_each(route.sources))


@pytest.mark.parametrize(
    ("code", "facts", "rows", "short"),
    [
        (
            "CEDAW",
            document(),
            EVERYTHING,
            "Is a victim a woman or a girl, and is discrimination against women claimed?",
        ),
        ("ECTHR", document(), [], "Did Spain accept it (European Convention on Human Rights), and from which day?"),
        ("ECTHR", document(), accepts("ECHR", is_accepted=False), "The State has not accepted it"),
        ("ILO_CFA", document(), EVERYTHING, "Does not hear this right"),
        ("ACHPR", document(), [], "Only for member States of the African Union"),
        ("CEDAW", document(claims=[]), EVERYTHING, "What is claimed?"),
        ("CESCR", document(claims=[]), EVERYTHING, "No claim is recorded."),
        ("ECTHR", decided("2017-01-10"), EVERYTHING, "The time limit ran out"),
        ("UN_SP", document(), EVERYTHING, "No acceptance by the State is needed."),
    ],
)
def test_each_route_says_in_short_what_decides_or_is_asked(
    code: str, facts: dict[str, Any], rows: list[Acceptance], short: str
) -> None:
    assert write(compared(facts, acceptances=rows)[code].short) == short


def test_a_row_checked_long_ago_says_so() -> None:
    old = [Acceptance("ECHR", "ES", is_accepted=True, in_force_on=date(1979, 10, 4), checked_on=date(2015, 1, 1))]
    assert any("check it again" in sentence for sentence in reasons(compared(acceptances=old)["ECTHR"]))
    assert not any("check it again" in sentence for sentence in reasons(compared(acceptances=EVERYTHING)["ECTHR"]))
