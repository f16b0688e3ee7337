"""Time limits of routes: start, last day, and the effect of vague dates."""

from datetime import date
from typing import Any

import pytest

from tests.law.building import document
from tests.law.routes.comparing import accepts, asked, compared, decided

DAY = date.fromisoformat


def ecthr(facts: dict[str, Any], on: str) -> Any:
    return compared(facts, on, accepts("ECHR"))["ECTHR"]


@pytest.mark.parametrize(
    ("decision", "safe"),
    [
        ("2022-01-31", "2022-07-31"),
        ("2022-02-01", "2022-06-01"),
        ("2021-08-31", "2022-02-28"),
        ("2021-10-31", "2022-04-30"),
        ("2022-01", "2022-07-01"),
        ("2022-02", "2022-06-01"),
        ("2022-01-31~", "2022-06-01"),
        ("2022", "2022-06-01"),
        ("2021-12", "2022-06-01"),
    ],
)
def test_six_months_until_february_2022_and_four_from_then(decision: str, safe: str) -> None:
    assert ecthr(decided(decision), "2022-02-10").safe_until == DAY(safe)


@pytest.mark.parametrize(
    ("decision", "on", "expected"),
    [
        ("2022-01-31", "2022-07-31", "open"),
        ("2022-01-31", "2022-08-01", "closed"),
        ("2022-02-01", "2022-06-01", "open"),
        ("2022-02-01", "2022-06-02", "closed"),
        ("2022-01-31~", "2022-06-01", "open"),
        ("2022-01-31~", "2022-06-02", "unknown"),
        ("2022-01-31~", "2022-07-31", "unknown"),
        ("2022-01-31~", "2022-08-01", "closed"),
        ("2022", "2023-04-30", "unknown"),
        ("2022", "2023-05-01", "closed"),
    ],
)
def test_a_vague_decision_around_the_change_is_decided_only_when_all_its_days_agree(
    decision: str, on: str, expected: str
) -> None:
    assert ecthr(decided(decision), on).status == expected


def test_the_day_of_the_decision_not_of_notification_selects_the_limit() -> None:
    route = ecthr(decided("2022-01-20", "2022-02-10"), "2022-03-01")
    assert (route.safe_until, route.arguable_until) == (DAY("2022-07-20"), DAY("2022-08-10"))


@pytest.mark.parametrize(
    ("code", "treaty", "safe"),
    [
        ("CERD", "CERD-14", "2018-04-04"), ("IACHR", "ACHR", "2018-04-04"), ("CRC", "OPIC", "2018-10-04"),
        ("CCPR", "OP-ICCPR", "2022-10-04"), ("ECTHR", "ECHR", "2018-04-04"),
        ("CEDAW", "OP-CEDAW", None), ("CRPD", "OP-CRPD", None), ("CAT", "CAT-22", None), ("ACHPR", "ACHPR", None),
    ],
)  # fmt: skip
def test_months_of_each_mechanism(code: str, treaty: str, safe: str | None) -> None:
    route = compared(decided("2017-10-04"), acceptances=accepts(treaty))[code]
    assert route.safe_until == (DAY(safe) if safe else None)


def test_safe_from_the_earlier_and_arguable_from_the_notification() -> None:
    facts = decided("2017-10-04", "2017-11-01")
    open_, between, late = (
        compared(facts, on, accepts("ACHR"))["IACHR"] for on in ("2018-04-04", "2018-04-05", "2018-05-02")
    )
    assert (open_.status, open_.safe_until, open_.arguable_until) == ("open", DAY("2018-04-04"), DAY("2018-05-01"))
    assert (between.status, between.last_day, between.days_left) == ("needs_lawyer", DAY("2018-05-01"), 26)
    assert (late.status, late.closed_since) == ("closed", DAY("2018-05-02"))


def test_a_reason_for_lateness_counts_where_the_text_provides_for_one() -> None:
    facts = {**decided("2017-10-04"), "lateness_reason": "in hospital"}
    routes = compared(facts, "2019-01-01")
    assert routes["CRC"].status == "needs_lawyer"
    assert "/lateness_reason" in routes["CRC"].facts
    assert routes["ECTHR"].status == "closed"


def test_lateness_before_the_human_rights_committee_may_be_abuse_and_never_closes() -> None:
    assert compared(decided("2017-10-04"), "2022-10-04")["CCPR"].status == "open"
    late = compared(decided("2017-10-04"), "2030-01-01")["CCPR"]
    assert late.status == "needs_lawyer"
    assert any("abuse" in question for question in asked(late))


def test_the_human_rights_committee_also_counts_from_another_procedure() -> None:
    other = {
        "body": "ECTHR", "same_persons": True, "same_facts": True, "same_rights": True, "status": "examined",
        "from": "2018-01-01", "until": "2018-06-01",
    }  # fmt: skip
    route = compared({**decided("2017-10-04"), "other_procedures": [other]}, "2019-01-01")["CCPR"]
    assert (route.safe_until, route.arguable_until) == (DAY("2021-06-01"), DAY("2022-10-04"))


def test_an_awaited_decision_starts_no_limit() -> None:
    route = ecthr(decided("2018-06-01"), "2018-01-15")
    assert (route.status, route.last_day) == ("open", None)


def test_without_a_decision_the_last_day_is_not_known() -> None:
    facts = document()
    facts["claims"][0]["remedies"][0]["decided"] = None
    assert ecthr(facts, "2018-01-15").status == "unknown"


def test_a_possibly_open_next_step_makes_an_expired_limit_unknown() -> None:
    facts = decided("2017-10-04")
    facts["claims"][0]["remedies"][0]["next_step"] = "CASSATION"
    assert ecthr(facts, "2018-09-01").status == "unknown"


def test_victims_with_different_remedies_get_the_earlier_day() -> None:
    facts = decided("2017-10-04")
    first = facts["claims"][0]["remedies"][0]
    facts["claims"][0]["victims"] = ["v1", "v2"]
    facts["claims"][0]["remedies"] = [
        {**first, "victims": ["v1"]},
        {**first, "decided": "2017-12-04", "victims": ["v2"]},
    ]
    assert ecthr(facts, "2018-01-15").last_day == DAY("2018-04-04")


def test_a_reasonable_time_has_no_day_and_a_question() -> None:
    route = compared({**decided("2017-10-04"), "state": "KE"}, acceptances=accepts("ACHPR", state="KE"))["ACHPR"]
    assert (route.status, route.last_day) == ("needs_lawyer", None)
    assert "Is the time that has passed still reasonable?" in asked(route)
