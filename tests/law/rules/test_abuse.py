"""Abuse, as far as case facts can show it: the same communication filed again."""

from typing import Any

import pytest

from caseflow.law.sentences import write
from tests.law.building import answer, document, found, of_rule

EARLIER = {
    "number": "12/2016", "filed": "2016-02-01", "status": "rejected_unexamined", "anything_new": False,
    "same_persons": True, "same_facts": True, "same_rights": True,
}  # fmt: skip


def filed(**changes: Any) -> dict[str, Any]:
    return document(earlier_communications=[{**EARLIER, **changes}])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "arguable:inadmissible"),
        ({"status": "withdrawn"}, "arguable:open"),
        ({"status": "pending"}, "arguable:inadmissible"),
        ({"status": None}, "arguable:inadmissible"),
        ({"anything_new": True}, "met"),
        ({"anything_new": True, "same_facts": None}, "met"),
        ({"anything_new": None}, "unknown"),
        ({"same_persons": False}, "met"),
        ({"same_rights": False, "same_facts": None, "anything_new": None}, "met"),
        ({"same_facts": None}, "unknown"),
        ({"filed": "2018-09-17"}, "arguable:inadmissible"),
        ({"filed": "2018-09-18"}, "met"),
        ({"filed": "2018"}, "unknown"),
        ({"filed": None}, "arguable:inadmissible"),
    ],
)
def test_filing_the_same_again_is_arguable_unless_something_is_new(changes: dict[str, Any], expected: str) -> None:
    assert answer("abuse", filed(**changes)) == expected


def test_no_earlier_communication_is_met_only_if_that_was_checked() -> None:
    assert answer("abuse", document()) == "met"
    assert answer("abuse", document(earlier_communications=None)) == "unknown"


def test_one_repetition_among_several_decides() -> None:
    facts = document(earlier_communications=[{**EARLIER, "anything_new": True}, EARLIER])
    (finding,) = of_rule(found(facts), "abuse")
    assert finding.favours == "inadmissible"
    assert all(path.startswith("/earlier_communications/1/") for path in finding.facts)
    assert write(finding.because) == (
        "The earlier communication 12/2016 to the Committee was on the same persons, facts and rights, and nothing is new."
    )


def test_a_missing_fact_is_named_with_its_field() -> None:
    (finding,) = of_rule(found(filed(same_facts=None, anything_new=None)), "abuse")
    assert finding.facts == ("/earlier_communications/0/same_facts", "/earlier_communications/0/anything_new")
    assert len(finding.settles) == 2
