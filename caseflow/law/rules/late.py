"""The part of `one-year` about a day on which the year is over by every count: lateness, its reasons, and what is not recorded.

Provision: OP-ICESCR art. 3(2)(a). Reading: the year runs from the day after the notification (1/2013, para. 8.3). A
notification that is not recorded is a gap, unless a later step shows when the decision was known.
"""

from collections.abc import Iterator

from caseflow.law.case import Case, Opinion
from caseflow.law.dates import UncertainDate, add_years
from caseflow.law.ladder import Step
from caseflow.law.sentences import Text, authority, say
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
    ordinary = () if year.start is not None else say("the last ordinary decision, with its day")
    why = say("why it was not possible to file within the year, if so")
    if decision.remedy.notified is not None:
        because = _ran_out(year, decision) + say("No reason for lateness is given.")
        settles = ordinary + why
        return Opinion("not_met", because, facts, cure="never", settles=settles, sources=("notification",), dates=dates)
    facts = (decision.path("notified"), *facts)  # first what has to be recorded: pages lead there
    proof = say(
        "the day on which the author or counsel was notified, with proof (envelope, receipt, extract of a portal)"
    )
    if year.is_known_for_over_a_year(case.on, last=last):
        known = year.known_by[last]
        assert known is not None
        because = say(
            "{decision:first}. No notification is recorded, but a later step shows that the decision was known by {known}:"
            " the year ran out on {day} at the latest, and no reason for lateness is given.",
            decision=final_decision(decision),
            known=known,
            day=add_years(known, year.years),
        )
        settles = ordinary + proof + why
        return Opinion("not_met", because, facts, cure="never", settles=settles, sources=("notification",), dates=dates)
    decided = decision.remedy.decided
    assert decided is not None
    because = say(
        "{court:first} decided {decided:on}. The year runs from the notification, which is not recorded: filing on {day} is"
        " in time only if it came on {earliest} or later.",
        court=authority(decision.remedy),
        decided=decided,
        day=case.on,
        earliest=add_years(case.on, -year.years),
    )
    return Opinion("unknown", because, facts, settles=ordinary + proof, sources=("notification",), dates=dates)


def late_with_reason(case: Case, year: Year) -> Iterator[Opinion]:
    """Yield the opinion on lateness for which there is a reason: one that is given, or a judgment that was not enforced."""
    last = year.last_decision
    reason = (case.facts.lateness_reason or "").strip()
    given = say("A reason for lateness is given: {reason}.", reason=reason.rstrip("."))
    proof = say("proof that it was not possible to file within the year")
    if last is None:
        if reason:
            yield Opinion("arguable", given, (case.facts.path("lateness_reason"),), "open", settles=proof)
        return
    facts, dates = facts_and_dates(last)
    if last.remedy.outcome == "not_enforced":
        because = say(
            "{decision:first}, and was won; the year may run only from when it was clear that it would not be enforced.",
            decision=final_decision(last),
        )
        clear = say("the day on which it was clear that the decision would not be enforced")
        yield Opinion("arguable", because, (*facts, last.path("outcome")), "open", settles=clear, dates=dates)
    elif reason:
        because = _ran_out(year, last) + given
        facts = (*facts, case.facts.path("lateness_reason"))
        yield Opinion("arguable", because, facts, "open", settles=proof, dates=dates)


def _ran_out(year: Year, last: Step) -> Text:
    until = (
        year.later_until(last, last=True)
        if year.start is None
        else max(year.safe_until(last=True), year.notified_until(last=True))
    )
    if any(when.is_vague for when in facts_and_dates(last)[1]):
        return say(
            "{decision:first}: the year ran out on {day} at the latest.", decision=final_decision(last), day=until
        )
    return say("{decision:first}: the year ran out on {day}.", decision=final_decision(last), day=until)


def final_decision(start: Step) -> Text:
    """Return the beginning of a sentence that names the final decision, its day and its notification."""
    decided, notified = start.remedy.decided, start.remedy.notified
    assert decided is not None
    if notified is None:
        return say("the final decision is that of {court} {decided:on}", court=authority(start.remedy), decided=decided)
    return say(
        "the final decision is that of {court} {decided:on}, notified {notified:on}",
        court=authority(start.remedy),
        decided=decided,
        notified=notified,
    )


def facts_and_dates(step: Step) -> tuple[tuple[str, ...], tuple[UncertainDate, ...]]:
    """Return the paths and the values of the dates from which the year of a step is counted."""
    dates = (("decided", step.remedy.decided), ("notified", step.remedy.notified))
    known = [(step.path(name), when) for name, when in dates if when is not None]
    return tuple(path for path, _ in known), tuple(when for _, when in known)
