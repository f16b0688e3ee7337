"""Article 3(2)(a): one year from the final decision."""

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from tests.law.oracle.answers import all_agree
from tests.law.oracle.days import a_year_before, days_of, span, year_after
from tests.law.oracle.exhaustion import BESIDE_THE_LADDER, has_to_be_used
from tests.law.oracle.ways import LOST, Remedy, awaited, counts, extraordinary, may_count, step_may_be_open

NEVER_FINAL = ("withdrawn", "settled")
World = tuple[date | None, date | None, date | None]
"""The days of the decision, of its notification, and of the extraordinary remedy."""


@dataclass(frozen=True)
class Year:
    """What of a victim's way the year depends on."""

    last: Remedy | None
    """The final decision in an ordinary remedy."""
    extra: Remedy | None
    """The last extraordinary remedy that was decided later, or may have been."""
    extra_awaited: Remedy | None
    extra_undated: Remedy | None
    waits: bool
    """Is the decision in an ordinary remedy still to come?"""
    unknown_kind: bool
    """Would the final decision be another one if the remedies whose kind is not recorded were ordinary?"""
    may_wait: list[Remedy]
    """The remedies whose decision may come only after the day."""
    may_be_open: bool
    """May a next ordinary step still be open, so that the last decision may not be the final one?"""

    def worlds(self, on: date, *, every: bool) -> list[World]:
        """Every combination of days that the vague dates leave open; nobody is told of what is not yet decided."""
        turning = [on, *a_year_before(on)]
        both: list[tuple[date | None, date | None]] = [(None, None)]
        if self.last and self.last.get("decided"):
            turning += [*span(self.last["decided"]), *span(self.last.get("notified") or self.last["decided"])]
            told = days_of(span(self.last["notified"]), turning, every=every) if self.last.get("notified") else [None]
            both = list(product(days_of(span(self.last["decided"]), turning, every=every), told))
            both = [(day, when) for day, when in both if when is None or day is None or when >= day] or both
        return [(day, when, other) for (day, when), other in product(both, self._others(turning, every=every))]

    def _others(self, turning: list[date], *, every: bool) -> list[date] | list[None]:
        if not self.extra:
            return [None]
        decided = days_of(span(self.extra["decided"]), turning, every=every)
        if not self.extra.get("notified"):
            return decided
        told = days_of(span(self.extra["notified"]), turning, every=every)
        return sorted({max(pair) for pair in product(decided, told)})


def read_year(claim: dict[str, Any], remedies: list[Remedy], on: date) -> Year:
    ordinary = [each for each in remedies if counts(each)]
    perhaps = [each for each in remedies if may_count(each)]
    last, waits = final_decision(ordinary), _waits(ordinary, on)
    extra = [each for each in remedies if extraordinary(each) and each.get("outcome") not in (*LOST, *NEVER_FINAL)]
    decided = [each for each in extra if each.get("decided") and awaited(each, on) != "yes"]
    return Year(
        last=last,
        extra=decided[-1] if decided and not _no_later(decided[-1], last) else None,
        extra_awaited=next((each for each in extra if awaited(each, on) == "yes"), None),
        extra_undated=next((each for each in extra if not each.get("decided") and awaited(each, on) == "no"), None),
        waits=waits,
        unknown_kind=not waits and (final_decision(perhaps) is not last or _waits(perhaps, on)),
        may_wait=[each for place, each in enumerate(perhaps) if _may_wait(each, perhaps[place + 1 :], on)],
        may_be_open=any(
            step_may_be_open(each, claim, remedies, on) and each["next_step"] not in BESIDE_THE_LADDER
            for each in perhaps
        ),
    )


def final_decision(ordinary: list[Remedy]) -> Remedy | None:
    """The last ordinary decision; one lost by lateness or form only where there is no other."""
    final = [each for each in ordinary if each.get("outcome") not in (*NEVER_FINAL, "pending")]
    kept = [each for each in final if each.get("outcome") not in LOST] or final
    return kept[-1] if kept else None


def _waits(ordinary: list[Remedy], on: date) -> bool:
    return any(awaited(each, on) == "yes" for each in ordinary)


def _may_wait(remedy: Remedy, later: list[Remedy], on: date) -> bool:
    """Where the list says that a decision came after this one, and that was taken by the day, so was this one."""
    over = (each for each in later if counts(each) and each.get("decided") and awaited(each, on) == "no")
    return awaited(remedy, on) == "maybe" and not any(over)


def _no_later(extra: Remedy, last: Remedy | None) -> bool:
    if last is None or not last.get("decided"):
        return False
    return span(extra["decided"])[1] <= span(last["decided"])[0]


def one_year(
    claim: dict[str, Any], remedies: list[Remedy], on: date, reason: str | None, *, every: bool = False
) -> str:
    year = read_year(claim, remedies, on)
    late_delay = bool((claim.get("delay") or {}).get("claimed"))
    if year.waits:
        return "arguable:open" if late_delay else "met"
    if year.unknown_kind:
        return "unknown"
    exception = any(
        has_to_be_used(each) and each.get("reason") not in (None, "missed", "not_tried")
        for each in claim.get("remedies_not_used") or []
    )
    waiting = {
        "unknown" if each.get("kind") is None else "arguable:open" if late_delay else "met" for each in year.may_wait
    }
    if year.last is None and year.extra is None:
        return all_agree({"arguable:open" if exception else "unknown", *waiting})
    if year.last and not year.last.get("decided"):
        return "arguable:open" if year.last.get("outcome") == "no_reply" and late_delay else "unknown"
    worlds = year.worlds(on, every=every)
    return all_agree({*waiting, *(_on(on, world, year, reason, exception=exception) for world in worlds)})


def _on(on: date, world: World, year: Year, reason: str | None, *, exception: bool) -> str:
    decided, told, other = world
    if decided and on <= year_after(min(decided, told or decided)):
        return "arguable:admissible" if exception else "met"
    if told and on <= year_after(told):
        return "arguable:admissible"
    if other and on <= year_after(other):
        return _pleaded(year.extra)
    if year.extra_awaited:
        return _pleaded(year.extra_awaited)
    if year.extra_undated or (decided and year.may_be_open):
        return "unknown"
    if reason or (year.last or year.extra or {}).get("outcome") == "not_enforced":
        return "arguable:open"
    return "not_met:never"


def _pleaded(extra: Remedy | None) -> str:
    return "arguable:open" if extra and extra.get("stage") == "CONST" else "arguable:inadmissible"
