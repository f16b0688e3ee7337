"""Remedies that may give a later day than the final ordinary decision, and steps that prove that it was known."""

from datetime import date
from itertools import product
from typing import Any

from tests.law.oracle.days import a_year_before, days_to_try, span, year_after
from tests.law.oracle.remedies import (
    NEVER_FINAL,
    PROCEDURAL_DEFAULTS,
    Remedy,
    decision_awaited,
    is_constitutional_lost_for_form,
    is_not_ordinary,
)


def later_remedies(remedies: list[Remedy], last: Remedy | None, on: date) -> list[Remedy]:
    """The remedies that follow the final ordinary decision and may be argued to start the year.

    They are extraordinary and discretionary ones that could repair the violation, and a constitutional one lost for its form.
    """
    return [
        each
        for each in remedies
        if (_is_used(each) or is_constitutional_lost_for_form(each, remedies, on))
        and (decision_awaited(each, on) == "yes" or follows(each, last, remedies))
    ]


def _is_used(remedy: Remedy) -> bool:
    return (
        is_not_ordinary(remedy)
        and remedy.get("could_repair") is not False
        and remedy.get("outcome") not in (*PROCEDURAL_DEFAULTS, *NEVER_FINAL)
    )


def follows(remedy: Remedy, last: Remedy | None, remedies: list[Remedy]) -> bool:
    return last is None or _place(remedy, remedies) > _place(last, remedies)


def _place(remedy: Remedy, remedies: list[Remedy]) -> int:
    return [each is remedy for each in remedies].index(True)


def leaning(remedy: Remedy, on: date) -> str:
    """The answer where the year runs, or does not run yet, from the decision of such a remedy."""
    if remedy.get("kind") == "discretionary":
        return "arguable:inadmissible"
    if remedy.get("kind") == "ordinary" or decision_awaited(remedy, on) == "yes":
        return "arguable:open"
    return "arguable:admissible" if remedy.get("could_repair") else "arguable:open"


def days_from_which_it_counts(remedy: Remedy, last: date | None, on: date, *, every: bool) -> set[date]:
    """The later of decision and notification, of the days of the decision that come after the final ordinary one."""
    critical = [on, *a_year_before(on), *([last] if last else [])]
    decided = days_to_try(span(remedy["decided"]), critical, every=every)
    counted = [day for day in decided if last is None or day >= last]
    if not remedy.get("notified"):
        return set(counted)
    notified = days_to_try(span(remedy["notified"]), critical, every=every)
    return {max(pair) for pair in product(counted, notified)}


def first_day_from_which_it_counts(remedy: Remedy, last: Remedy | None) -> date:
    texts = [text for text in (remedy["decided"], remedy.get("notified"), (last or {}).get("decided")) if text]
    return max(span(text)[0] for text in texts)


def readings(remedy: Remedy, last: date | None, on: date, *, every: bool) -> set[str]:
    """What may be true of such a remedy on a day: `awaited`, `not known`, or its year is `running` or `over`."""
    if decision_awaited(remedy, on) == "yes":
        return {"awaited"}
    is_vague = is_not_ordinary(remedy) and decision_awaited(remedy, on) == "maybe"
    if is_vague or not remedy.get("decided"):
        return {"not known"}
    counted = days_from_which_it_counts(remedy, last, on, every=every)
    return {"running" if on <= year_after(day) else "over" for day in counted} or {"over"}


def later_steps(remedy: Remedy, remedies: list[Remedy]) -> list[str]:
    """The days of filing, else of decision, of the remedies that followed one."""
    steps = [each.get("filed") or each.get("decided") for each in remedies if follows(each, remedy, remedies)]
    return [step for step in steps if step]


def procedures_begun(facts: dict[str, Any]) -> list[str]:
    """The first days of international procedures on the same persons and facts."""
    procedures = facts.get("other_procedures") or []
    return [
        each["from"] for each in procedures if each.get("same_persons") and each.get("same_facts") and each.get("from")
    ]


def is_proved_known(decided: date, steps: list[str], procedures: list[str], on: date) -> bool:
    """Whether a step that came after a decision shows that it was known more than a year before the day.

    A remedy listed later was filed later if that is possible; a procedure has to have begun later on all its days.
    """
    shown = [span(step)[1] for step in steps if span(step)[1] >= decided]
    shown += [span(begun)[1] for begun in procedures if span(begun)[0] > decided]
    return any(year_after(day) < on for day in shown)
