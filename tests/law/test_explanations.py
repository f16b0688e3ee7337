"""Every rule and clock has an explanation, whose sources are those that its code cites."""

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from caseflow.law import RULES, RULES_OF_THE_PROTOCOL, explanations, objections, rules
from caseflow.law.clocks import CLOCKS
from caseflow.law.data import load_ruleset
from caseflow.law.engine import ASSESS_BY_RULE
from caseflow.law.explanations import PARTS_OF_A_CLOCK, PARTS_OF_A_RULE, UnknownName, explain, names
from caseflow.law.thresholds import Thresholds

FOLDER = Path(rules.__path__[0])
PART_OF = {"late": "one-year", "later_days": "one-year", "not_used": "exhaustion", "pending": "exhaustion"}
"""Modules that implement a part of a rule, by that rule."""
RULESET = load_ruleset()


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_all_parts(name: str) -> None:
    rule = explain(name)[0]
    assert tuple(rule.parts) == PARTS_OF_A_RULE
    assert all(text.endswith(".") and len(text) > 5 for text in rule.parts.values())
    assert rule.question.startswith("Whether ")
    assert rule.readings


@pytest.mark.parametrize("name", CLOCKS)
def test_every_clock_has_all_parts(name: str) -> None:
    clock = explain(name)[-1]
    assert (clock.kind, tuple(clock.parts)) == ("clock", PARTS_OF_A_CLOCK)
    assert all(text.endswith(".") for text in clock.parts.values())


def test_all_rules_of_the_protocol_are_explained() -> None:
    assert names()[: len(RULES)] == RULES_OF_THE_PROTOCOL
    assert set(RULESET["uses"]) == set(RULESET["citations"]) == set(names())


def cited(source: str) -> set[str]:
    """Return the keys of readings that a module names."""
    return {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and node.value in RULESET["readings"]
    }


def test_the_readings_of_a_rule_are_those_that_its_module_cites() -> None:
    found: dict[str, set[str]] = {name: set() for name in names()}
    modules = {assess.__module__.rpartition(".")[2]: name for name, assess in ASSESS_BY_RULE.items()} | PART_OF
    for path in FOLDER.glob("[a-z]*.py"):
        found[modules[path.stem]] |= cited(path.read_text(encoding="utf-8"))
    for name, readings in objections.READINGS.items():
        found[name] |= readings
    source = Path(objections.__file__).read_text(encoding="utf-8")
    assert set().union(*objections.READINGS.values()) == cited(source)
    assert {name: set(uses["readings"]) for name, uses in RULESET["uses"].items()} == found


def test_a_reading_in_code_is_found() -> None:
    assert cited('Opinion("met", "…", (), sources=("register",))') == {"register"}


def test_every_figure_and_every_reading_is_explained_somewhere() -> None:
    used = list(RULESET["uses"].values())
    assert {each.name for each in fields(Thresholds)} == {key for uses in used for key in uses["thresholds"]}
    assert set(RULESET["readings"]) == {key for uses in used for key in uses["readings"]}


def test_a_docstring_that_lacks_a_part_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    documented = FOLDER / "abuse.py"
    module = __import__("caseflow.law.rules.abuse", fromlist=["abuse"])
    assert "\nUnknown: " in documented.read_text(encoding="utf-8")
    monkeypatch.setattr(module, "__doc__", (module.__doc__ or "").replace("\nUnknown: ", "\n"))
    with pytest.raises(ValueError, match="docstring of abuse should have the parts"):
        explain("abuse")


def test_an_unknown_name_suggests_similar_ones() -> None:
    with pytest.raises(UnknownName) as unknown:
        explain("substantiated")
    assert unknown.value.nearest[0] == "substantiation"
    with pytest.raises(UnknownName) as unknown:
        explanations.explain("year")
    assert unknown.value.nearest == ("one-year",)
