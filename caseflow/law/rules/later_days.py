"""The part of `one-year` about a day after the year of the final ordinary decision: what may still start the year later.

Provision: OP-ICESCR art. 3(2)(a). Reading: an extraordinary remedy that was used and could have repaired the violation can be
counted; a discretionary one does not restart the year (7/2015, paras. 8.5 and 8.7). A decision after which a next ordinary step
may still be open may not be the final one.
"""

from datetime import date

from caseflow.law.case import Case, Opinion
from caseflow.law.ladder import Step, unusual_remedy
from caseflow.law.rules.late import facts_and_dates, final_decision
from caseflow.law.sentences import Term, Text, authority, say
from caseflow.law.year import Later, Year


def later_awaited(year: Year, later: Later) -> Opinion:
    """Return the opinion on an expired year while a remedy, from which it may run, is pending."""
    awaited = later.step
    because = say(
        "{remedy:first} is still pending; only if it counted would the year not have begun.",
        remedy=unusual_remedy(awaited),
    )
    if year.start:
        because += say("The year ran out on {day}.", day=year.safe_until(last=True))
    settles = say("how the remedy before {court} could repair the violation", court=authority(awaited.remedy))
    facts = (awaited.path("kind"), awaited.path("outcome"), *(facts_and_dates(year.start)[0] if year.start else ()))
    return Opinion("arguable", because, facts, later.favours, settles=settles, sources=("extraordinary",))


def later_uncertain(case: Case, later: Step) -> Opinion:
    """Return the opinion on an expired year that may run from a remedy whose day is not recorded, or may be after the day."""
    court, decided = authority(later.remedy), later.remedy.decided
    remedy = (
        say("the constitutional remedy before {court}", court=court)
        if later.is_lost_constitutional
        else unusual_remedy(later)
    )
    because = (
        say(
            "Whether a day to argue for is left is not known: when {remedy} was decided is not recorded.", remedy=remedy
        )
        if decided is None
        else say(
            "Whether a day to argue for is left is not known: {remedy} was decided {decided:on}, which may be after {day}.",
            remedy=remedy,
            decided=decided,
            day=case.on,
        )
    )
    settles = say("the day of the decision of {court}", court=court)
    dates = (decided,) if decided else ()
    return Opinion(
        "unknown", because, (later.path("decided"),), settles=settles, sources=("extraordinary",), dates=dates
    )


def not_suspensive(year: Year, pending: Step) -> Opinion:
    """Return the opinion on an expired year, where a remedy is pending that need not be awaited."""
    start = year.start
    assert start is not None
    facts, dates = facts_and_dates(start)
    court = authority(pending.remedy)
    because = say(
        "{decision:first}: counted from it the year ran out on {day}.",
        decision=final_decision(start),
        day=year.safe_until(last=True),
    ) + say(
        "{court:first} has not decided; whether its decision still starts the year, though the remedy does not suspend the"
        " act, is for a lawyer.",
        court=court,
    )
    settles = say("the decision of {court}", court=court)
    more = (pending.path("outcome"), pending.path("decided"))
    return Opinion(
        "arguable", because, (*facts, *more), "open", settles=settles, sources=("no-suspensive-effect",), dates=dates
    )


def possibly_not_final(year: Year, start: Step, open_step: Step) -> Opinion:
    """Return the opinion on an expired year whose decision may not be final, since a next step may still be open."""
    due, stage = open_step.remedy.next_step_due, Term("remedy_stages", open_step.remedy.next_step or "")
    because = say(
        "Counted from the decision of {court} the year ran out on {day}.",
        court=authority(start.remedy),
        day=year.safe_until(last=True),
    )
    because += (
        say(
            "Whether that decision was final is not known: the next step, {stage}, is not recorded as taken, and its last day"
            " is not recorded.",
            stage=stage,
        )
        if due is None
        else say(
            "Whether that decision was final is not known: the next step, {stage}, is not recorded as taken, and its last day"
            " is {due}.",
            stage=stage,
            due=due,
        )
    )
    facts, dates = facts_and_dates(start)
    settles = say("whether {stage} was used, and when it was decided", stage=stage)
    if due is None:
        settles += say("the last day for {stage}", stage=stage)
    return Opinion(
        "unknown",
        because,
        (*facts, open_step.path("next_step"), open_step.path("next_step_due")),
        settles=settles,
        dates=dates,
    )


def by_later(year: Year, later: Later) -> Opinion:
    """Return the opinion on a day that is within the year only if it is counted from a later remedy."""
    start, step = year.start, later.step
    court = authority(step.remedy)
    facts, dates = facts_and_dates(start) if start else ((), ())
    more, rough = facts_and_dates(step)
    passed = (
        say(
            "{decision:first}: the safe day passed on {day}.",
            decision=final_decision(start),
            day=year.safe_until(last=False),
        )
        if start
        else say("No ordinary decision is recorded.")
    )
    source = "extraordinary"
    settles = say("how the remedy before {court} could have repaired the violation", court=court)
    if step.is_lost_constitutional:
        source, settles = "constitutional-form", say("which form was missed before {court}, and why", court=court)
    if start is None:
        settles = say("the last ordinary decision, with its day") + settles
    return Opinion(
        "arguable",
        passed + _counted_from(later, year.later_until(step, last=False)),
        (*facts, *more, step.path("could_repair")),
        later.favours,
        settles=settles,
        sources=(source,),
        dates=dates + rough,
    )


def _counted_from(later: Later, until: date) -> Text:
    """Return until when the year runs if it is counted from a later remedy, and how far that convinces."""
    court = authority(later.step.remedy)
    if later.step.is_lost_constitutional:
        return say(
            "Only counted from the refusal of {court}, which was for a fault of form, does the year run until {until}.",
            court=court,
            until=until,
        )
    if later.favours == "admissible":
        return say(
            "Counted from the extraordinary remedy before {court}, which could have repaired the violation, the year runs"
            " until {until}; the Committee has counted such a remedy.",
            court=court,
            until=until,
        )
    if later.favours == "open":
        return say(
            "Only counted from the extraordinary remedy before {court} does the year run until {until}; whether that remedy"
            " could have repaired the violation is not recorded.",
            court=court,
            until=until,
        )
    return say(
        "Only counted from the discretionary remedy before {court} does the year run until {until}; such a remedy does not"
        " normally count.",
        court=court,
        until=until,
    )
