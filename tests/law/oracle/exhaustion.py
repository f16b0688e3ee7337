"""Article 3(1): was everything tried at home that had to be tried?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.law.oracle.answers import all_agree, worst
from tests.law.oracle.days import days_of, span
from tests.law.oracle.ways import (
    BESIDE_THE_LADDER,
    LOST,
    Remedy,
    awaited,
    counts,
    extraordinary,
    may_count,
    step_left,
)

GIVEN_UP = (*LOST, "withdrawn")


def exhaustion(claim: dict[str, Any], remedies: list[Remedy], on: date, *, every: bool = False) -> str:
    ordinary = [each for each in remedies if counts(each)]
    answers = [
        *_nothing_ordinary(claim, remedies),
        *(_ordinary(each, claim, ordinary, on) for each in ordinary),
        *(_beside(each, on) for each in remedies if extraordinary(each)),
        *("unknown" for each in remedies if may_count(each) and each.get("kind") is None),
        *(_next_step(each, claim, on, every=every) for each in ordinary if step_left(each, claim, remedies, on)),
        *(_unused(each, remedies, on, every=every) for each in claim.get("remedies_not_used") or []),
    ]
    if "not_met:in_time" not in answers and ordinary and awaited(ordinary[-1], on) == "no":
        answers.append(_raised([each.get("raised_right") for each in ordinary]))
    return worst(answers)


def _nothing_ordinary(claim: dict[str, Any], remedies: list[Remedy]) -> Iterator[str]:
    """Without an ordinary remedy, used or excused, a lawyer must look at the others; without any, nothing is known."""
    unused = claim.get("remedies_not_used") or []
    if claim.get("remedies") is None:
        yield "unknown"
    elif not any(may_count(each) for each in remedies) and not any(has_to_be_used(each) for each in unused):
        yield "arguable:open" if unused or any(extraordinary(each) for each in remedies) else "unknown"


def _ordinary(remedy: Remedy, claim: dict[str, Any], ordinary: list[Remedy], on: date) -> str:
    outcome = remedy.get("outcome")
    later = ordinary[[each is remedy for each in ordinary].index(True) + 1 :]
    waits = awaited(remedy, on)
    if waits == "yes":
        return prolonged(claim) or "not_met:in_time"
    if waits == "maybe" and not later:
        return "unknown"
    if outcome in GIVEN_UP:
        return _given_up(remedy, claim, later)
    return "met" if later else _last(remedy, claim)


def _last(remedy: Remedy, claim: dict[str, Any]) -> str:
    """The last ordinary remedy has to have ended in a decision, and the decision has to have come to nothing."""
    outcome, unused = remedy.get("outcome"), claim.get("remedies_not_used") or []
    if outcome == "no_reply" and not remedy.get("decided"):
        return prolonged(claim) or "unknown"
    if outcome is None or not remedy.get("decided"):
        return "unknown"
    if outcome == "settled":
        return "arguable:inadmissible"
    if outcome == "not_enforced" and remedy.get("stage") != "ENFORCE":
        return "met" if any(each.get("stage") == "ENFORCE" for each in unused) else "arguable:open"
    return "met"


def prolonged(claim: dict[str, Any]) -> str | None:
    """What the exception for delay gives, where it is claimed."""
    delay = claim.get("delay") or {}
    if not delay.get("claimed"):
        return None
    if not delay.get("explanation"):
        return "unknown"
    return "arguable:open" if delay.get("since") else "arguable:inadmissible"


def _given_up(remedy: Remedy, claim: dict[str, Any], later: list[Remedy]) -> str:
    """Lost or withdrawn: mended by the same stage used again, in doubt where a later one dealt with the matter."""
    if any(each.get("stage") == remedy.get("stage") for each in claim.get("remedies_not_used") or []):
        return "met"
    heard = [each for each in later if each.get("outcome") not in GIVEN_UP]
    known = [each for each in heard if each.get("outcome")]
    if any(each.get("stage") == remedy.get("stage") for each in known):
        return "met"
    if known:
        return "arguable:open"
    return "unknown" if heard else "not_met:never"


def _beside(remedy: Remedy, on: date) -> str:
    waits = awaited(remedy, on)
    if waits == "maybe":
        return "unknown"
    return "met" if waits == "no" else _pleaded(remedy.get("stage"))


def _pleaded(stage: str | None) -> str:
    return "arguable:open" if stage == "CONST" else "arguable:admissible"


def _next_step(remedy: Remedy, claim: dict[str, Any], on: date, *, every: bool) -> str:
    if remedy.get("next_step") in BESIDE_THE_LADDER:
        return "arguable:admissible"
    still_open = prolonged(claim) or "not_met:in_time"
    if not remedy.get("next_step_due"):
        return still_open
    days = days_of(span(remedy["next_step_due"]), [on], every=every)
    return all_agree("not_met:never" if due < on else still_open for due in days)


def has_to_be_used(unused: dict[str, Any]) -> bool:
    """Whether a remedy not used is one that had to be, unless there is an exception."""
    kind = unused.get("kind")
    return kind == "ordinary" or (kind is None and unused.get("stage") not in BESIDE_THE_LADDER)


def _unused(unused: dict[str, Any], remedies: list[Remedy], on: date, *, every: bool) -> str:
    reason = unused.get("reason")
    if not has_to_be_used(unused):
        return _pleaded(unused.get("stage"))
    if reason == "missed":
        return "not_met:never"
    if reason == "not_tried":
        return _not_tried(unused.get("stage"), remedies, on, every=every)
    if reason is None or not unused.get("explanation"):
        return "unknown"
    return "arguable:admissible" if unused.get("documented") else "arguable:inadmissible"


def _not_tried(stage: str | None, remedies: list[Remedy], on: date, *, every: bool) -> str:
    """Open still, unless a remedy that leads to it says that its last day has certainly passed."""
    dues = [each["next_step_due"] for each in remedies if each.get("next_step") == stage and each.get("next_step_due")]
    for due in dues if stage else []:
        if all(day < on for day in days_of(span(due), [on], every=every)):
            return "not_met:never"
    return "not_met:in_time"


def _raised(raised: list[bool | None]) -> str:
    """The right has to be raised to the last instance."""
    if raised[-1] is None:
        return "unknown"
    if raised[-1]:
        return "met"
    if True in raised:
        return "arguable:open"
    return "unknown" if None in raised else "not_met:never"
