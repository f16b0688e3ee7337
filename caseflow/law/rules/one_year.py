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
from caseflow.law.rules.late import facts_and_dates, final_decision, late, late_with_reason
from caseflow.law.rules.later_days import by_later, later_awaited, later_uncertain, not_suspensive, possibly_not_final
from caseflow.law.rules.not_used import is_not_ordinary
from caseflow.law.sentences import Items, Text, authority, joined, say
from caseflow.law.year import BEST_FIRST, Year

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
        opinions.append(_best([*_ways(case, year, last=True), *late_with_reason(case, year)]))
    return list(dict.fromkeys(opinions))


def _for_scenario(case: Case, year: Year, excuse: tuple[str, ...], open_step: Step | None, *, last: bool) -> Opinion:
    """Return the opinion with vague dates at their latest day, or at their earliest."""
    if year.start is not None and year.timing_at(case.on, last=last) == "in_time":
        return _in_time(year, year.start, excuse)
    if year.start is not None and case.on <= year.notified_until(last=last):
        return _by_notification(year, year.start)
    ways = list(_ways(case, year, last=last))
    if ways:
        return _best([*ways, *late_with_reason(case, year)])
    if year.later_uncertain is not None:
        return later_uncertain(case, year.later_uncertain)
    if year.start is not None and open_step is not None:
        return possibly_not_final(year, year.start, open_step)
    return late(case, year, last=last)


def _best(arguments: list[Opinion]) -> Opinion:
    """Return the argument that convinces most: one is enough."""
    return min(arguments, key=lambda each: BEST_FIRST.index(each.favours or "open"))


def _ways(case: Case, year: Year, *, last: bool) -> Iterator[Opinion]:
    """Yield what can be argued for on a day on which the year from the final ordinary decision is over."""
    later = year.best_later(case.on, last=last)
    if later is not None:
        yield by_later(year, later)
    if year.not_suspensive is not None:
        yield not_suspensive(year, year.not_suspensive)
    if year.later_awaited is not None:
        yield later_awaited(year, year.later_awaited)


def _awaited(case: Case, place: int, claim: Claim, awaited: Step) -> Opinion:
    court = authority(awaited.remedy)
    facts: tuple[str, ...] = (awaited.path("outcome"), awaited.path("decided"))
    if claim.delay is not None and claim.delay.claimed:
        because = say(
            "{court:first} has not decided; if the remedy is unreasonably prolonged, when the year began is for a lawyer:"
            " file soon.",
            court=court,
        )
        facts = (*facts, case.facts.path("claims", place, "delay", "claimed"))
        return Opinion("arguable", because, facts, "open", settles=say("the decision of {court}", court=court))
    because = say(
        "The year has not begun: on {day} the decision of {court} is still awaited.", day=case.on, court=court
    )
    return Opinion("met", because, facts)


def _possibly_awaited(case: Case, place: int, claim: Claim, ladder: Ladder, step: Step) -> Opinion:
    """Return the opinion for the case that a vague decision comes after the day assessed: it is then awaited."""
    if step.is_ordinary and step.need_not_be_awaited:
        return _assess(case, place, claim, with_pending(ladder, step))
    if step.remedy.kind is None:
        return _incomplete(case, place, claim, step)
    awaited = _awaited(case, place, claim, step)
    because = say(
        "If {court} decided only after {day}, the year had not begun.", court=authority(step.remedy), day=case.on
    )
    return awaited._replace(because=because, dates=facts_and_dates(step)[1])


def _incomplete(case: Case, place: int, claim: Claim, incomplete: Step) -> Opinion:
    court = authority(incomplete.remedy)
    if incomplete.remedy.kind is None:
        because = say(
            "Whether the year runs from the decision of {court} is not known: it is not recorded whether that remedy is"
            " ordinary.",
            court=court,
        )
        settles = say("whether the remedy before {court} is ordinary", court=court)
        return Opinion("unknown", because, (incomplete.path("kind"), incomplete.path("decided")), settles=settles)
    if incomplete.remedy.outcome == "no_reply" and claim.delay is not None and claim.delay.claimed:
        because = say(
            "{court:first} has not replied; if the remedy is unreasonably prolonged, when the year began is for a lawyer:"
            " file soon.",
            court=court,
        )
        facts = (incomplete.path("outcome"), case.facts.path("claims", place, "delay", "claimed"))
        settles = say("the day on which silence counts as refusal")
        return Opinion("arguable", because, facts, "open", settles=settles, sources=("silence",))
    facts = (incomplete.path("decided"), incomplete.path("outcome"))
    if incomplete.remedy.outcome == "no_reply":
        because = say("The last day can't be computed: the day on which silence counts as refusal is not recorded.")
        settles = say("the day on which silence counts as refusal")
        return Opinion("unknown", because, facts, settles=settles, sources=("silence",))
    because = say("The last day can't be computed: the day of the decision of {court} is not recorded.", court=court)
    return Opinion("unknown", because, facts, settles=say("the day of the decision of {court}", court=court))


def _no_decision(case: Case, place: int, excuse: tuple[str, ...]) -> Opinion:
    """Return the opinion on a ladder without a decision that counts: remedies are excused, or nothing is recorded."""
    facts = (case.facts.path("claims", place, "remedies"), *excuse)
    if excuse:
        because = say(
            "No decision starts the year: it rests on the reason why remedies were not used, and on when the author knew that"
            " they could not help. File soon."
        )
        settles = say("when it was clear that the remedies could not help")
        return Opinion("arguable", because, facts, "open", settles=settles)
    because = say("No final decision is recorded, so that the year can't be computed.")
    return Opinion("unknown", because, facts, settles=say("the last domestic decision, with its day"))


def _depends_on_vague_date(case: Case, year: Year) -> Opinion:
    steps = {
        step.place: step for step in (year.start, *(each.step for each in year.later), *year.possibly_awaited) if step
    }
    used = [facts_and_dates(step) for step in steps.values()]
    known_as = joined(text for step in steps.values() for text in _known_only_as(step))
    because = say(
        "Whether {day} is within the year depends on the day: {known}.",
        day=case.on,
        known=Items(tuple((each,) for each in known_as)),
    )
    settles = joined(text for step in steps.values() for text in _exact_days(step))
    dates = tuple(when for _, dates in used for when in dates if when.is_vague)
    return Opinion("unknown", because, tuple(path for paths, _ in used for path in paths), settles=settles, dates=dates)


def _known_only_as(step: Step) -> Iterator[Text]:
    """Yield how a vague date of a decision or of its notification is recorded, as it stands inside a sentence."""
    court, decided, notified = authority(step.remedy), step.remedy.decided, step.remedy.notified
    if decided is not None and decided.is_vague:
        yield say("the decision of {court} is known only as {date}", court=court, date=decided.edtf)
    if notified is not None and notified.is_vague:
        yield say("its notification by {court} is known only as {date}", court=court, date=notified.edtf)


def _exact_days(step: Step) -> Iterator[Text]:
    court, decided, notified = authority(step.remedy), step.remedy.decided, step.remedy.notified
    if decided is not None and decided.is_vague:
        yield say("the exact day of the decision of {court}", court=court)
    if notified is not None and notified.is_vague:
        yield say("the exact day of its notification by {court}", court=court)


def _in_time(year: Year, start: Step, excuse: tuple[str, ...]) -> Opinion:
    facts, dates = facts_and_dates(start)
    last = year.safe_until(last=False)
    because = (
        say("{decision:first}: the day is within the year, whichever day it was.", decision=final_decision(start))
        if last < year.safe_until(last=True)
        else say("{decision:first}: filing is safe until {last}.", decision=final_decision(start), last=last)
    )
    if excuse:
        because += say("That this was the last remedy to be used rests on the exception claimed for another one.")
        settles = say("what shows that the exception holds: if it does not, the remedy was missed")
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
    decision, passed, until = final_decision(start), year.safe_until(last=False), year.notified_until(last=False)
    because = (
        say(
            "{decision:first}: the safe day passed on {passed}, but counted from the notification {later:on} the year runs"
            " until {until}.",
            decision=decision,
            passed=passed,
            later=later,
            until=until,
        )
        if later is notified
        else say(
            "{decision:first}: the safe day passed on {passed}, but counted from the decision {later:on} the year runs until"
            " {until}.",
            decision=decision,
            passed=passed,
            later=later,
            until=until,
        )
    )
    settles = say("proof of the day on which the author or counsel was notified")
    return Opinion("arguable", because, facts, "admissible", settles=settles, sources=("notification",), dates=dates)


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
