"""The answer of the oracle: findings, clocks and outlook of a document on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.law.oracle.clocks import Clock, clocks
from tests.law.oracle.covenant_right import covenant_right
from tests.law.oracle.exhaustion import exhaustion
from tests.law.oracle.facts_after_entry import facts_after_entry
from tests.law.oracle.merits import clear_disadvantage, substantiation
from tests.law.oracle.persons import consent, victim_standing, written_and_named
from tests.law.oracle.procedures import abuse, same_matter
from tests.law.oracle.remedies import remedies_of, victims_of
from tests.law.oracle.states import state_party
from tests.law.oracle.year import one_year

Place = tuple[str, str | None, str | None]
"""Rule or clock, claim, victim."""
OF_A_CLAIM = (
    "victim-standing", "covenant-right", "facts-after-entry-into-force", "exhaustion", "one-year", "substantiation",
    "clear-disadvantage",
)  # fmt: skip
"""Rules that are assessed for each claim, and unknown where no claim is recorded."""


@dataclass(frozen=True)
class Answer:
    """What is compared: the findings and the clocks by place, and the outlook."""

    findings: dict[Place, str]
    clocks: dict[tuple[str | None, str | None], list[Clock]]
    outlook: str


def answer(facts: dict[str, Any], on: date, *, every: bool = False) -> Answer:
    findings: dict[Place, str] = {
        ("state-party", None, None): state_party(facts.get("state"), on),
        ("written-and-named", None, None): written_and_named(facts),
        ("same-matter", None, None): same_matter(facts, on, every=every),
        ("abuse", None, None): abuse(facts, on, every=every),
    }
    for victim in facts.get("victims") or []:
        findings["consent", None, victim["id"]] = consent(victim)
    if not facts.get("victims"):
        findings["consent", None, None] = "unknown"
    for rule in [] if facts.get("claims") else OF_A_CLAIM:
        findings[rule, None, None] = "unknown"
    ticking: dict[tuple[str | None, str | None], list[Clock]] = {}
    for claim in facts.get("claims") or []:
        here, standing = claim["id"], victim_standing(claim, facts, on)
        for victim in victims_of(claim, facts):
            remedies = remedies_of(claim, victim)
            findings["victim-standing", here, victim] = standing[victim]
            findings["covenant-right", here, victim] = covenant_right(claim)
            findings["substantiation", here, victim] = substantiation(claim, on)
            findings["clear-disadvantage", here, victim] = clear_disadvantage(claim)
            own = claim if claim.get("remedies") is None else {**claim, "remedies": remedies}
            findings["facts-after-entry-into-force", here, victim] = facts_after_entry(
                own, facts.get("state"), on, every=every
            )
            findings["exhaustion", here, victim] = exhaustion(claim, remedies, on, every=every)
            findings["one-year", here, victim] = one_year(claim, remedies, facts, on, every=every)
            ticking[here, victim] = sorted(clocks(claim, remedies, facts, on, every=every), key=str)
    return Answer(findings, ticking, outlook(findings.values()))


def outlook(answers: Any) -> str:
    """The first outlook that applies."""
    given = set(answers)
    if "not_met:never" in given:
        return "barred"
    if "not_met:in_time" in given:
        return "premature"
    if "unknown" in given or "not_met:before_filing" in given:
        return "incomplete"
    return "arguable" if any(each.startswith("arguable") for each in given) else "clear"
