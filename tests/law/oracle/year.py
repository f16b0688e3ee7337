"""Article 3(2)(a): one year from the final decision."""

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from tests.law.oracle.combining import all_agree
from tests.law.oracle.days import a_year_before, days_to_try, span, year_after
from tests.law.oracle.exhaustion import STAGES_OUTSIDE_EXHAUSTION, has_to_be_used
from tests.law.oracle.remedies import (
    PROCEDURAL_DEFAULTS,
    Remedy,
    decision_awaited,
    is_not_ordinary,
    is_ordinary,
    is_possibly_ordinary,
    next_step_possibly_open,
)

NEVER_FINAL = ("withdrawn", "settled")
Days = tuple[date | None, date | None, date | None]
"""Exact days of the decision, of its notification, and of the extraordinary remedy."""


@dataclass(frozen=True)
class Year:
    """What the year depends on, for the remedies of one victim."""

    last: Remedy | None
    """The final decision in an ordinary remedy."""
    extra: Remedy | None
    """The last extraordinary remedy that was decided later, or may have been."""
    extra_awaited: Remedy | None
    extra_undated: Remedy | None
    is_awaited: bool
    """Whether an ordinary remedy is not decided yet."""
    unknown_kind: bool
    """Whether another decision would be the final one if remedies without a recorded kind were ordinary."""
    possibly_awaited: list[Remedy]
    """The remedies whose decision may come after the day."""
    step_possibly_open: bool
    """Whether a next ordinary step may still be open, so that the last decision may not be the final one."""

    def combinations(self, on: date, *, every: bool) -> list[Days]:
        """Every combination of days that the vague dates allow; a notification does not come before its decision."""
        critical = [on, *a_year_before(on)]
        both: list[tuple[date | None, date | None]] = [(None, None)]
        if self.last and self.last.get("decided"):
            critical += [*span(self.last["decided"]), *span(self.last.get("notified") or self.last["decided"])]
            notified = (
                days_to_try(span(self.last["notified"]), critical, every=every) if self.last.get("notified") else [None]
            )
            both = list(product(days_to_try(span(self.last["decided"]), critical, every=every), notified))
            both = [(day, when) for day, when in both if when is None or day is None or when >= day] or both
        return [(day, when, other) for (day, when), other in product(both, self._others(critical, every=every))]

    def _others(self, critical: list[date], *, every: bool) -> list[date] | list[None]:
        if not self.extra:
            return [None]
        decided = days_to_try(span(self.extra["decided"]), critical, every=every)
        if not self.extra.get("notified"):
            return decided
        notified = days_to_try(span(self.extra["notified"]), critical, every=every)
        return sorted({max(pair) for pair in product(decided, notified)})


def read_year(claim: dict[str, Any], remedies: list[Remedy], on: date) -> Year:
    ordinary = [each for each in remedies if is_ordinary(each)]
    perhaps = [each for each in remedies if is_possibly_ordinary(each)]
    last, is_awaited = final_decision(ordinary), _is_awaited(ordinary, on)
    extra = [
        each
        for each in remedies
        if is_not_ordinary(each) and each.get("outcome") not in (*PROCEDURAL_DEFAULTS, *NEVER_FINAL)
    ]
    decided = [each for each in extra if each.get("decided") and decision_awaited(each, on) != "yes"]
    return Year(
        last=last,
        extra=decided[-1] if decided and not _no_later(decided[-1], last) else None,
        extra_awaited=next((each for each in extra if decision_awaited(each, on) == "yes"), None),
        extra_undated=next(
            (each for each in extra if not each.get("decided") and decision_awaited(each, on) == "no"), None
        ),
        is_awaited=is_awaited,
        unknown_kind=not is_awaited and (final_decision(perhaps) is not last or _is_awaited(perhaps, on)),
        possibly_awaited=[
            each for place, each in enumerate(perhaps) if _is_possibly_awaited(each, perhaps[place + 1 :], on)
        ],
        step_possibly_open=any(
            next_step_possibly_open(each, claim, remedies, on) and each["next_step"] not in STAGES_OUTSIDE_EXHAUSTION
            for each in perhaps
        ),
    )


def final_decision(ordinary: list[Remedy]) -> Remedy | None:
    """The last decided ordinary remedy; one lost by lateness or form only where there is no other."""
    final = [each for each in ordinary if each.get("outcome") not in (*NEVER_FINAL, "pending")]
    kept = [each for each in final if each.get("outcome") not in PROCEDURAL_DEFAULTS] or final
    return kept[-1] if kept else None


def _is_awaited(ordinary: list[Remedy], on: date) -> bool:
    return any(decision_awaited(each, on) == "yes" for each in ordinary)


def _is_possibly_awaited(remedy: Remedy, later: list[Remedy], on: date) -> bool:
    """Whether a decision may come after the day. If one that is listed later was taken by the day, so was this one."""
    over = (each for each in later if is_ordinary(each) and each.get("decided") and decision_awaited(each, on) == "no")
    return decision_awaited(remedy, on) == "maybe" and not any(over)


def _no_later(extra: Remedy, last: Remedy | None) -> bool:
    if last is None or not last.get("decided"):
        return False
    return span(extra["decided"])[1] <= span(last["decided"])[0]


def one_year(
    claim: dict[str, Any], remedies: list[Remedy], on: date, reason: str | None, *, every: bool = False
) -> str:
    year = read_year(claim, remedies, on)
    late_delay = bool((claim.get("delay") or {}).get("claimed"))
    if year.is_awaited:
        return "arguable:open" if late_delay else "met"
    if year.unknown_kind:
        return "unknown"
    exception = any(
        has_to_be_used(each) and each.get("reason") not in (None, "missed", "not_tried")
        for each in claim.get("remedies_not_used") or []
    )
    waiting = {
        "unknown" if each.get("kind") is None else "arguable:open" if late_delay else "met"
        for each in year.possibly_awaited
    }
    if year.last is None and year.extra is None:
        return all_agree({"arguable:open" if exception else "unknown", *waiting})
    if year.last and not year.last.get("decided"):
        return "arguable:open" if year.last.get("outcome") == "no_reply" and late_delay else "unknown"
    combinations = year.combinations(on, every=every)
    return all_agree({*waiting, *(_on_days(on, days, year, reason, exception=exception) for days in combinations)})


def _on_days(on: date, days: Days, year: Year, reason: str | None, *, exception: bool) -> str:
    decided, notified, other = days
    if decided and on <= year_after(min(decided, notified or decided)):
        return "arguable:admissible" if exception else "met"
    if notified and on <= year_after(notified):
        return "arguable:admissible"
    if other and on <= year_after(other):
        return _leaning(year.extra)
    if year.extra_awaited:
        return _leaning(year.extra_awaited)
    if year.extra_undated or (decided and year.step_possibly_open):
        return "unknown"
    if reason or (year.last or year.extra or {}).get("outcome") == "not_enforced":
        return "arguable:open"
    return "not_met:never"


def _leaning(extra: Remedy | None) -> str:
    return "arguable:open" if extra and extra.get("stage") == "CONST" else "arguable:inadmissible"
