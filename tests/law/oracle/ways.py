"""Which remedies each victim of a claim went through, and in which order."""

from datetime import date
from typing import Any

from tests.law.oracle.days import span

Remedy = dict[str, Any]
LOST = ("inadmissible_late", "inadmissible_form")
BESIDE_THE_LADDER = ("EXTRA", "OMBUDS_NHRI", "REGIONAL")


def victims_of(claim: dict[str, Any], facts: dict[str, Any]) -> list[str | None]:
    """The victims of a claim; one nobody where there is none, so that the claim is still answered."""
    ids = claim.get("victims")
    if ids is None:
        ids = [each["id"] for each in facts.get("victims") or []]
    return list(ids) or [None]


def remedies_of(claim: dict[str, Any], victim: str | None) -> list[Remedy]:
    """The remedies that concern a victim, in their order.

    Each stands after those listed before it, but before any that was certainly decided later.
    """
    ordered: list[Remedy] = []
    for each in claim.get("remedies") or []:
        if victim is None or each.get("victims") is None or victim in each["victims"]:
            later = [place for place, other in enumerate(ordered) if certainly_later(other, each)]
            ordered.insert(later[0] if later else len(ordered), each)
    return ordered


def certainly_later(one: Remedy, other: Remedy) -> bool:
    if not one.get("decided") or not other.get("decided"):
        return False
    return span(one["decided"])[0] > span(other["decided"])[1]


def counts(remedy: Remedy) -> bool:
    """Whether the remedy is one that has to be used."""
    return remedy.get("kind") == "ordinary" and remedy.get("could_repair") is not False


def may_count(remedy: Remedy) -> bool:
    """The same, where a kind that is not recorded may be ordinary."""
    return remedy.get("kind") in ("ordinary", None) and remedy.get("could_repair") is not False


def extraordinary(remedy: Remedy) -> bool:
    return remedy.get("kind") in ("extraordinary", "discretionary")


def awaited(remedy: Remedy, on: date) -> str:
    """Whether the decision is still to come on a day: `yes`, `maybe`, `no`."""
    if remedy.get("outcome") == "pending":
        return "yes"
    if not remedy.get("decided"):
        return "no"
    first, last = span(remedy["decided"])
    return "yes" if first > on else "maybe" if last > on else "no"


def taken(remedy: Remedy, remedies: list[Remedy]) -> bool:
    """Whether the next step after a remedy was taken: one of that stage, or for words any ordinary one, follows."""
    step = remedy.get("next_step") or ""
    later = remedies[[each is remedy for each in remedies].index(True) + 1 :]
    if step.isupper():
        return any(each.get("stage") == step for each in later)
    return any(each.get("kind") == "ordinary" for each in later)


def step_left(remedy: Remedy, claim: dict[str, Any], remedies: list[Remedy], on: date) -> bool:
    """Whether a decided remedy has a next step that was neither taken nor explained as not used."""
    step = remedy.get("next_step")
    if not step or awaited(remedy, on) == "yes" or taken(remedy, remedies):
        return False
    return all(each.get("stage") != step for each in claim.get("remedies_not_used") or [])


def step_may_be_open(remedy: Remedy, claim: dict[str, Any], remedies: list[Remedy], on: date) -> bool:
    """Whether such a step can perhaps still be taken."""
    if not step_left(remedy, claim, remedies, on):
        return False
    return not remedy.get("next_step_due") or span(remedy["next_step_due"])[1] >= on
