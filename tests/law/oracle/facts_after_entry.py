"""Article 3(2)(b): facts before and after entry into force."""

from datetime import date
from itertools import product
from typing import Any

from tests.law.oracle.combining import all_agree, worst
from tests.law.oracle.days import days_to_try, span
from tests.law.oracle.remedies import (
    NEVER_FINAL,
    PROCEDURAL_DEFAULTS,
    Remedy,
    next_step_possibly_open,
    remedies_of,
)
from tests.law.oracle.states import register

AWAITED = "awaited"
"""Stands for an act before entry into force on which a decision that could repair it is still awaited."""
BEST_FIRST = ("arguable:admissible", "arguable:open", AWAITED, "unknown")


def facts_after_entry(claim: dict[str, Any], state: str | None, on: date, *, every: bool = False) -> str:
    bound = register().get(state or "")
    acts = claim.get("acts")
    if bound is None or not acts:
        return "unknown"
    return all_agree(
        _together([_act(act, bound, later, every=every) for act in acts])
        for later in _later_decision(claim, bound, on, every=every)
    )


def _together(answers: list[str]) -> str:
    """Not met only if every act came before; earlier acts together with later ones are background, which is arguable.

    So are earlier acts on which a decision is awaited; without later acts it is not decided what they are.
    """
    before = ("not_met:never", AWAITED)
    if "unknown" in answers:
        return "unknown"
    if all(answer in before for answer in answers):
        return "unknown" if AWAITED in answers else "not_met:never"
    background = "arguable:admissible" if any(answer in before for answer in answers) else "met"
    return worst([background, *(answer for answer in answers if answer not in before)])


def _act(act: dict[str, Any], bound: date, later: str, *, every: bool) -> str:
    critical = [bound]
    starts = days_to_try(span(act["from"]), critical, every=every) if act.get("from") else [None]
    ends = days_to_try(span(act["until"]), critical, every=every) if act.get("until") else [None]
    days = [(start, end) for start, end in product(starts, ends) if not (start and end and end < start)]
    answers = {_act_on(start, end, act, bound, later) for start, end in days}
    if AWAITED in answers:
        return AWAITED if len(answers) == 1 else "unknown"
    return all_agree(answers)


def _act_on(start: date | None, end: date | None, act: dict[str, Any], bound: date, later: str) -> str:
    if start and start >= bound:
        return "met"
    continuing = act.get("continuing")
    if end and end < bound:
        return "unknown" if continuing else later
    if not start:
        return "unknown"
    if end:
        return "arguable:admissible"
    return "arguable:admissible" if continuing and act.get("continuing_reason") else "unknown"


def _later_decision(claim: dict[str, Any], bound: date, on: date, *, every: bool) -> set[str]:
    """The possible answers for acts before entry into force: a later decision that could have repaired them helps most."""
    if claim.get("remedies") is None:
        return {"unknown"}
    remedies = [
        each
        for each in remedies_of(claim, None)
        if each.get("could_repair") is not False and each.get("outcome") not in NEVER_FINAL
    ]
    possible = [_decision(each, bound, on, every=every) for each in remedies]
    # A step that nobody has taken is no review that is pending.
    possible += [{"unknown"} for each in remedies if next_step_possibly_open(each, claim, remedies_of(claim, None), on)]
    return {
        next((answer for answer in BEST_FIRST if answer in answers), "not_met:never") for answers in product(*possible)
    }


def _decision(remedy: Remedy, bound: date, on: date, *, every: bool) -> set[str]:
    """The possible answers for the days of a decision; several only where it may be awaited on the day."""
    if remedy.get("outcome") == "pending":
        return {_awaited(remedy)}
    if not remedy.get("decided"):
        return {"unknown"}
    saves = "arguable:admissible" if remedy.get("kind") in ("ordinary", "extraordinary") else "arguable:open"
    if remedy.get("outcome") in PROCEDURAL_DEFAULTS:
        saves = "arguable:open"
    if remedy.get("could_repair") is None:
        saves = "unknown"
    tried = days_to_try(span(remedy["decided"]), [bound, on], every=every)
    answers = {_awaited(remedy) if day > on else saves if day >= bound else "not_met:never" for day in tried}
    return answers if AWAITED in answers else {all_agree(answers)}


def _awaited(remedy: Remedy) -> str:
    return AWAITED if remedy.get("could_repair") else "unknown"
