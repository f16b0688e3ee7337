"""Clear disadvantage: stated, replaced by general importance, or neither."""

import pytest

from tests.law.building import answer, claim, document, found, of_rule


@pytest.mark.parametrize(
    ("disadvantage", "importance", "expected"),
    [
        ("lost the home", None, "met"),
        ("lost the home", "a question for thousands", "met"),
        (None, "a question for thousands", "arguable:open"),
        (" ", "a question for thousands", "arguable:open"),
        (None, None, "unknown"),
        ("", " ", "unknown"),
    ],
)
def test_a_disadvantage_is_stated_or_general_importance_or_neither(
    disadvantage: str | None, importance: str | None, expected: str
) -> None:
    facts = document(claim(disadvantage=disadvantage, general_importance=importance))
    assert answer("clear-disadvantage", facts) == expected


def test_each_claim_is_assessed_alone_and_a_gap_makes_the_case_incomplete() -> None:
    facts = document(claim(), claim(id="two", disadvantage=None))
    assert [(each.claim, each.result) for each in of_rule(found(facts), "clear-disadvantage")] == [
        ("home", "met"),
        ("two", "unknown"),
    ]
    assert found(facts).outlook == "incomplete"
    assert answer("clear-disadvantage", document(claims=None)) == "unknown"
