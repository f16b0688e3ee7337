"""The clocks of a case: for each claim the year, the year counted from extraordinary remedies, and next domestic steps."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from caseflow.law.case import Case
from caseflow.law.dates import UncertainDate, day_unless_open
from caseflow.law.facts import Claim
from caseflow.law.findings import Clock, ClockState
from caseflow.law.ladder import (
    Ladder,
    Step,
    assess_by_victim,
    possibly_open_next_step,
    untaken_next_steps,
    unusual_remedy,
    with_pending,
)
from caseflow.law.sentences import Term, Text, authority, note_on_approximate_dates, say
from caseflow.law.year import Year, safe_day_counts_from

ONE_YEAR = "one-year"
NEXT_STEP = "next-domestic-step"


def clocks(case: Case) -> Iterator[Clock]:
    """Compute the clocks of all claims; one for each victim where the victims' clocks differ."""
    for place, claim in case.facts.claims_by_index():
        by_victim = case.ladders(place, claim)
        for kind in CLOCKS.values():
            for victim, found in assess_by_victim(by_victim, partial(kind, case, claim)):
                yield from (found if victim is None else tuple(clock._replace(victim=victim) for clock in found))


def _one_year_clocks(case: Case, claim: Claim, ladder: Ladder) -> tuple[Clock, ...]:
    """Count the year in which the communication must be filed, for each claim, and for each victim where they differ.

    Provision: OP-ICESCR art. 3(2)(a).
    Reading: the year runs from the final decision in the last remedy that counts. A year from the earlier of decision and
    notification is safe; a year from the later can be argued for. A last day never rolls forward over a weekend or a holiday,
    and a day that does not exist becomes the last of its month. An extraordinary remedy that was used later and may have
    repaired the violation gives a day that can be argued for; a second clock of the same name counts from it alone, and from a
    discretionary one, without a safe day: keep to the first.
    Starts: with the decision or its notification, whichever is earlier, as written in the facts. Of a vague date the
    earliest day counts.
    Safe until: a year after the start. Missing where no day can be computed, and on the second clock.
    Arguable until: a year after the later of decision and notification; or, where an extraordinary or discretionary remedy was
    decided later, or a constitutional one refused for its form, a year after that decision or its notification if this is later
    still. On the second clock, a year after that decision alone. Missing where neither is recorded.
    State: not started while the decision is awaited; running until the last arguable day, or the safe one where there is no
    other; expired after it; unknown where it depends on the day of a vague date, where no final decision is recorded, where no
    notification is recorded and no later step shows that the decision was known for over a year, where a decision may have come
    only after the day, after a year during which a remedy is pending that need not be awaited, and where a next ordinary step
    may still be open so that the decision may not be the final one. Days left count to the safe day, else to the arguable one, and are negative once past.
    Sources: as for the rule `one-year`.
    """
    year = case.year(ladder)
    if year.start is None:
        first = _year_without_start(case, claim, year)
    else:
        first = _year_clock(case, claim, year, year.start)
        open_step = possibly_open_next_step(ladder, claim, case.on)
        if first.state == "expired" and _may_run(case, year, year.start):
            first = first._replace(state="unknown")
        elif first.state == "expired" and open_step is not None:
            first = _possibly_not_final(first, open_step)
        elif not _agree_if_awaited(case, claim, ladder, first.state, year.possibly_awaited):
            first = first._replace(state="unknown")
    second = year.second
    return (first,) if second is None else (first, _later_year_clock(case, claim, year, second))


def _agree_if_awaited(case: Case, claim: Claim, ladder: Ladder, state: ClockState, perhaps: tuple[Step, ...]) -> bool:
    """Return whether a state is the same if remedies whose day is vague are awaited. A year that has not begun reads as running."""
    states = {state}
    for step in perhaps:
        if step.is_ordinary and step.need_not_be_awaited:
            states.add(_one_year_clocks(case, claim, with_pending(ladder, step))[0].state)
        else:
            states.add("not_started")
    return len({"running" if each == "not_started" else each for each in states}) == 1


def _may_run(case: Case, year: Year, start: Step) -> bool:
    """Return whether the year may run though it is over by what is recorded."""
    if year.not_suspensive is not None or year.uncertain:
        return True
    is_known = all(year.is_known_for_over_a_year(case.on, last=last) for last in (False, True))
    return start.remedy.notified is None and not is_known


def _last_arguable(year: Year) -> date | None:
    """Return the last day that can be argued for, of vague days counted from the earliest."""
    days = [year.arguable_until(last=False)]
    days += [year.later_until(step, last=False) for step in year.uncertain if step.remedy.decided is not None]
    return day_unless_open(max(days))


def _year_clock(case: Case, claim: Claim, year: Year, start: Step) -> Clock:
    counted = safe_day_counts_from(start)
    safe = day_unless_open(year.safe_until(last=False))
    arguable = _last_arguable(year)
    late = {each.timing_at(case.on, last=last) == "late" for each, last in year.scenarios()}
    state: ClockState = "unknown" if len(late) > 1 else "expired" if True in late else "running"
    because = _counted(start, counted)
    if safe is None:
        because += say("At the latest it ran until {day}.", day=year.safe_until(last=True))
    elif counted.is_vague:
        because += say("Safe until {day}, counted from the earliest day it can have been.", day=safe)
    else:
        because += say("Safe until {day}.", day=safe)
    path = start.path("decided" if counted is start.remedy.decided else "notified")
    return _clock(
        case,
        ONE_YEAR,
        claim,
        state,
        because=because,
        path=path,
        starts=counted,
        safe=safe,
        arguable=arguable,
    )


def _counted(start: Step, counted: UncertainDate) -> Text:
    court, decided = authority(start.remedy), start.remedy.decided or counted
    if start.remedy.notified is None:
        return say(
            "One year from the decision of {court} {decided:on}; no notification is recorded, from which a later day could be"
            " argued for.",
            court=court,
            decided=decided,
        )
    return say(
        "One year from the decision of {court} {decided:on}, notified {notified:on}; the earlier of the two is safe, the later"
        " can be argued for.",
        court=court,
        decided=decided,
        notified=start.remedy.notified,
    )


def _possibly_not_final(clock: Clock, open_step: Step) -> Clock:
    """Turn an expired clock into an unknown one without last days: a later decision may be the final one."""
    because = clock.because + say(
        "Whether that decision was final is not known: {stage} is not recorded as taken.",
        stage=Term("remedy_stages", open_step.remedy.next_step or ""),
    )
    return clock._replace(state="unknown", safe_until=None, arguable_until=None, days_left=None, because=because)


def _year_without_start(case: Case, claim: Claim, year: Year) -> Clock:
    if year.awaited is not None:
        because = say(
            "The year has not begun: the decision of {court} is awaited.", court=authority(year.awaited.remedy)
        )
        return _clock(case, ONE_YEAR, claim, "not_started", because=because, path=year.awaited.path("decided"))
    if year.incomplete is not None:
        because = say(
            "The day or the kind of the decision of {court} is not recorded.", court=authority(year.incomplete.remedy)
        )
        return _clock(case, ONE_YEAR, claim, "unknown", because=because, path=year.incomplete.path("decided"))
    because = say("No final decision in a remedy that counts is recorded.")
    return _clock(case, ONE_YEAR, claim, "unknown", because=because, path="")


def _later_year_clock(case: Case, claim: Claim, year: Year, later: Step) -> Clock:
    """Count the year from an extraordinary remedy: an arguable day, never a safe one."""
    remedy, decided = unusual_remedy(later), later.remedy.decided
    if decided is None and not later.is_pending(case.on):
        because = say(
            "When {remedy} was decided is not recorded. The safe day is that of the other clock.", remedy=remedy
        )
        return _clock(case, ONE_YEAR, claim, "unknown", because=because, path=later.path("decided"))
    if later.is_pending(case.on) or decided is None:
        because = say("{remedy:first} is still pending. The safe day is that of the other clock.", remedy=remedy)
        return _clock(case, ONE_YEAR, claim, "not_started", because=because, path=later.path("decided"))
    early, late = year.later_until(later, last=False), year.later_until(later, last=True)
    state: ClockState = "running" if case.on <= early else "expired" if case.on > late else "unknown"
    because = say("One year counted from {remedy}, decided {decided:on}.", remedy=remedy, decided=decided)
    because += (
        say("Such a remedy does not normally count: keep to the other clock.")
        if later.remedy.kind == "discretionary"
        else say("It can be argued for; the safe day is that of the other clock.")
    )
    return _clock(
        case,
        ONE_YEAR,
        claim,
        state,
        because=because,
        path=later.path("decided"),
        starts=decided,
        arguable=day_unless_open(early),
    )


def _next_step_clocks(case: Case, claim: Claim, ladder: Ladder) -> tuple[Clock, ...]:
    """Count to the last day of each next domestic step that was not taken.

    Provision: OP-ICESCR art. 3(1): a remedy that is missed is not exhausted. The time limit itself is domestic law.
    Reading: the last day is taken from the facts as it is written; it is not computed here. A step counts as taken when a
    later remedy has its stage, or, where it is written in words, when any ordinary remedy follows. A step that is
    explained as not used has no clock.
    Starts: with the notification of the decision before it, or with that decision where no notification is recorded.
    Safe until: the last day that is recorded for the step; of a vague date its earliest day.
    Arguable until: never given.
    State: running until the last day; expired after it, and then the rule `exhaustion` says what that means; unknown where
    no last day is recorded, or where it depends on the day of a vague date. A step's clock always has started.
    Sources: the time limit is that of the domestic law, which the facts name.
    """
    return tuple(_next_step_clock(case, claim, step) for step in untaken_next_steps(ladder, claim, case.on))


def _next_step_clock(case: Case, claim: Claim, step: Step) -> Clock:
    due, starts = step.remedy.next_step_due, step.remedy.notified or step.remedy.decided
    stage, court = Term("remedy_stages", step.remedy.next_step or ""), authority(step.remedy)
    path = step.path("next_step_due")
    if due is None:
        because = say("{stage}, the next step after {court}: its last day is not recorded.", stage=stage, court=court)
        return _clock(case, NEXT_STEP, claim, "unknown", because=because, path=path, starts=starts)
    state: ClockState = "running" if case.on <= due.earliest else "expired" if case.on > due.latest else "unknown"
    because = say("{stage}, the next step after {court}: its last day is {due}.", stage=stage, court=court, due=due)
    return _clock(
        case, NEXT_STEP, claim, state, because=because, path=path, starts=starts, safe=day_unless_open(due.earliest)
    )


def _clock(
    case: Case,
    name: str,
    claim: Claim,
    state: ClockState,
    *,
    because: Text,
    path: str,
    starts: UncertainDate | None = None,
    safe: date | None = None,
    arguable: date | None = None,
) -> Clock:
    until = safe or arguable
    return Clock(
        clock=name,
        citation=case.register.ruleset.citations[name],
        claim=claim.id,
        victim=None,
        state=state,
        starts=starts,
        safe_until=safe,
        arguable_until=arguable,
        days_left=(until - case.on).days if until else None,
        because=because + note_on_approximate_dates((starts,)) if starts else because,
        path=path,
    )


CLOCKS: Final[Mapping[str, Callable[[Case, Claim, Ladder], tuple[Clock, ...]]]] = {
    ONE_YEAR: _one_year_clocks,
    NEXT_STEP: _next_step_clocks,
}
"""Each clock and the function that computes it, in the order of the answer."""
