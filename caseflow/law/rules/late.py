"""The part of `one-year` about a day on which the year is over by every count: lateness, its reasons, and what is not recorded.

Provision: OP-ICESCR art. 3(2)(a). Reading: the year runs from the day after the notification (1/2013, para. 8.3). A
notification that is not recorded is a gap, unless a later step shows when the decision was known.
"""

from collections.abc import Iterator

from caseflow.law.case import Case, Opinion
from caseflow.law.dates import UncertainDate, add_years
from caseflow.law.ladder import Step
from caseflow.law.wording import capitalized, date_text, day_text, forum, on_date
from caseflow.law.year import Year


def late(case: Case, year: Year, *, last: bool) -> Opinion:
    """Return the opinion on a day after every last day that is known, with vague dates at their latest or earliest day."""
    excused = next(late_with_reason(case, year), None)
    if excused is not None:
        return excused
    decision = year.last_decision
    assert decision is not None
    facts, dates = facts_and_dates(decision)
    facts = (*facts, case.facts.path("lateness_reason"))
    ordinary = () if year.start is not None else ("the last ordinary decision, with its day",)
    why = "why it was not possible to file within the year, if so"
    if decision.remedy.notified is not None:
        because = f"{_ran_out(year, decision)}, and no reason for lateness is given."
        settles = (*ordinary, why)
        return Opinion("not_met", because, facts, cure="never", settles=settles, sources=("notification",), dates=dates)
    facts = (*facts, decision.path("notified"))
    proof = "the day on which the author or counsel was notified, with proof (envelope, receipt, extract of a portal)"
    if year.is_known_for_over_a_year(case.on, last=last):
        known = year.known_by[last]
        assert known is not None
        because = (
            f"{decision_text(decision)}. No notification is recorded, but a later step shows that the decision was known by "
            f"{day_text(known)}: the year ran out on {day_text(add_years(known, year.years))} at the latest, "
            "and no reason for lateness is given."
        )
        settles = (*ordinary, proof, why)
        return Opinion("not_met", because, facts, cure="never", settles=settles, sources=("notification",), dates=dates)
    decided = decision.remedy.decided
    assert decided is not None
    because = (
        f"{capitalized(forum(decision.remedy))} decided {on_date(decided)}. The year runs from the notification, which is not recorded: "
        f"filing on {day_text(case.on)} is in time only if it came on {day_text(add_years(case.on, -year.years))} or later."
    )
    return Opinion("unknown", because, facts, settles=(*ordinary, proof), sources=("notification",), dates=dates)


def late_with_reason(case: Case, year: Year) -> Iterator[Opinion]:
    """Yield the opinion on lateness for which there is a reason: one that is given, or a judgment that was not enforced."""
    last = year.last_decision
    reason = (case.facts.lateness_reason or "").strip()
    proof = ("proof that it was not possible to file within the year",)
    if last is None:
        if reason:
            because = f"A reason for lateness is given: {reason.rstrip('.')}."
            yield Opinion("arguable", because, (case.facts.path("lateness_reason"),), "open", settles=proof)
        return
    facts, dates = facts_and_dates(last)
    if last.remedy.outcome == "not_enforced":
        because = f"{decision_text(last)}, and was won; the year may run only from when it was clear that it would not be enforced."
        clear = ("the day on which it was clear that the decision would not be enforced",)
        yield Opinion("arguable", because, (*facts, last.path("outcome")), "open", settles=clear, dates=dates)
    elif reason:
        because = f"{_ran_out(year, last)}. A reason for lateness is given: {reason.rstrip('.')}."
        facts = (*facts, case.facts.path("lateness_reason"))
        yield Opinion("arguable", because, facts, "open", settles=proof, dates=dates)


def _ran_out(year: Year, last: Step) -> str:
    until = (
        year.later_until(last, last=True)
        if year.start is None
        else max(year.safe_until(last=True), year.notified_until(last=True))
    )
    at_the_latest = " at the latest" if any(when.is_vague for when in facts_and_dates(last)[1]) else ""
    return f"{decision_text(last)}: the year ran out on {day_text(until)}{at_the_latest}"


def decision_text(start: Step) -> str:
    """Return the beginning of a sentence that names the final decision, its day and its notification."""
    decided, notified = start.remedy.decided, start.remedy.notified
    assert decided is not None
    text = f"The final decision is that of {forum(start.remedy)} {on_date(decided)}"
    return f"{text}, notified {date_text(notified) if notified.is_vague else on_date(notified)}" if notified else text


def dates_of(step: Step) -> tuple[tuple[str, str, UncertainDate], ...]:
    """Return path, name and value of each date from which the year of a step is counted."""
    name = forum(step.remedy)
    dates = (
        (step.path("decided"), f"the decision of {name}", step.remedy.decided),
        (step.path("notified"), f"its notification by {name}", step.remedy.notified),
    )
    return tuple((path, what, when) for path, what, when in dates if when is not None)


def facts_and_dates(step: Step) -> tuple[tuple[str, ...], tuple[UncertainDate, ...]]:
    """Return the paths and the values of the dates from which the year of a step is counted."""
    used = dates_of(step)
    return tuple(path for path, _, _ in used), tuple(when for _, _, when in used)
