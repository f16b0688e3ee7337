"""Compares engine and oracle on one document."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from caseflow.law import Findings, InvalidFacts, assess, load_register, read_facts
from tests.law.oracle.answer import Answer, Place, answer
from tests.law.oracle.clocks import Clock
from tests.law.oracle.remedies import victims_of


@dataclass(frozen=True)
class Comparison:
    """The findings of the engine, and lines that say where the oracle answers differently."""

    findings: dict[Place, str]
    differences: list[str]


def differences(facts: dict[str, Any], on: date, *, every: bool = False) -> list[str]:
    """Return the lines of a comparison; none where the document is refused as invalid."""
    comparison = compare(facts, on, every=every)
    return comparison.differences if comparison else []


def compare(facts: dict[str, Any], on: date, *, every: bool = False) -> Comparison | None:
    """Compare the answers to a document; None where it is refused as invalid."""
    try:
        read = read_facts(facts)
    except InvalidFacts:
        return None
    engine = as_answer(assess(read, on, load_register()), facts)
    oracle = answer(facts, on, every=every)
    lines = [
        f"{place}: engine {engine.findings.get(place)}, oracle {oracle.findings.get(place)}"
        for place in sorted(engine.findings.keys() | oracle.findings.keys(), key=str)
        if engine.findings.get(place) != oracle.findings.get(place)
    ]
    for place in sorted(engine.clocks.keys() | oracle.clocks.keys(), key=str):
        one, other = engine.clocks.get(place, []), oracle.clocks.get(place, [])
        if one != other:
            lines.append(f"clocks {place}:")
            lines += [f"  engine {each}" for each in one if each not in other]
            lines += [f"  oracle {each}" for each in other if each not in one]
    if engine.outlook != oracle.outlook:
        lines.append(f"outlook: engine {engine.outlook}, oracle {oracle.outlook}")
    return Comparison(engine.findings, lines)


def as_answer(found: Findings, facts: dict[str, Any]) -> Answer:
    """Return the engine's answer in the form of the oracle, with one finding and clock for each victim of a claim."""
    victims = {claim["id"]: victims_of(claim, facts) for claim in facts.get("claims") or []}
    everybody = [each["id"] for each in facts.get("victims") or []] or [None]
    findings: dict[Place, str] = {}
    clocks: dict[tuple[str | None, str | None], list[Clock]] = {}
    for each in found.findings:
        detail = each.favours or each.cure
        meant = victims[each.claim] if each.claim else everybody if each.rule == "consent" else [None]
        for victim in [each.victim] if each.victim else meant:
            findings[each.rule, each.claim, victim] = f"{each.result}:{detail}" if detail else each.result
    for clock in found.clocks:
        starts = clock.starts.edtf if clock.starts else None
        shown = Clock(clock.clock, clock.state, starts, clock.safe_until, clock.arguable_until, clock.days_left)
        for victim in [clock.victim] if clock.victim else victims.get(clock.claim or "", [None]):
            clocks.setdefault((clock.claim, victim), []).append(shown)
    return Answer(findings, {place: sorted(each, key=str) for place, each in clocks.items()}, found.outlook)
