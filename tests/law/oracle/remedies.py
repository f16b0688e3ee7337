"""The remedies of each victim of a claim, in order, and what is known of each."""

from datetime import date
from typing import Any

from tests.law.oracle.days import span

Remedy = dict[str, Any]
PROCEDURAL_DEFAULTS = ("inadmissible_late", "inadmissible_form")
NEVER_FINAL = ("withdrawn", "settled")
STAGES_OUTSIDE_EXHAUSTION = ("EXTRA", "OMBUDS_NHRI", "REGIONAL")
INSTANCES = ("COURT_1", "APPEAL", "CASSATION")
"""Stages at which a remedy is an instance, whatever it is called."""
NO_EXCEPTIONS = (None, "missed", "not_tried")
"""What may be recorded as the reason for a remedy not used, and is no exception."""


def victims_of(claim: dict[str, Any], facts: dict[str, Any]) -> list[str | None]:
    """The victims of a claim; a single None where there is none, so that the claim still has an answer."""
    ids = claim.get("victims")
    if ids is None:
        ids = [each["id"] for each in facts.get("victims") or []]
    return list(ids) or [None]


def remedies_of(claim: dict[str, Any], victim: str | None) -> list[Remedy]:
    """The remedies that concern a victim, in the order of the list, but each before any that was certainly decided later."""
    ordered: list[Remedy] = []
    for each in claim.get("remedies") or []:
        if victim is None or each.get("victims") is None or victim in each["victims"]:
            later = [place for place, other in enumerate(ordered) if is_certainly_later(other, each)]
            ordered.insert(later[0] if later else len(ordered), each)
    return ordered


def is_certainly_later(one: Remedy, other: Remedy) -> bool:
    if not one.get("decided") or not other.get("decided"):
        return False
    return span(one["decided"])[0] > span(other["decided"])[1]


def is_ordinary(remedy: Remedy) -> bool:
    """Whether the remedy is recorded as ordinary, and not as one that could not repair the violation."""
    return remedy.get("kind") == "ordinary" and remedy.get("could_repair") is not False


def is_possibly_ordinary(remedy: Remedy) -> bool:
    """Whether it is ordinary, or may be because its kind is not recorded."""
    return remedy.get("kind") in ("ordinary", None) and remedy.get("could_repair") is not False


def is_not_ordinary(remedy: Remedy) -> bool:
    return remedy.get("kind") in ("extraordinary", "discretionary")


def decision_awaited(remedy: Remedy, on: date) -> str:
    """Whether the decision has not been taken yet on a day: `yes`, `maybe`, `no`."""
    if remedy.get("outcome") == "pending":
        return "yes"
    if not remedy.get("decided"):
        return "no"
    first, last = span(remedy["decided"])
    return "yes" if first > on else "maybe" if last > on else "no"


def is_next_step_taken(remedy: Remedy, remedies: list[Remedy]) -> bool:
    """Whether the next step after a remedy was taken: one of its stage follows or, for free text, any ordinary one."""
    step = remedy.get("next_step") or ""
    later = remedies[[each is remedy for each in remedies].index(True) + 1 :]
    if step.isupper():
        return any(each.get("stage") == step for each in later)
    return any(each.get("kind") == "ordinary" for each in later)


def next_step_left(remedy: Remedy, claim: dict[str, Any], remedies: list[Remedy], on: date) -> bool:
    """Whether a decided remedy has a next step that was neither taken nor explained as not used."""
    step = remedy.get("next_step")
    if not step or decision_awaited(remedy, on) == "yes" or is_next_step_taken(remedy, remedies):
        return False
    return all(each.get("stage") != step for each in claim.get("remedies_not_used") or [])


def next_step_possibly_open(remedy: Remedy, claim: dict[str, Any], remedies: list[Remedy], on: date) -> bool:
    """Whether such a step may still be open."""
    if not next_step_left(remedy, claim, remedies, on):
        return False
    return not remedy.get("next_step_due") or span(remedy["next_step_due"])[1] >= on


def is_exception(unused: Remedy) -> bool:
    return unused.get("reason") not in NO_EXCEPTIONS


def is_documented_exception(unused: Remedy) -> bool:
    """Whether an exception is claimed, explained and documented: proof of what nobody explains shows nothing."""
    return is_exception(unused) and bool(unused.get("explanation")) and bool(unused.get("documented"))


def without_suspensive_effect(remedy: Remedy, claim: dict[str, Any]) -> list[Remedy]:
    """What is recorded on why an ordinary remedy that was used need not be awaited."""
    return [
        each
        for each in claim.get("remedies_not_used") or []
        if is_ordinary(remedy)
        and remedy.get("stage")
        and each.get("stage") == remedy.get("stage")
        and each.get("reason") == "no_suspensive_effect"
    ]


def is_constitutional_lost_for_form(remedy: Remedy, remedies: list[Remedy], on: date) -> bool:
    """Whether an ordinary constitutional remedy was lost for its form after an ordinary court had decided."""
    if not is_ordinary(remedy) or (remedy.get("stage"), remedy.get("outcome")) != ("CONST", "inadmissible_form"):
        return False
    before = remedies[: [each is remedy for each in remedies].index(True)]
    return decision_awaited(remedy, on) != "yes" and any(
        each.get("outcome") not in (*PROCEDURAL_DEFAULTS, *NEVER_FINAL)
        for each in before
        if is_ordinary(each) and decision_awaited(each, on) != "yes"
    )


def replaced(remedies: list[Remedy], one: Remedy, **changes: Any) -> list[Remedy]:
    """The same remedies, with another supposition about one of them."""
    return [{**each, **changes} if each is one else each for each in remedies]
