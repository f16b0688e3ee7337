"""`one-year`: whether the communication comes within a year after domestic remedies were exhausted.

Provision: OP-ICESCR art. 3(2)(a): a communication is submitted within one year after domestic remedies were exhausted,
except where the author shows that it was not possible within that time.
Reading: the year runs from the final decision in the last remedy that counts. Practice considers when the author or
counsel learnt of it, so that the notification gives a day that can be argued for, never a safe one. Useless further
remedies do not restart it. Where there is no final decision because not using a remedy is excused, the start depends on
that exception. Where a next ordinary step may still be open, the last decision may not be final: the rule is then not
unmet because a year has passed since, until that is known. The last day never rolls forward over a weekend.
Met: the day is within a year of the earlier of decision and notification, whichever day of a vague date it was; or
the year has not begun, since an ordinary decision is awaited.
Not met: the day is after the last one that can be argued for, and no reason for lateness is given. It can't be put right.
Arguable: between the safe day and the last arguable one (by notification: leans admissible; by an extraordinary remedy:
inadmissible, a constitutional one: open); late with a reason, or late after a judgment that was won but not enforced
(open); within the year, where that this was the last remedy rests on an exception (leans admissible); no decision that
starts the year, where remedies are excused or said to be prolonged (open).
Unknown: the date of the final decision, or whether that remedy is ordinary, is not recorded; the answer depends on the
day of a vague date, or on whether a decision had come by the day; late, but a next ordinary step may still be open.
Sources: CERD 60/2016, para. 7.2, on notification.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from caseflow.law.case import Case, Opinion, weakest
from caseflow.law.dates import UncertainDate
from caseflow.law.facts import Claim
from caseflow.law.findings import Favours, Finding
from caseflow.law.ladder import EXCEPTIONS, Ladder, Step, assess_by_victim, possibly_open_next_step
from caseflow.law.rules.not_used import is_not_ordinary
from caseflow.law.wording import capitalized, date_text, day_text, forum, on_date, stage_text
from caseflow.law.year import Timing, Year, extraordinary_until

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
    excuse = _claimed_exceptions(case, place, claim)
    if year.awaited is not None:
        return _awaited(case, place, claim, year.awaited)
    if year.incomplete is not None:
        return _incomplete(case, place, claim, year.incomplete)
    opinions = [_possibly_awaited(case, place, claim, each) for each in year.possibly_awaited]
    if year.start is None and year.extraordinary is None:
        opinions.append(_no_decision(case, place, excuse))
    else:
        opinions += _counted(case, claim, ladder, year, excuse)
    if len({each.result for each in opinions}) > 1:
        return _depends_on_vague_date(case, year)
    return weakest(opinions)


def _counted(case: Case, claim: Claim, ladder: Ladder, year: Year, excuse: tuple[str, ...]) -> list[Opinion]:
    """Return an opinion for each timing that the day may have, given the vague dates."""
    worst, best = year.timing(case.on)
    timings: list[Timing] = [worst] if worst == best else [worst, best]
    later = year.extraordinary
    if (worst, best) == ("late", "in_time") and later and case.on <= extraordinary_until(later, year.years, last=True):
        timings.append("between")
    open_step = possibly_open_next_step(ladder, claim, case.on)
    return [_for_timing(case, year, timing, excuse, open_step) for timing in timings]


def _for_timing(case: Case, year: Year, timing: Timing, excuse: tuple[str, ...], open_step: Step | None) -> Opinion:
    """Return the opinion for one timing of the day."""
    if year.start is not None and timing == "in_time":
        return _in_time(year, year.start, excuse)
    if timing == "between":
        return (
            _only_extraordinary(case, year.extraordinary)
            if year.start is None and year.extraordinary
            else _between(case, year)
        )
    if year.extraordinary_awaited is not None:
        return _extraordinary_pending(year, year.extraordinary_awaited)
    if year.extraordinary_undated is not None:
        return _extraordinary_undated(year.extraordinary_undated)
    if year.start is not None and open_step is not None:
        return _possibly_not_final(year, year.start, open_step)
    last = year.start or year.extraordinary
    assert last is not None
    return _late(case, last)


def _extraordinary_pending(year: Year, awaited: Step) -> Opinion:
    """Return the opinion on an expired year while an extraordinary remedy, from which it may run, is pending."""
    name = f"the {awaited.remedy.kind} remedy before {forum(awaited.remedy)}"
    ran_out = f" The year ran out on {day_text(year.safe_until(last=True))}." if year.start else ""
    because = f"{capitalized(name)} is still pending; only if it counted would the year not have begun.{ran_out}"
    settles = (f"why the remedy before {forum(awaited.remedy)} had to be used",)
    facts = (awaited.path("kind"), awaited.path("outcome"), *(_facts_and_dates(year.start)[0] if year.start else ()))
    return Opinion(
        "arguable", because, facts, _leaning_of_extraordinary(awaited), settles=settles, sources=("extraordinary",)
    )


def _extraordinary_undated(undated: Step) -> Opinion:
    """Return the opinion on an expired year that may run from an extraordinary remedy without a recorded day."""
    name = forum(undated.remedy)
    because = f"Whether a day to argue for is left is not known: when the {undated.remedy.kind} remedy before {name} was decided is not recorded."
    settles = (f"the day of the decision of {name}",)
    return Opinion("unknown", because, (undated.path("decided"),), settles=settles, sources=("extraordinary",))


def _possibly_not_final(year: Year, start: Step, open_step: Step) -> Opinion:
    """Return the opinion on an expired year whose decision may not be final, since a next step may still be open."""
    due, step_words = open_step.remedy.next_step_due, stage_text(open_step.remedy.next_step or "")
    until = "its last day is not recorded" if due is None else f"its last day is {date_text(due)}"
    because = (
        f"Counted from the decision of {forum(start.remedy)} the year ran out on {day_text(year.safe_until(last=True))}. "
        f"Whether that decision was final is not known: the next step, {step_words}, is not recorded as taken, and {until}."
    )
    facts, dates = _facts_and_dates(start)
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


def _possibly_awaited(case: Case, place: int, claim: Claim, step: Step) -> Opinion:
    """Return the opinion for the case that a vague decision comes after the day assessed: it is then awaited."""
    if step.remedy.kind is None:
        return _incomplete(case, place, claim, step)
    awaited = _awaited(case, place, claim, step)
    because = f"If {forum(step.remedy)} decided only after {day_text(case.on)}, the year had not begun."
    return awaited._replace(because=because, dates=tuple(when for _, _, when in _dates(step)))


def _incomplete(case: Case, place: int, claim: Claim, incomplete: Step) -> Opinion:
    name = forum(incomplete.remedy)
    if incomplete.remedy.kind is None:
        because = f"Whether the year runs from the decision of {name} is not known: it is not recorded whether that remedy is ordinary."
        settles = (f"whether the remedy before {name} is ordinary",)
        return Opinion("unknown", because, (incomplete.path("kind"), incomplete.path("decided")), settles=settles)
    if incomplete.remedy.outcome == "no_reply" and claim.delay is not None and claim.delay.claimed:
        because = f"{capitalized(name)} has not replied; if the remedy is unreasonably prolonged, when the year began is for a lawyer: file soon."
        facts = (incomplete.path("outcome"), case.facts.path("claims", place, "delay", "claimed"))
        return Opinion("arguable", because, facts, "open", settles=("the day on which silence counts as refusal",))
    silent = incomplete.remedy.outcome == "no_reply"
    missing = "the day on which silence counts as refusal" if silent else f"the day of the decision of {name}"
    because = f"The last day can't be computed: {missing} is not recorded."
    return Opinion("unknown", because, (incomplete.path("decided"), incomplete.path("outcome")), settles=(missing,))


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


def _only_extraordinary(case: Case, later: Step) -> Opinion:
    name, last = forum(later.remedy), extraordinary_until(later, case.years_to_file, last=False)
    because = f"No ordinary decision is recorded; only counted from the {later.remedy.kind} remedy before {name} does the year run until {day_text(last)}."
    facts = (later.path("kind"), later.path("decided"))
    settles = ("the last ordinary decision, with its day",)
    return Opinion(
        "arguable", because, facts, _leaning_of_extraordinary(later), settles=settles, sources=("extraordinary",)
    )


def _depends_on_vague_date(case: Case, year: Year) -> Opinion:
    steps = {step.place: step for step in (year.start, year.extraordinary, *year.possibly_awaited) if step}
    used = [each for step in steps.values() for each in _dates(step)]
    vague = [(path, what, when) for path, what, when in used if when.is_vague]
    read = " and ".join(f"{what} is known only as {when}" for _, what, when in vague)
    because = f"Whether {day_text(case.on)} is within the year depends on the day: {read}."
    settles = tuple(f"the exact day of {what}" for _, what, _ in vague)
    dates = tuple(when for _, _, when in vague)
    return Opinion("unknown", because, tuple(path for path, _, _ in used), settles=settles, dates=dates)


def _in_time(year: Year, start: Step, excuse: tuple[str, ...]) -> Opinion:
    facts, dates = _facts_and_dates(start)
    last = day_text(year.safe_until(last=False))
    because = f"{_decision(start)}: filing is safe until {last}."
    if year.safe_until(last=False) < year.safe_until(last=True):
        because = f"{_decision(start)}: the day is within the year, whichever day it was."
    if excuse:
        because += " That this was the last remedy to be used rests on the exception claimed for another one."
        settles = ("what shows that the exception holds: if it does not, the remedy was missed",)
        return Opinion(
            "arguable", because, (*facts, *excuse), "admissible", settles=settles, dates=dates, sources=("ineffective",)
        )
    return Opinion("met", because, facts, dates=dates)


def _between(case: Case, year: Year) -> Opinion:
    start, later = year.start, year.extraordinary
    assert start is not None
    facts, dates = _facts_and_dates(start)
    because = f"{_decision(start)}: the safe day passed on {day_text(year.safe_until(last=False))}"
    notified = start.remedy.notified
    alone = Year(year.years, start=start)
    reached = later is not None and case.on <= extraordinary_until(later, year.years, last=True)
    if notified is not None and (case.on <= alone.arguable_until(last=False) or not reached):
        until = day_text(alone.arguable_until(last=False))
        because += f", but counted from the notification {on_date(notified)} the year runs until {until}."
        settles = ("proof of the day on which the author or counsel was notified",)
        return Opinion(
            "arguable", because, facts, "admissible", settles=settles, sources=("notification",), dates=dates
        )
    assert later is not None
    until = day_text(extraordinary_until(later, case.years_to_file, last=False))
    because += f"; only counted from the {later.remedy.kind} remedy before {forum(later.remedy)} does the year run until {until}."
    more, rough = _facts_and_dates(later)
    settles = (f"why the remedy before {forum(later.remedy)} had to be used",)
    return Opinion(
        "arguable",
        because,
        (*facts, *more),
        _leaning_of_extraordinary(later),
        settles=settles,
        sources=("extraordinary",),
        dates=dates + rough,
    )


def _late(case: Case, start: Step) -> Opinion:
    facts, dates = _facts_and_dates(start)
    if start.remedy.outcome == "not_enforced":
        because = f"{_decision(start)}, and was won; the year may run only from when it was clear that it would not be enforced."
        clear = ("the day on which it was clear that the decision would not be enforced",)
        return Opinion("arguable", because, (*facts, start.path("outcome")), "open", settles=clear, dates=dates)
    alone = Year(case.years_to_file, start=start)
    last = max(alone.safe_until(last=True), alone.arguable_until(last=True))
    because = f"{_decision(start)}: the year ran out on {day_text(last)}"
    because += " at the latest" if any(when.is_vague for when in dates) else ""
    reason = (case.facts.lateness_reason or "").strip()
    facts = (*facts, case.facts.path("lateness_reason"))
    if reason:
        because += f". A reason for lateness is given: {reason.rstrip('.')}."
        proof = ("proof that it was not possible to file within the year",)
        return Opinion("arguable", because, facts, "open", settles=proof, dates=dates)
    settles: tuple[str, ...] = ("why it was not possible to file within the year, if so",)
    if start.remedy.notified is None:
        settles = ("proof of the day of notification, if it was later than the decision", *settles)
    because += ", and no reason for lateness is given."
    return Opinion("not_met", because, facts, cure="never", settles=settles, sources=("notification",), dates=dates)


def _claimed_exceptions(case: Case, place: int, claim: Claim) -> tuple[str, ...]:
    """Return the facts by which an exception for an ordinary remedy is claimed."""
    return tuple(
        case.facts.path("claims", place, "remedies_not_used", number, "reason")
        for number, unused in enumerate(claim.remedies_not_used or ())
        if unused.reason in EXCEPTIONS and not is_not_ordinary(unused)
    )


def _leaning_of_extraordinary(later: Step) -> Favours:
    """States argue that constitutional remedies are ordinary, so authors can too; no other extraordinary one restarts."""
    return "open" if later.remedy.stage == "CONST" else "inadmissible"


def _decision(start: Step) -> str:
    decided, notified = start.remedy.decided, start.remedy.notified
    assert decided is not None
    text = f"The final decision is that of {forum(start.remedy)} {on_date(decided)}"
    return f"{text}, notified {date_text(notified) if notified.is_vague else on_date(notified)}" if notified else text


def _dates(step: Step) -> tuple[tuple[str, str, UncertainDate], ...]:
    """Return path, name and value of each date from which the year of a step is counted."""
    name = forum(step.remedy)
    dates = (
        (step.path("decided"), f"the decision of {name}", step.remedy.decided),
        (step.path("notified"), f"its notification by {name}", step.remedy.notified),
    )
    return tuple((path, what, when) for path, what, when in dates if when is not None)


def _facts_and_dates(step: Step) -> tuple[tuple[str, ...], tuple[UncertainDate, ...]]:
    used = _dates(step)
    return tuple(path for path, _, _ in used), tuple(when for _, _, when in used)
