"""Until when a mechanism can be used, counted from the final domestic decision.

As with the year of the Optional Protocol, the safe day is counted from the earlier of decision and notification, the
arguable day from the notification (CERD/C/103/D/60/2016, para. 7.2). Which limit applies depends on the day of the
decision (ECHR Protocol 15 art. 8(3): four months for final decisions taken on 1 February 2022 or later). A vague date is
an interval: it is split where the limit changes, and within one limit a later start never ends earlier.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from caseflow.law.case import Case
from caseflow.law.dates import UncertainDate, add_months, day_unless_open
from caseflow.law.facts import Claim
from caseflow.law.ladder import Ladder, Step, possibly_open_next_step
from caseflow.law.routes.answers import Point, worst
from caseflow.law.routes.mechanisms import Limit, Mechanism, TimeRule
from caseflow.law.sentences import Items, Text, Value, authority, note_on_approximate_dates, say

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ends:
    """The last safe and the last arguable day, each as a pair: with vague dates at their earliest and at their latest."""

    safe: tuple[date, date]
    arguable: tuple[date, date]


def in_time(mechanism: Mechanism, case: Case, place: int, claim: Claim) -> Point:
    """Find until when a claim can be brought; where its victims used different remedies, the worst point decides."""
    points = [_one(mechanism.time, case, ladder) for _victim, ladder in case.ladders(place, claim)]
    status = worst(points)
    deciding = [point for point in points if point.status == status]
    return min(deciding, key=lambda point: point.safe_until or point.arguable_until or date.max)


def _one(rule: TimeRule, case: Case, ladder: Ladder) -> Point:
    if not rule.limits:
        return _without_day(rule, case, ladder)
    year = case.year(ladder)
    if year.awaited is not None:
        because = say(
            "The time limit has not begun: the decision of {court} is awaited.", court=authority(year.awaited.remedy)
        )
        return Point("open", because, (year.awaited.path("decided"),), citation=rule.citation)
    if year.start is None:
        facts = (year.incomplete.path("decided"),) if year.incomplete else (case.facts.path("claims"),)
        because = say("The day of the final domestic decision is not recorded, so that the last day can't be computed.")
        return Point("unknown", because, facts, say("When was the final domestic decision taken and notified?"))
    return _counted(rule, case, ladder, year.start)


def _without_day(rule: TimeRule, case: Case, ladder: Ladder) -> Point:
    if not rule.is_reasonable_time:
        return Point("open", rule.words, citation=rule.citation)
    year = case.year(ladder)
    if year.awaited is not None and not rule.from_facts:
        awaited = say("It has not begun: the decision of {court} is awaited.", court=authority(year.awaited.remedy))
        return Point("open", rule.words + awaited, (year.awaited.path("decided"),), citation=rule.citation)
    facts = (year.start.path("decided"),) if year.start else ()
    question = say("Is the time that has passed still reasonable?")
    return Point("needs_lawyer", rule.words, facts, question, rule.citation)


def _counted(rule: TimeRule, case: Case, ladder: Ladder, start: Step) -> Point:
    ends = limits_of(rule, start, _others_ended(rule, case))
    decided = start.remedy.decided
    assert decided is not None
    safe, last = ends.safe[0], max(ends.arguable[1], ends.safe[1])
    facts = tuple(start.path(name) for name in ("decided", "notified"))
    point = Point(
        "open",
        _counting(rule, start, decided),
        tuple(dict.fromkeys(facts)),
        citation=rule.citation,
        starts=_counted_from(decided, start.remedy.notified),
        safe_until=day_unless_open(safe),
        arguable_until=day_unless_open(ends.arguable[0]) if ends.arguable[0] > safe else None,
    )
    if case.on <= safe:
        return point
    if case.on > last:
        return _late(rule, case, ladder, point, last)
    return _between(case, ends, point)


def _counting(rule: TimeRule, start: Step, decided: UncertainDate) -> Text:
    """Return what is counted from which decision, and how approximate dates were read."""
    months = dict.fromkeys(limit.months for limit in rule.limits if _applies(limit, decided))
    counted: dict[str, Value] = {
        "months": Items(tuple(months), "or"),
        "court": authority(start.remedy),
        "decided": decided,
    }
    notified = start.remedy.notified
    because = (
        say(
            "{months} months from the final domestic decision, of {court} {decided:on}, notified {notified:on}.",
            **counted,
            notified=notified,
        )
        if notified
        else say(
            "{months} months from the final domestic decision, of {court} {decided:on}; no notification is recorded.",
            **counted,
        )
    )
    return because + note_on_approximate_dates(when for when in (decided, notified) if when)


def limits_of(rule: TimeRule, start: Step, others_ended: tuple[UncertainDate, ...] = ()) -> Ends:
    """Count the last days from a final decision, under every limit that may apply to the days its date can mean.

    Where the rule also counts from the end of another procedure, the safe day is the earlier of both, the arguable one
    the later.
    """
    counted = list(_each_limit(rule, start))
    safe = (min(first for first, _last, _arguable in counted), max(last for _first, last, _arguable in counted))
    notified = [each for _first, _last, each in counted if each is not None]
    arguable = (date.min, date.min)
    if notified:
        arguable = (min(first for first, _ in notified), max(last for _, last in notified))
    for when in others_ended:
        months = rule.after_another_months or 0
        after = add_months(when.earliest, months), add_months(when.latest, months)
        arguable = (max(arguable[0], safe[0], after[0]), max(arguable[1], safe[1], after[1]))
        safe = (min(safe[0], after[0]), min(safe[1], after[1]))
    return Ends(safe, arguable)


def _each_limit(rule: TimeRule, start: Step) -> Iterator[tuple[date, date, tuple[date, date] | None]]:
    """Yield for each limit the earliest and latest safe day, and both as counted from the notification if there is one."""
    decided, notified = start.remedy.decided, start.remedy.notified
    assert decided is not None
    for limit in rule.limits:
        first = max(decided.earliest, limit.decided_from)
        last = min(decided.latest, _day_before(limit.decided_before))
        if first > last:
            continue
        if notified is None:
            yield add_months(first, limit.months), add_months(last, limit.months), None
            continue
        before_decision = notified.latest < decided.earliest
        earliest = notified.earliest if before_decision else max(notified.earliest, first)
        latest = notified.latest if before_decision else max(notified.latest, last)
        yield (
            add_months(min(first, earliest), limit.months),
            add_months(min(last, latest), limit.months),
            (add_months(earliest, limit.months), add_months(latest, limit.months)),
        )


def _late(rule: TimeRule, case: Case, ladder: Ladder, point: Point, last: date) -> Point:
    claim = (case.facts.claims or ())[ladder[0].claim]
    open_step = possibly_open_next_step(ladder, claim, case.on)
    if open_step is not None:
        because = point.because + say(
            "It ran out on {day}, if that decision was final: a next step may still be open.", day=last
        )
        return Point("unknown", because, (*point.facts, open_step.path("next_step")), citation=rule.citation)
    because = point.because + say("It ran out on {day}.", day=last)
    since = last + ONE_DAY if last < date.max else None
    if rule.effect == "abuse":
        question = say(
            "Is there a reason that justifies the delay? Lateness may be taken as abuse, it does not bar by itself."
        )
        because = point.because + say("{day} has passed.", day=last)
        return replace(point, status="needs_lawyer", because=because, questions=question)
    if rule.excuse and case.facts.lateness_reason:
        facts = (*point.facts, case.facts.path("lateness_reason"))
        question = say("Does the reason for lateness meet what this body asks for?")
        return replace(point, status="needs_lawyer", because=because, questions=question, facts=facts)
    short = say("The time limit ran out")
    return replace(point, status="closed", because=because, closed_since=since, short=short)


def _between(case: Case, ends: Ends, point: Point) -> Point:
    exactly = case.on > ends.safe[1] and case.on <= ends.arguable[0]
    if exactly:
        because = point.because + say("The safe day has passed; counted from the notification it can still be argued.")
        question = say("Does the time count from the notification?")
        return replace(point, status="needs_lawyer", because=because, questions=question)
    because = point.because + say("Whether it has run out depends on the exact day.")
    question = say("On which day was the decision taken and notified?")
    return replace(point, status="unknown", because=because, questions=question)


def _others_ended(rule: TimeRule, case: Case) -> tuple[UncertainDate, ...]:
    if rule.after_another_months is None:
        return ()
    return tuple(other.until for other in case.facts.other_procedures or () if other.until)


def _counted_from(decided: UncertainDate, notified: UncertainDate | None) -> UncertainDate:
    return notified if notified is not None and notified.latest < decided.earliest else decided


def _applies(limit: Limit, decided: UncertainDate) -> bool:
    return decided.latest >= limit.decided_from and decided.earliest < limit.decided_before


def _day_before(day: date) -> date:
    return day - ONE_DAY if day < date.max else day
