"""Article 3(1): exhaustion of domestic remedies."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.law.oracle.combining import all_agree, best, worst
from tests.law.oracle.days import days_to_try, span
from tests.law.oracle.remedies import (
    INSTANCES,
    PROCEDURAL_DEFAULTS,
    STAGES_OUTSIDE_EXHAUSTION,
    Remedy,
    decision_awaited,
    is_constitutional_lost_for_form,
    is_documented_exception,
    is_not_ordinary,
    is_ordinary,
    is_possibly_ordinary,
    next_step_left,
    replaced,
    without_suspensive_effect,
)

GIVEN_UP = (*PROCEDURAL_DEFAULTS, "withdrawn")


def exhaustion(claim: dict[str, Any], remedies: list[Remedy], on: date, *, every: bool = False) -> str:
    ordinary = [each for each in remedies if is_ordinary(each)]
    last = ordinary[-1] if ordinary else None
    if last and decision_awaited(last, on) == "maybe" and without_suspensive_effect(last, claim):
        supposed = ({"outcome": "pending"}, {"decided": on.isoformat()})
        return all_agree(exhaustion(claim, replaced(remedies, last, **each), on, every=every) for each in supposed)
    answers = [
        *_nothing_ordinary(claim, remedies),
        *(_ordinary(each, claim, ordinary, on) for each in ordinary),
        *(_beside(each, on) for each in remedies if is_not_ordinary(each)),
        *("unknown" for each in remedies if is_possibly_ordinary(each) and each.get("kind") is None),
        *(_next_step(each, claim, on, every=every) for each in ordinary if next_step_left(each, claim, remedies, on)),
        *(_unused(each, remedies, on, every=every) for each in _never_used(claim, ordinary, on)),
    ]
    if "not_met:in_time" not in answers and ordinary and decision_awaited(ordinary[-1], on) == "no":
        answers.append(_raised([each.get("raised_right") for each in ordinary]))
    return worst(answers)


def _never_used(claim: dict[str, Any], ordinary: list[Remedy], on: date) -> Iterator[Remedy]:
    """What is recorded of remedies not used, but for what says that a remedy awaited need not be: that was used."""
    awaited = [each for each in ordinary if decision_awaited(each, on) == "yes"]
    spoken_for = [id(said) for each in awaited for said in without_suspensive_effect(each, claim)]
    return (each for each in claim.get("remedies_not_used") or [] if id(each) not in spoken_for)


def _nothing_ordinary(claim: dict[str, Any], remedies: list[Remedy]) -> Iterator[str]:
    """Without an ordinary remedy, used or excused, the others are arguable; without any remedy the answer is unknown."""
    unused = claim.get("remedies_not_used") or []
    if claim.get("remedies") is None:
        yield "unknown"
    elif not any(is_possibly_ordinary(each) for each in remedies) and not any(has_to_be_used(each) for each in unused):
        yield "arguable:open" if unused or any(is_not_ordinary(each) for each in remedies) else "unknown"


def _ordinary(remedy: Remedy, claim: dict[str, Any], ordinary: list[Remedy], on: date) -> str:
    outcome = remedy.get("outcome")
    later = ordinary[[each is remedy for each in ordinary].index(True) + 1 :]
    is_awaited = decision_awaited(remedy, on)
    if is_awaited == "yes":
        return _need_not_be_awaited(remedy, claim) or prolonged(claim) or "not_met:in_time"
    if is_awaited == "maybe" and not later:
        return "unknown"
    if is_constitutional_lost_for_form(remedy, ordinary, on):
        return best([_given_up(remedy, claim, later), _lost_for_form(claim)])
    if outcome in GIVEN_UP:
        return _given_up(remedy, claim, later)
    return "met" if later else _last(remedy, claim)


def _last(remedy: Remedy, claim: dict[str, Any]) -> str:
    """The answer for the last ordinary remedy, which has to have ended in a decision that did not repair the violation."""
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


def _need_not_be_awaited(remedy: Remedy, claim: dict[str, Any]) -> str | None:
    """The answer where the facts say that a remedy does not suspend the act; None where they do not."""
    reasons = without_suspensive_effect(remedy, claim)
    return best(_excepted(each) for each in reasons) if reasons else None


def _lost_for_form(claim: dict[str, Any]) -> str:
    """A constitutional remedy refused for its form still exhausted, more surely if it is shown why the form was not kept."""
    unused = claim.get("remedies_not_used") or []
    if any(each.get("stage") == "EXTRA" and is_documented_exception(each) for each in unused):
        return "arguable:admissible"
    return "arguable:open"


def prolonged(claim: dict[str, Any]) -> str | None:
    """The answer under the exception for unreasonable delay; None where it is not claimed."""
    delay = claim.get("delay") or {}
    if not delay.get("claimed"):
        return None
    if not delay.get("explanation"):
        return "unknown"
    return "arguable:open" if delay.get("since") else "arguable:inadmissible"


def _given_up(remedy: Remedy, claim: dict[str, Any], later: list[Remedy]) -> str:
    """Lost or withdrawn: met if the same stage was used again, arguable if a later one dealt with the matter."""
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
    is_awaited = decision_awaited(remedy, on)
    if is_awaited == "maybe":
        return "unknown"
    if is_awaited == "no":
        return "met"
    return "arguable:open" if remedy.get("stage") in ("CONST", *INSTANCES) else "arguable:admissible"


def _next_step(remedy: Remedy, claim: dict[str, Any], on: date, *, every: bool) -> str:
    if remedy.get("next_step") in STAGES_OUTSIDE_EXHAUSTION:
        return "arguable:admissible"
    still_open = prolonged(claim) or "not_met:in_time"
    if not remedy.get("next_step_due"):
        return still_open
    days = days_to_try(span(remedy["next_step_due"]), [on], every=every)
    return all_agree("not_met:never" if due < on else still_open for due in days)


def has_to_be_used(unused: dict[str, Any]) -> bool:
    """Whether a remedy that was not used has to be used, exceptions apart."""
    kind = unused.get("kind")
    return kind == "ordinary" or (kind is None and unused.get("stage") not in STAGES_OUTSIDE_EXHAUSTION)


def _unused(unused: dict[str, Any], remedies: list[Remedy], on: date, *, every: bool) -> str:
    reason = unused.get("reason")
    if not has_to_be_used(unused):
        return _not_ordinary_unused(unused)
    if reason == "missed":
        return "not_met:never"
    if reason == "not_tried":
        return _not_tried(unused.get("stage"), remedies, on, every=every)
    return _excepted(unused)


def _excepted(unused: Remedy) -> str:
    """The answer under an exception that is claimed for a remedy."""
    if unused.get("reason") is None or not unused.get("explanation"):
        return "unknown"
    return "arguable:admissible" if unused.get("documented") else "arguable:inadmissible"


def _not_ordinary_unused(unused: Remedy) -> str:
    """An instance has to be used whatever it is called; others need not, and a constitutional one is disputed."""
    if is_documented_exception(unused):
        return "arguable:admissible"
    if unused.get("stage") in INSTANCES:
        return "arguable:inadmissible"
    return "arguable:open" if unused.get("stage") == "CONST" else "arguable:admissible"


def _not_tried(stage: str | None, remedies: list[Remedy], on: date, *, every: bool) -> str:
    """Still open, unless a remedy that leads to it records that its last day has certainly passed."""
    dues = [each["next_step_due"] for each in remedies if each.get("next_step") == stage and each.get("next_step_due")]
    for due in dues if stage else []:
        if all(day < on for day in days_to_try(span(due), [on], every=every)):
            return "not_met:never"
    return "not_met:in_time"


def _raised(raised: list[bool | None]) -> str:
    """The right has to be raised in the last instance too."""
    if raised[-1] is None:
        return "unknown"
    if raised[-1]:
        return "met"
    if True in raised:
        return "arguable:open"
    return "unknown" if None in raised else "not_met:never"
