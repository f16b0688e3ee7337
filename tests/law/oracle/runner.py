"""Compares engine and oracle on many documents from one seed."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.law.oracle.compare import compare, differences
from tests.law.oracle.generator import DocumentGenerator
from tests.law.oracle.shrink import shrink


@dataclass
class Outcome:
    """How many documents were compared, refused as invalid, and answered differently; and reports on the first of these."""

    compared: int = 0
    refused: int = 0
    differing: int = 0
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often each rule gave each answer."""
    shown: list[str] = field(default_factory=list)


def run(seed: str, count: int, *, every: bool = False, show: int = 3) -> Outcome:
    """Compare engine and oracle on a number of documents."""
    generator, outcome = DocumentGenerator(seed), Outcome()
    for _ in range(count):
        facts, on = generator.document()
        comparison = compare(facts, on, every=every)
        if comparison is None:
            outcome.refused += 1
            continue
        outcome.compared += 1
        outcome.answers.update((rule, answer) for (rule, _, _), answer in comparison.findings.items())
        if comparison.differences:
            outcome.differing += 1
            if len(outcome.shown) < show:
                outcome.shown.append(report(facts, on, every=every))
    return outcome


def report(facts: dict[str, Any], on: date, *, every: bool) -> str:
    """A shrunk document that still differs, and the answers that differ."""
    smallest = shrink(facts, lambda less: bool(differences(less, on, every=every)))
    lines = differences(smallest, on, every=every)
    return "\n".join([f"on {on}:", json.dumps(smallest, indent=1), *lines])
