"""Communications that the Committee decided, and illustrations: the engine must give the expected answers."""

import json
from pathlib import Path

import pytest

from caseflow.law import RULES, assess, decode, load_register, read_facts
from tests.law.building import short
from tests.law.decided import PAGE, page

EXAMPLES = Path(__file__).parent / "examples"
NAMES = sorted(path.name for path in (EXAMPLES / "facts").iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_agrees_with_the_committee(name: str) -> None:
    facts = read_facts(decode((EXAMPLES / "facts" / name).read_bytes()))
    expected = json.loads((EXAMPLES / "expect" / name).read_text())
    assert facts.on is not None
    got = assess(facts, facts.on, load_register())
    for rule, allowed in expected["expect"].items():
        if rule in RULES:
            results = [finding for finding in got.findings if finding.rule == rule]
            assert any(short(each) in allowed or each.result in allowed for each in results), rule
    assert got.outlook == (expected["outlook"] or got.outlook)
    for wanted in expected["clocks"]:
        assert any(wanted.items() <= clock.to_document().items() for clock in got.clocks), wanted


def test_the_table_of_decided_communications_is_generated_from_the_examples() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Generate it again: python -m tests.law.decided"


def test_every_example_has_its_expectation() -> None:
    assert sorted(path.name for path in (EXAMPLES / "expect").iterdir()) == NAMES
    assert len(NAMES) >= 11
