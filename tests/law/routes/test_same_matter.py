"""Which routes a filing bars, and which a recorded procedure bars already."""

from typing import Any

import pytest

from caseflow.law.routes.same_matter import blocks
from tests.law.building import document
from tests.law.routes.comparing import MECHANISMS, asked, compared


def other(body: str, status: str, **changes: Any) -> dict[str, Any]:
    return {
        "body": body, "same_persons": True, "same_facts": True, "same_rights": True, "status": status, "from": None,
        "until": None, **changes,
    }  # fmt: skip


def of(first: str, then: str) -> tuple[str, str]:
    found = [(each.while_pending, each.after_examination) for each in blocks(first, MECHANISMS) if each.bars == then]
    return found[0] if found else ("no", "no")


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("ECTHR", "CESCR", ("bars", "bars")),
        ("CESCR", "ECTHR", ("bars", "bars")),
        ("CESCR", "CCPR", ("bars", "no")),
        ("CCPR", "CESCR", ("bars", "bars")),
        ("CESCR", "CERD", ("weighed", "weighed")),
        ("CESCR", "CED", ("bars", "no")),
        ("CCPR", "ACHPR", ("weighed", "bars")),
        ("UN_SP", "CESCR", ("no", "no")),
        ("CESCR", "UN_SP", ("no", "no")),
        ("UN_SP", "HRC_CP", ("bars", "weighed")),
        ("ECSR", "CESCR", ("no", "no")),
        ("ILO_CFA", "CESCR", ("no", "no")),
        ("UNESCO_CR", "CESCR", ("weighed", "weighed")),
        ("CESCR_INQ", "CEDAW", ("no", "no")),
        ("CESCR", "CESCR", ("no", "no")),
    ],
)
def test_which_filing_bars_which(first: str, then: str, expected: tuple[str, str]) -> None:
    assert of(first, then) == expected


@pytest.mark.parametrize(
    ("body", "status", "code", "expected"),
    [
        ("ECTHR", "pending", "CESCR", "closed"),
        ("ECTHR", "pending", "CCPR", "closed"),
        ("ECTHR", "examined", "CCPR", "open"),
        ("ECTHR", "examined", "IACHR", "closed"),
        ("ECTHR", "pending", "ECTHR", "closed"),
        ("ECTHR", "rejected_unexamined", "IACHR", "needs_lawyer"),
        ("ECTHR", "rejected_unexamined", "CCPR", "open"),
        ("ECTHR", "withdrawn", "IACHR", "needs_lawyer"),
        ("ECTHR", "general_situation", "IACHR", "open"),
        ("ECTHR", None, "IACHR", "unknown"),
        ("CCPR", "examined", "CCPR", "needs_lawyer"),
        ("UN_SP", "pending", "CCPR", "open"),
        ("UN_SP", "pending", "UN_SP", "open"),
        ("ECSR", "pending", "IACHR", "needs_lawyer"),
        (None, "pending", "IACHR", "needs_lawyer"),
        ("CCPR", "pending", "UN_SP", "open"),
    ],
)
def test_recorded_procedures_bar_a_route(body: str | None, status: str | None, code: str, expected: str) -> None:
    facts = document(other_procedures=[other(body, status)])  # type: ignore[arg-type]  # a body that is not known
    route = compared(facts)[code]
    assert route.status == expected
    assert (body in route.barred_by) == (expected != "open" and body is not None and code != "CESCR")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"same_persons": False, "same_facts": False}, "open"),
        ({"same_rights": False}, "needs_lawyer"),
        ({"same_facts": None}, "unknown"),
        ({"from": "2019-01-01"}, "open"),
    ],
)
def test_effect_of_the_sameness_of_the_matter(changes: dict[str, Any], expected: str) -> None:
    assert compared(document(other_procedures=[other("ECTHR", "pending", **changes)]))["IACHR"].status == expected


def test_a_communication_to_the_committee_bars_elsewhere() -> None:
    earlier = {
        "number": "1/2016", "filed": "2016-01-01", "status": "examined", "same_persons": True, "same_facts": True,
        "same_rights": True, "anything_new": False,
    }  # fmt: skip
    routes = compared(document(earlier_communications=[earlier]))
    assert (routes["ECTHR"].status, routes["ECTHR"].barred_by) == ("closed", ("CESCR",))


def test_a_barred_route_says_since_when() -> None:
    facts = document(other_procedures=[other("ECTHR", "examined", **{"from": "2017-01-01", "until": "2017-11-30"})])
    assert str(compared(facts)["IACHR"].closed_since) == "2017-11-30"
    pending = document(other_procedures=[other("ECTHR", "pending", **{"from": "2017-11-01"})])
    assert str(compared(pending)["CCPR"].closed_since) == "2017-11-01"


def test_unrecorded_other_procedures_give_a_question() -> None:
    route = compared(document(other_procedures=None))["IACHR"]
    assert route.status == "open"
    assert any("Record it, or that there was none" in question for question in asked(route))
