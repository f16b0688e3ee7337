"""Articles 2 and 3(2)(g): victims, their consent, and the author."""

from datetime import date
from typing import Any

from tests.law.oracle.combining import all_agree, worst
from tests.law.oracle.remedies import Remedy, decision_awaited, is_ordinary, remedies_of, victims_of

SHORT = ("not_met:never", "not_met:before_filing")


def written_and_named(facts: dict[str, Any]) -> str:
    author = facts.get("author") or {}
    return worst(_needed(author.get(field), "not_met:before_filing") for field in ("named", "in_writing"))


def _needed(value: bool | None, otherwise: str) -> str:
    if value is None:
        return "unknown"
    return "met" if value else otherwise


def consent(victim: dict[str, Any]) -> str:
    given = victim.get("consent")
    if given in ("author", "signed"):
        return "met"
    if given == "justified" and victim.get("consent_reason"):
        return "arguable:open"
    return "not_met:before_filing" if given == "missing" else "unknown"


def victim_standing(claim: dict[str, Any], facts: dict[str, Any], on: date) -> dict[str | None, str]:
    """The answer for each victim of a claim; not met only where none of them may complain."""
    known = {each["id"]: each for each in facts.get("victims") or []}
    ids = victims_of(claim, facts)
    if ids == [None]:
        nobody_recorded = claim.get("victims") is None and facts.get("victims") is None
        return {None: "unknown" if nobody_recorded else "not_met:before_filing"}
    alone = {each: _alone(known[each], remedies_of(claim, each), on) for each in ids if each}
    if all(answer in SHORT for answer in alone.values()):
        mildest = "not_met:before_filing" if "not_met:before_filing" in alone.values() else "not_met:never"
        return dict.fromkeys(ids, mildest)
    return {each: "arguable:inadmissible" if answer in SHORT else answer for each, answer in alone.items()}


def _alone(victim: dict[str, Any], remedies: list[Remedy], on: date) -> str:
    """The answer for a victim regardless of the others."""
    return worst([
        _identified(victim),
        _needed(victim.get("within_jurisdiction"), "not_met:never"),
        _needed(victim.get("personally_affected"), "not_met:never"),
        _repaired(remedies, on),
    ])  # fmt: skip


def _identified(victim: dict[str, Any]) -> str:
    if victim.get("identified") is not False:
        return _needed(victim.get("identified"), "met")
    return {None: "unknown", "group": "arguable:open"}.get(victim.get("kind"), "not_met:before_filing")


def _repaired(remedies: list[Remedy], on: date) -> str:
    """Whether the claim was granted; where decisions may have come after the day, with the first of them taken as decided."""
    vague = [each for each in remedies if decision_awaited(each, on) == "maybe"]
    return all_agree(_repaired_by(remedies, vague[count:], on) for count in range(len(vague) + 1))


def _repaired_by(remedies: list[Remedy], still_awaited: list[Remedy], on: date) -> str:
    answer = "met"
    for each in remedies:
        outcome, counted = each.get("outcome"), each.get("could_repair") is not False
        waits = decision_awaited(each, on) == "yes" or any(each is other for other in still_awaited)
        if each.get("stage") == "ENFORCE":
            answer = "arguable:inadmissible" if outcome == "granted" and not waits else "met"
        elif waits or not counted or each.get("stage") in ("URGENT", "OMBUDS_NHRI"):
            continue
        elif outcome == "granted":
            answer = "arguable:inadmissible"
        elif outcome == "partly_granted":
            answer = "arguable:admissible"
        elif outcome == "not_enforced" or (outcome == "dismissed" and is_ordinary(each)):
            answer = "met"
    return answer
