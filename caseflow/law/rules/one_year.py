"""`one-year`: whether the communication comes within a year after domestic remedies were exhausted.

Provision: OP-ICESCR art. 3(2)(a): a communication is submitted within one year after domestic remedies were exhausted,
except where the author shows that it was not possible within that time.
Reading: the year runs from the day after the notification of the final decision in the last remedy that counts. The engine
calls only the earlier of decision and notification safe, since proof of notification may fail. Where no notification is
recorded, that is a gap and no missed year, unless a later step shows when the decision was known. An extraordinary remedy
that was used and could have repaired the violation can be counted; discretionary ones do not restart the year. Where there
is no final decision because not using a remedy is excused, the start depends on that exception. Where a next ordinary step
may still be open, the last decision may not be final: the rule is then not unmet because a year has passed since, until that
is known. The last day never rolls forward over a weekend.
Met: the day is within a year of the earlier of decision and notification, whichever day of a vague date it was; or
the year has not begun, since an ordinary decision is awaited.
Not met: the day is after the last one that can be argued for, or more than a year after a later step that shows knowledge
of the decision, and no reason for lateness is given. It can't be put right.
Arguable: between the safe day and the last arguable one (by notification, or by an extraordinary remedy that could have
repaired the violation: leans admissible; by one of which that is not recorded, or by a constitutional remedy that was
refused for its form: open; by a discretionary one: inadmissible); after it, while an extraordinary remedy is pending, or
an ordinary one that need not be awaited because it does not suspend the act (open); late with a reason, or late after a
judgment that was won but not enforced (open); within the year, where that this was the last remedy rests on an exception
(leans admissible); no decision that starts the year, where remedies are excused or said to be prolonged (open).
Unknown: the date of the final decision, whether that remedy is ordinary, or, after the safe day, its notification is not
recorded; the answer depends on the day of a vague date, or on whether a decision had come by the day; late, but the day of
an extraordinary decision is not recorded, or a next ordinary step may still be open.
Sources: CESCR 1/2013, para. 8.3; 7/2015, paras. 8.5 and 8.7; 9/2015, para. 8.3; 188/2020, para. 6.7.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from caseflow.law.case import Case, Opinion, weakest
from caseflow.law.facts import Claim
from caseflow.law.findings import Finding
from caseflow.law.ladder import (
    EXCEPTIONS,
    Ladder,
    Step,
    assess_by_victim,
    is_not_suspensive,
    possibly_open_next_step,
    with_pending,
)
from caseflow.law.rules.late import dates_of, decision_text, facts_and_dates, late, late_with_reason
from caseflow.law.rules.not_used import is_not_ordinary
from caseflow.law.wording import capitalized, date_text, day_text, forum, on_date, stage_text
from caseflow.law.year import BEST_FIRST, Later, Year

RULE: Final = "one-year"


def assess(case: Case) -> Iterator[Finding]:
    """Find for each claim, and each victim whose last decision differs, whether the day is within the year."""
    if not case.facts.claims:
        yield case.finding_without_claims(RULE)
        return
    for place, claim in case.facts.claims_by_index():
        for victim, opinion in assess_by_victim(case.ladders(place, claim), partial(_assess, case, place, claim)):
            yield case.finding(RULE, opinion, claim.id, victim)


def _assess(case: Case, place: int, claim: Claim, ladder: Ladder) -> Opinion:
    year = case.year(ladder)
    excuse = _claimed_exceptions(case, place, claim, ladder)
    if year.awaited is not None:
        return _awaited(case, place, claim, year.awaited)
    if year.incomplete is not None:
        return _incomplete(case, place, claim, year.incomplete)
    opinions = [_possibly_awaited(case, place, claim, ladder, each) for each in year.possibly_awaited]
    if not year.has_decision:
        opinions.append(_no_decision(case, place, excuse))
    else:
        opinions += _counted(case, claim, ladder, year, excuse)
    if len({each.result for each in opinions}) > 1:
        return _depends_on_vague_date(case, year)
    return weakest(opinions)


def _counted(case: Case, claim: Claim, ladder: Ladder, year: Year, excuse: tuple[str, ...]) -> list[Opinion]:
    """Return an opinion for each timing that the day may have, given the vague dates."""
    open_step = possibly_open_next_step(ladder, claim, case.on)
    first, second, *others = (
        _for_scenario(case, each, excuse, open_step, last=last) for each, last in year.scenarios()
    )
    known = {
        (each.result, each.favours) for each in (first, second)
    }  # others are of days that are not those of the file
    opinions = [first, second, *(each for each in others if (each.result, each.favours) not in known)]
    later = year.best_later(case.on, last=True)
    timings = year.timing_at(case.on, last=False), year.timing_at(case.on, last=True)
    if timings == ("late", "in_time") and later is not None:  # on a day between, only the later decision helps
        opinions.append(_by_later(year, later))
    return list(dict.fromkeys(opinions))


def _for_scenario(case: Case, year: Year, excuse: tuple[str, ...], open_step: Step | None, *, last: bool) -> Opinion:
    """Return the opinion with vague dates at their latest day, or at their earliest."""
    if year.start is not None and year.timing_at(case.on, last=last) == "in_time":
        return _in_time(year, year.start, excuse)
    if year.start is not None and case.on <= year.notified_until(last=last):
        return _by_notification(year, year.start)
    ways = list(_ways(case, year, last=last))
    if ways:
        return min([*ways, *late_with_reason(case, year)], key=lambda each: BEST_FIRST.index(each.favours or "open"))
    if year.later_uncertain is not None:
        return _later_uncertain(case, year.later_uncertain)
    if year.start is not None and open_step is not None:
        return _possibly_not_final(year, year.start, open_step)
    return late(case, year, last=last)


def _ways(case: Case, year: Year, *, last: bool) -> Iterator[Opinion]:
    """Yield what can be argued for on a day on which the year from the final ordinary decision is over."""
    later = year.best_later(case.on, last=last)
    if later is not None:
        yield _by_later(year, later)
    if year.not_suspensive is not None:
        yield _not_suspensive(year, year.not_suspensive)
    if year.later_awaited is not None:
        yield _later_awaited(year, year.later_awaited)


def _later_awaited(year: Year, later: Later) -> Opinion:
    """Return the opinion on an expired year while a remedy, from which it may run, is pending."""
    awaited = later.step
    name = f"the {awaited.remedy.kind} remedy before {forum(awaited.remedy)}"
    ran_out = f" The year ran out on {day_text(year.safe_until(last=True))}." if year.start else ""
    because = f"{capitalized(name)} is still pending; only if it counted would the year not have begun.{ran_out}"
    settles = (f"how the remedy before {forum(awaited.remedy)} could repair the violation",)
    facts = (awaited.path("kind"), awaited.path("outcome"), *(facts_and_dates(year.start)[0] if year.start else ()))
    return Opinion("arguable", because, facts, later.favours, settles=settles, sources=("extraordinary",))


def _later_uncertain(case: Case, later: Step) -> Opinion:
    """Return the opinion on an expired year that may run from a remedy whose day is not recorded, or may be after the day."""
    name, decided = forum(later.remedy), later.remedy.decided
    what = "the constitutional remedy" if later.is_lost_constitutional else f"the {later.remedy.kind} remedy"
    because = f"Whether a day to argue for is left is not known: when {what} before {name} was decided is not recorded."
    if decided is not None:
        because = f"Whether a day to argue for is left is not known: {what} before {name} was decided {on_date(decided)}, which may be after {day_text(case.on)}."
    settles = (f"the day of the decision of {name}",)
    dates = (decided,) if decided else ()
    return Opinion(
        "unknown", because, (later.path("decided"),), settles=settles, sources=("extraordinary",), dates=dates
    )


def _not_suspensive(year: Year, pending: Step) -> Opinion:
    """Return the opinion on an expired year, where a remedy is pending that need not be awaited."""
    start = year.start
    assert start is not None
    facts, dates = facts_and_dates(start)
    because = (
        f"{decision_text(start)}: counted from it the year ran out on {day_text(year.safe_until(last=True))}. "
        f"{capitalized(forum(pending.remedy))} has not decided; whether its decision still starts the year, though the remedy does not suspend the act, is for a lawyer."
    )
    settles = (f"the decision of {forum(pending.remedy)}",)
    more = (pending.path("outcome"), pending.path("decided"))
    return Opinion(
        "arguable", because, (*facts, *more), "open", settles=settles, sources=("no-suspensive-effect",), dates=dates
    )


def _possibly_not_final(year: Year, start: Step, open_step: Step) -> Opinion:
    """Return the opinion on an expired year whose decision may not be final, since a next step may still be open."""
    due, step_words = open_step.remedy.next_step_due, stage_text(open_step.remedy.next_step or "")
    until = "its last day is not recorded" if due is None else f"its last day is {date_text(due)}"
    because = (
        f"Counted from the decision of {forum(start.remedy)} the year ran out on {day_text(year.safe_until(last=True))}. "
        f"Whether that decision was final is not known: the next step, {step_words}, is not recorded as taken, and {until}."
    )
    facts, dates = facts_and_dates(start)
    settles = (f"whether {step_words} was used, and when it was decided", f"the last day for {step_words}")
    return Opinion(
        "unknown",
        because,
        (*facts, open_step.path("next_step"), open_step.path("next_step_due")),
        settles=settles[: 1 if due else 2],
        dates=dates,
    )


def _awaited(case: Case, place: int, claim: Claim, awaited: Step) -> Opinion:
    name = forum(awaited.remedy)
    facts: tuple[str, ...] = (awaited.path("outcome"), awaited.path("decided"))
    if claim.delay is not None and claim.delay.claimed:
        because = f"{capitalized(name)} has not decided; if the remedy is unreasonably prolonged, when the year began is for a lawyer: file soon."
        facts = (*facts, case.facts.path("claims", place, "delay", "claimed"))
        return Opinion("arguable", because, facts, "open", settles=(f"the decision of {name}",))
    because = f"The year has not begun: on {day_text(case.on)} the decision of {name} is still awaited."
    return Opinion("met", because, facts)


def _possibly_awaited(case: Case, place: int, claim: Claim, ladder: Ladder, step: Step) -> Opinion:
    """Return the opinion for the case that a vague decision comes after the day assessed: it is then awaited."""
    if step.is_ordinary and step.need_not_be_awaited:
        return _assess(case, place, claim, with_pending(ladder, step))
    if step.remedy.kind is None:
        return _incomplete(case, place, claim, step)
    awaited = _awaited(case, place, claim, step)
    because = f"If {forum(step.remedy)} decided only after {day_text(case.on)}, the year had not begun."
    return awaited._replace(because=because, dates=tuple(when for _, _, when in dates_of(step)))


def _incomplete(case: Case, place: int, claim: Claim, incomplete: Step) -> Opinion:
    name = forum(incomplete.remedy)
    if incomplete.remedy.kind is None:
        because = f"Whether the year runs from the decision of {name} is not known: it is not recorded whether that remedy is ordinary."
        settles = (f"whether the remedy before {name} is ordinary",)
        return Opinion("unknown", because, (incomplete.path("kind"), incomplete.path("decided")), settles=settles)
    if incomplete.remedy.outcome == "no_reply" and claim.delay is not None and claim.delay.claimed:
        because = f"{capitalized(name)} has not replied; if the remedy is unreasonably prolonged, when the year began is for a lawyer: file soon."
        facts = (incomplete.path("outcome"), case.facts.path("claims", place, "delay", "claimed"))
        settles = ("the day on which silence counts as refusal",)
        return Opinion("arguable", because, facts, "open", settles=settles, sources=("silence",))
    silent = incomplete.remedy.outcome == "no_reply"
    missing = "the day on which silence counts as refusal" if silent else f"the day of the decision of {name}"
    because = f"The last day can't be computed: {missing} is not recorded."
    sources = ("silence",) if silent else ()
    facts = (incomplete.path("decided"), incomplete.path("outcome"))
    return Opinion("unknown", because, facts, settles=(missing,), sources=sources)


def _no_decision(case: Case, place: int, excuse: tuple[str, ...]) -> Opinion:
    """Return the opinion on a ladder without a decision that counts: remedies are excused, or nothing is recorded."""
    facts = (case.facts.path("claims", place, "remedies"), *excuse)
    if excuse:
        because = "No decision starts the year: it rests on the reason why remedies were not used, and on when the author knew that they could not help. File soon."
        return Opinion(
            "arguable", because, facts, "open", settles=("when it was clear that the remedies could not help",)
        )
    because = "No final decision is recorded, so that the year can't be computed."
    return Opinion("unknown", because, facts, settles=("the last domestic decision, with its day",))


def _depends_on_vague_date(case: Case, year: Year) -> Opinion:
    steps = {
        step.place: step for step in (year.start, *(each.step for each in year.later), *year.possibly_awaited) if step
    }
    used = [each for step in steps.values() for each in dates_of(step)]
    vague = [(path, what, when) for path, what, when in used if when.is_vague]
    read = " and ".join(f"{what} is known only as {when}" for _, what, when in vague)
    because = f"Whether {day_text(case.on)} is within the year depends on the day: {read}."
    settles = tuple(f"the exact day of {what}" for _, what, _ in vague)
    dates = tuple(when for _, _, when in vague)
    return Opinion("unknown", because, tuple(path for path, _, _ in used), settles=settles, dates=dates)


def _in_time(year: Year, start: Step, excuse: tuple[str, ...]) -> Opinion:
    facts, dates = facts_and_dates(start)
    last = day_text(year.safe_until(last=False))
    because = f"{decision_text(start)}: filing is safe until {last}."
    if year.safe_until(last=False) < year.safe_until(last=True):
        because = f"{decision_text(start)}: the day is within the year, whichever day it was."
    if excuse:
        because += " That this was the last remedy to be used rests on the exception claimed for another one."
        settles = ("what shows that the exception holds: if it does not, the remedy was missed",)
        return Opinion(
            "arguable", because, (*facts, *excuse), "admissible", settles=settles, dates=dates, sources=("ineffective",)
        )
    return Opinion("met", because, facts, dates=dates)


def _by_notification(year: Year, start: Step) -> Opinion:
    """Return the opinion on a day after the safe one that is within a year of the later of decision and notification."""
    facts, dates = facts_and_dates(start)
    notified = start.remedy.notified
    assert notified is not None
    decided = start.remedy.decided
    later = decided if decided is not None and notified.latest < decided.earliest else notified
    what = "notification" if later is notified else "decision"
    because = (
        f"{decision_text(start)}: the safe day passed on {day_text(year.safe_until(last=False))}, but counted from the {what} "
        f"{on_date(later)} the year runs until {day_text(year.notified_until(last=False))}."
    )
    settles = ("proof of the day on which the author or counsel was notified",)
    return Opinion("arguable", because, facts, "admissible", settles=settles, sources=("notification",), dates=dates)


def _by_later(year: Year, later: Later) -> Opinion:
    """Return the opinion on a day that is within the year only if it is counted from a later remedy."""
    start, step = year.start, later.step
    name, until = forum(step.remedy), day_text(year.later_until(step, last=False))
    facts, dates = facts_and_dates(start) if start else ((), ())
    more, rough = facts_and_dates(step)
    passed = (
        f"{decision_text(start)}: the safe day passed on {day_text(year.safe_until(last=False))}"
        if start
        else "No ordinary decision is recorded"
    )
    source = "extraordinary"
    settles: tuple[str, ...] = (f"how the remedy before {name} could have repaired the violation",)
    if step.is_lost_constitutional:
        source, settles = "constitutional-form", (f"which form {name} missed, and why",)
        counted = (
            f"only counted from the refusal of {name}, which was for a fault of form, does the year run until {until}."
        )
    elif later.favours == "admissible":
        counted = f"counted from the extraordinary remedy before {name}, which could have repaired the violation, the year runs until {until}; the Committee has counted such a remedy."
    elif later.favours == "open":
        counted = f"only counted from the extraordinary remedy before {name} does the year run until {until}; whether that remedy could have repaired the violation is not recorded."
    else:
        counted = f"only counted from the discretionary remedy before {name} does the year run until {until}; such a remedy does not normally count."
    if start is None:
        settles = ("the last ordinary decision, with its day", *settles)
    return Opinion(
        "arguable",
        f"{passed}; {counted}",
        (*facts, *more, step.path("could_repair")),
        later.favours,
        settles=settles,
        sources=(source,),
        dates=dates + rough,
    )


def _claimed_exceptions(case: Case, place: int, claim: Claim, ladder: Ladder) -> tuple[str, ...]:
    """Return the facts by which an exception for an ordinary remedy is claimed.

    That a pending remedy need not be awaited is none: the year counts from the decision before it in any case.
    """
    perhaps = (
        step for step in ladder if step.is_ordinary and (step.is_pending(case.on) or step.is_possibly_pending(case.on))
    )
    pending = {step.remedy.stage for step in perhaps} - {None}
    return tuple(
        case.facts.path("claims", place, "remedies_not_used", number, "reason")
        for number, unused in enumerate(claim.remedies_not_used or ())
        if unused.reason in EXCEPTIONS
        and not is_not_ordinary(unused)
        and not (is_not_suspensive(unused) and unused.stage in pending)
    )
