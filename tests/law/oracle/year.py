"""Article 3(2)(a): one year from the final decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from tests.law.oracle.combining import all_agree, best
from tests.law.oracle.days import a_year_before, days_to_try, span, year_after
from tests.law.oracle.exhaustion import has_to_be_used
from tests.law.oracle.later_days import (
    is_proved_known,
    later_remedies,
    later_steps,
    leaning,
    procedures_begun,
    readings,
)
from tests.law.oracle.remedies import (
    NEVER_FINAL,
    PROCEDURAL_DEFAULTS,
    STAGES_OUTSIDE_EXHAUSTION,
    Remedy,
    decision_awaited,
    is_exception,
    is_ordinary,
    is_possibly_ordinary,
    next_step_possibly_open,
    replaced,
    without_suspensive_effect,
)


@dataclass(frozen=True)
class Year:
    """What the year depends on, for the remedies of one victim."""

    last: Remedy | None
    """The final decision in an ordinary remedy."""
    starts: Remedy | None
    """The remedy that starts the year: the final decision or, without one, the last of the later remedies."""
    later: list[Remedy]
    """The remedies from which the year may be argued to run instead."""
    is_awaited: bool
    """Whether an ordinary remedy is not decided yet and has to be awaited."""
    rests_on_no_effect: bool
    """Whether one is not decided yet that need not be awaited."""
    unknown_kind: bool
    """Whether another decision would be the final one if remedies without a recorded kind were ordinary."""
    possibly_awaited: list[Remedy]
    """The remedies whose decision may come after the day."""
    step_possibly_open: bool
    """Whether a next ordinary step may still be open, so that the last decision may not be the final one."""
    steps: list[str]
    procedures: list[str]
    """Days that may prove that the decision which starts the year was known."""


@dataclass(frozen=True)
class Situation:
    """Exact days of the final decision and its notification, and what is true of the later remedies."""

    decided: date | None
    notified: date | None
    later: tuple[str, ...]
    is_known: bool
    """Whether notification, or the knowledge of the decision, is shown."""

    def is_safe(self, on: date) -> bool:
        return bool(self.decided) and on <= year_after(min(self._days()))

    def is_within_the_later_year(self, on: date) -> bool:
        return bool(self.decided) and on <= year_after(max(self._days()))

    def _days(self) -> list[date]:
        return [day for day in (self.decided, self.notified) if day]


def situations(year: Year, on: date, *, every: bool) -> Iterator[Situation]:
    """Everything that the vague dates allow; a notification comes before its decision only where it certainly did."""
    critical = [on, *a_year_before(on)]
    for decided, notified in _days_of(year.last, critical, every=every):
        of_later = [readings(each, decided, on, every=every) for each in year.later]
        is_known = _is_shown(year, decided, on)
        for later in product(*of_later):
            yield Situation(decided, notified, later, is_known)


def _days_of(last: Remedy | None, critical: list[date], *, every: bool) -> list[tuple[date | None, date | None]]:
    if last is None or not last.get("decided"):
        return [(None, None)]
    near = [*critical, *span(last["decided"]), *span(last.get("notified") or last["decided"])]
    decided = days_to_try(span(last["decided"]), near, every=every)
    if not last.get("notified"):
        return [(day, None) for day in decided]
    both = list(product(decided, days_to_try(span(last["notified"]), near, every=every)))
    return [(day, when) for day, when in both if when >= day] or list(both)


def _is_shown(year: Year, decided: date | None, on: date) -> bool:
    if year.starts is None or year.starts.get("notified"):
        return True
    return is_proved_known(decided or span(year.starts["decided"])[1], year.steps, year.procedures, on)


def read_year(claim: dict[str, Any], remedies: list[Remedy], facts: dict[str, Any], on: date) -> Year:
    without_effect = [
        each
        for each in remedies
        if is_ordinary(each) and decision_awaited(each, on) == "yes" and without_suspensive_effect(each, claim)
    ]
    counted = [each for each in remedies if not any(each is other for other in without_effect)]
    ordinary = [each for each in counted if is_ordinary(each)]
    perhaps = [each for each in counted if is_possibly_ordinary(each)]
    last = final_decision(ordinary, on)
    is_awaited = _is_awaited(ordinary, on) or (last is None and bool(without_effect))
    later = later_remedies(remedies, last, on)
    taken = [each for each in (last, *reversed(later)) if each and each.get("decided")]
    certain = [each for each in taken if each is last or decision_awaited(each, on) == "no"]
    starts = next((each for each in (*certain, *taken) if decision_awaited(each, on) != "yes"), None)
    return Year(
        last=last,
        starts=starts,
        later=later,
        is_awaited=is_awaited,
        rests_on_no_effect=bool(without_effect),
        unknown_kind=not is_awaited and (final_decision(perhaps, on) is not last or _is_awaited(perhaps, on)),
        possibly_awaited=[
            each for place, each in enumerate(perhaps) if _is_possibly_awaited(each, perhaps[place + 1 :], on)
        ],
        step_possibly_open=any(
            next_step_possibly_open(each, claim, remedies, on) and each["next_step"] not in STAGES_OUTSIDE_EXHAUSTION
            for each in perhaps
        ),
        steps=later_steps(starts, remedies) if starts else [],
        procedures=procedures_begun(facts),
    )


def final_decision(ordinary: list[Remedy], on: date) -> Remedy | None:
    """The last decided ordinary remedy; one lost by lateness or form only where there is no other."""
    decided = [each for each in ordinary if decision_awaited(each, on) != "yes"]
    final = [each for each in decided if each.get("outcome") not in NEVER_FINAL]
    kept = [each for each in final if each.get("outcome") not in PROCEDURAL_DEFAULTS] or final
    return kept[-1] if kept else None


def _is_awaited(ordinary: list[Remedy], on: date) -> bool:
    return any(decision_awaited(each, on) == "yes" for each in ordinary)


def _is_possibly_awaited(remedy: Remedy, later: list[Remedy], on: date) -> bool:
    """Whether a decision may come after the day. If one that is listed later was taken by the day, so was this one."""
    over = (each for each in later if is_ordinary(each) and each.get("decided") and decision_awaited(each, on) == "no")
    return decision_awaited(remedy, on) == "maybe" and not any(over)


def one_year(
    claim: dict[str, Any], remedies: list[Remedy], facts: dict[str, Any], on: date, *, every: bool = False
) -> str:
    year = read_year(claim, remedies, facts, on)
    while_awaited = "arguable:open" if (claim.get("delay") or {}).get("claimed") else "met"
    if year.is_awaited:
        return while_awaited
    if year.unknown_kind:
        return "unknown"
    waiting = set()
    for each in year.possibly_awaited:
        if each.get("kind") is None:
            waiting.add("unknown")
        elif without_suspensive_effect(each, claim):
            waiting.add(one_year(claim, replaced(remedies, each, outcome="pending"), facts, on, every=every))
        else:
            waiting.add(while_awaited)
    exception = _rests_on_an_exception(claim, remedies, on)
    if year.last is None and all(
        decision_awaited(each, on) == "yes" for each in year.later
    ):  # no final decision is recorded
        return all_agree({"arguable:open" if exception else "unknown", *waiting})
    if year.last and not year.last.get("decided"):
        return "arguable:open" if year.last.get("outcome") == "no_reply" and while_awaited != "met" else "unknown"
    reason = bool(facts.get("lateness_reason"))
    answers = {
        _answer(each, year, on, reason=reason, exception=exception) for each in situations(year, on, every=every)
    }
    return all_agree({*waiting, *answers})


def _rests_on_an_exception(claim: dict[str, Any], remedies: list[Remedy], on: date) -> bool:
    """Whether an ordinary remedy was not used for a reason; one that was used and need not be awaited is another thing."""
    awaited = [each.get("stage") for each in remedies if is_ordinary(each) and decision_awaited(each, on) != "no"]
    return any(
        has_to_be_used(each)
        and is_exception(each)
        and not (each["reason"] == "no_suspensive_effect" and each.get("stage") and each["stage"] in awaited)
        for each in claim.get("remedies_not_used") or []
    )


def _answer(situation: Situation, year: Year, on: date, *, reason: bool, exception: bool) -> str:
    if situation.is_safe(on):
        return "arguable:admissible" if exception else "met"
    if situation.is_within_the_later_year(on):
        return "arguable:admissible"
    late = "arguable:open" if reason or (year.starts or {}).get("outcome") == "not_enforced" else None
    open_ways = [
        leaning(remedy, on)
        for remedy, reading in zip(year.later, situation.later, strict=True)
        if reading in ("running", "awaited")
    ]
    if year.rests_on_no_effect:
        open_ways.append("arguable:open")
    if open_ways:
        return best([*open_ways, late] if late else open_ways)
    if "not known" in situation.later or (situation.decided and year.step_possibly_open):
        return "unknown"
    return late or ("not_met:never" if situation.is_known else "unknown")
