"""The year of OP-ICESCR art. 3(2)(a) for one ladder of remedies: which decision starts it, and its last days.

The safe day is counted from the earlier of decision and notification, the arguable day from the later of the two or from a
later decision in a remedy that is not ordinary. A vague date is an interval, so each last day is computed twice: with every date at its
earliest day, and with every date at its latest. A later start never ends earlier, so the days between need no computing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from caseflow.law.dates import UncertainDate, add_years
from caseflow.law.findings import Favours
from caseflow.law.ladder import PROCEDURAL_DEFAULTS, Ladder, Step

Timing = Literal["in_time", "between", "late"]
"""Up to the safe day; after it and up to the last arguable day; after both."""
_ENDED_WITHOUT_DECISION: Final = frozenset({"withdrawn", "settled"})
_NOT_DECIDED: Final = _ENDED_WITHOUT_DECISION | {"pending"}
_WITHOUT_ARGUABLE_DAY: Final = _ENDED_WITHOUT_DECISION | PROCEDURAL_DEFAULTS
"""Outcomes of a remedy that is not ordinary from which no year can be counted."""
BEST_FIRST: Final[tuple[Favours, ...]] = ("admissible", "open", "inadmissible")


class Later(NamedTuple):
    """A decision after the final ordinary one, from which the year can be argued for, and how far that convinces."""

    step: Step
    favours: Favours


class Year(NamedTuple):
    """What starts the year, or why it has not started or can't be computed.

    At most one of `start`, `awaited` and `incomplete` is set.
    """

    years: int
    """How many years the author has to file: the figure of the ruleset."""
    start: Step | None = None
    """The remedy whose decision starts the year."""
    final: Step | None = None
    """The final decision in a remedy that is ordinary for certain: `start`, unless that is not known."""
    awaited: Step | None = None
    """An ordinary remedy that is not decided yet: the year has not started."""
    incomplete: Step | None = None
    """The last remedy, where its kind or the date of its decision is not recorded."""
    later: tuple[Later, ...] = ()
    """Extraordinary, discretionary and constitutional remedies that were decided after `start`."""
    later_awaited: Later | None = None
    """An extraordinary or discretionary remedy that is not decided yet: if it counts, the year has not started."""
    uncertain: tuple[Step, ...] = ()
    """Such remedies without a recorded day of decision, or of which the vague day may lie after the day assessed; those with a
    day come last."""
    second: Step | None = None
    """The remedy, not an ordinary one, from which a clock of its own is shown: the last with a day, else one without."""
    possibly_awaited: tuple[Step, ...] = ()
    """Remedies that are or may be ordinary, and whose vague day of decision may lie after the day assessed."""
    not_suspensive: Step | None = None
    """An ordinary remedy that is pending, but need not be awaited because it does not suspend the act: `start` is before it."""
    known_by: tuple[date | None, date | None] = (None, None)
    """The day by which a later step shows that the author knew of the decision, where no notification is recorded: if the
    decision was taken on its earliest day, and if on its latest."""

    @property
    def has_decision(self) -> bool:
        """Return whether there is a decision from which to count, ordinary or not."""
        return self.start is not None or bool(self.later) or bool(self.uncertain)

    @property
    def later_uncertain(self) -> Step | None:
        """Return the one of `uncertain` that is named in a finding: the last with a day, else the last."""
        return self.uncertain[-1] if self.uncertain else None

    @property
    def last_decision(self) -> Step | None:
        """Return the decision from which the year is counted where no better day is left: the last, if none is ordinary."""
        if self.start is not None or self.later:
            return self.start or self.later[-1].step
        uncertain = self.later_uncertain
        return uncertain if uncertain is not None and uncertain.remedy.decided is not None else None

    def timing_at(self, on: date, *, last: bool) -> Timing:
        """Return the timing of a day with every date at its latest day, or at its earliest."""
        if self.start is not None and on <= self.safe_until(last=last):
            return "in_time"
        return "between" if on <= self.arguable_until(last=last) else "late"

    def safe_until(self, *, last: bool) -> date:
        """Return the last safe day, counted from the earlier of decision and notification. Weekends don't move it."""
        assert self.start is not None
        decided = _day(self.start.remedy.decided, last=last)
        notified = _notification_day(self.start, last=last)
        return add_years(decided if notified is None else min(decided, notified), self.years)

    def notified_until(self, *, last: bool) -> date:
        """Return the last day of the year counted from the later of decision and notification; `date.min` without one."""
        notified = None if self.start is None else _notification_day(self.start, last=last)
        if self.start is None or notified is None:
            return date.min
        is_served_first = _is_served_before(self.start)
        return add_years(_day(self.start.remedy.decided, last=last) if is_served_first else notified, self.years)

    def later_until(self, later: Step, *, last: bool) -> date:
        """Return the last day of the year counted from a later decision or its notification.

        Of vague dates only the days from the final ordinary decision on count.
        """
        days = [_day(when, last=last) for when in _dates(later)]
        decided = self.final.remedy.decided if self.final else None
        if decided is not None and not (last and self._is_overtaken(later)):
            days.append(_day(decided, last=last))
        return add_years(max(days), self.years)

    def _is_overtaken(self, later: Step) -> bool:
        """Return whether a later decision came before the final ordinary one, if that was taken on its latest day."""
        decided = self.final.remedy.decided if self.final else None
        return decided is not None and _came_before(later, decided)

    def without_overtaken(self) -> Iterator["Year"]:
        """Yield the year for each later decision that the final ordinary one may have followed, as if it came the day after.

        What it then followed no longer counts, which is one later decision after the other.
        """
        overtaken = [each.step.remedy.decided for each in self.later if self._is_overtaken(each.step)]
        if self.start is None:
            return
        notified = self.start.remedy.notified
        for day in sorted({when.latest for when in overtaken if when is not None}):
            after = UncertainDate.of(day + timedelta(days=1))
            if notified is not None and notified.latest < after.earliest and not _is_served_before(self.start):
                return  # it was notified before: so it did not come after
            start = self.start._replace(remedy=replace(self.start.remedy, decided=after))
            later = tuple(each for each in self.later if not _came_before(each.step, after))
            yield self._replace(start=start, final=start, later=later)

    def scenarios(self) -> "list[tuple[Year, bool]]":
        """Return what the vague dates allow at their ends: the year, and whether dates are at their latest day."""
        return [(year, last) for year in (self, *self.without_overtaken()) for last in (False, True)]

    def arguable_until(self, *, last: bool) -> date:
        """Return the last day that can be argued for, `date.min` where there is none; without remedies whose day is uncertain."""
        return max([self.notified_until(last=last), *(self.later_until(each.step, last=last) for each in self.later)])

    def best_later(self, on: date, *, last: bool) -> Later | None:
        """Return the later decision, of those whose year has not ended, that convinces most."""
        reached = [each for each in self.later if on <= self.later_until(each.step, last=last)]
        return min(reversed(reached), key=lambda each: BEST_FIRST.index(each.favours), default=None)

    def is_known_for_over_a_year(self, on: date, *, last: bool) -> bool:
        """Return whether a later step shows that the decision was known for more than the year."""
        day = self.known_by[last]
        return day is not None and day < date.max and add_years(day, self.years) < on


def _came_before(later: Step, decided: UncertainDate) -> bool:
    """Return whether a later decision came before the last day of another date."""
    return later.remedy.decided is not None and later.remedy.decided.latest < decided.latest


def count_year(ladder: Ladder, on: date, years: int) -> Year:
    """Find the final decision in the last remedy that counts, as things stand on a day."""
    ordinary = [step for step in ladder if step.is_possibly_ordinary]
    pending = [step for step in ordinary if step.is_pending(on)]
    not_suspensive = _not_suspensive(pending)
    if not_suspensive is not None:
        others = [step for step in ordinary if not (step.is_ordinary and step.is_pending(on))]
        if _final_decision([step for step in others if step.is_ordinary]) is not None:
            ordinary, pending = others, [step for step in pending if not step.is_ordinary]
        else:
            not_suspensive = None
    start, certain = (
        _final_decision(ordinary),
        _final_decision([step for step in ordinary if step.is_ordinary and not step.is_pending(on)]),
    )
    awaited = next((step for step in pending if step.is_ordinary), None)
    incomplete = pending[0] if pending else None
    if start is not None and (start.remedy.decided is None or start.remedy.kind is None):
        incomplete = incomplete or start
    may_count = [step for step in ladder if _may_give_a_day(step)]
    after = may_count if certain is None else [step for step in may_count if ladder.index(step) > ladder.index(certain)]
    lost = list(_lost_for_form(ladder, certain, on))
    not_pending = [step for step in after if not step.is_pending(on)]
    dated = [step for step in not_pending if step.remedy.decided and not step.is_possibly_pending(on)]
    later = tuple(Later(step, _leaning(step)) for step in (*dated, *(each for each in lost if each.remedy.decided)))
    counted = start if start is not None else dated[-1] if dated else None
    uncertain = [step for step in not_pending if step not in dated] + [each for each in lost if not each.remedy.decided]
    return Year(
        years,
        start=None if incomplete else start,
        final=certain,
        awaited=awaited,
        incomplete=None if awaited else incomplete,
        later=later,
        later_awaited=_best([Later(step, _leaning_of_awaited(step)) for step in may_count if step.is_pending(on)]),
        uncertain=tuple(sorted(uncertain, key=lambda step: (step.remedy.decided is not None, ladder.index(step)))),
        second=_second(not_pending, [step for step in may_count if step.is_pending(on)]),
        possibly_awaited=_possibly_awaited(ordinary, on),
        not_suspensive=not_suspensive,
        known_by=(None, None)
        if incomplete or counted is None or counted.remedy.notified
        else (_known_by(ladder, counted, last=False), _known_by(ladder, counted, last=True)),
    )


def _second(not_pending: list[Step], awaited: list[Step]) -> Step | None:
    with_a_day = [step for step in not_pending if step.remedy.decided is not None]
    return next((steps[-1] for steps in (with_a_day, awaited, not_pending) if steps), None)


def _not_suspensive(pending: list[Step]) -> Step | None:
    """Return the first of the pending ordinary remedies, if each is recorded as one that need not be awaited."""
    certain = [step for step in pending if step.is_ordinary]
    return certain[0] if certain and all(step.need_not_be_awaited for step in certain) else None


def _may_give_a_day(step: Step) -> bool:
    """Return whether it is a remedy that is not ordinary, and from whose decision a year may be argued for."""
    remedy = step.remedy
    return (
        remedy.kind in ("extraordinary", "discretionary")
        and remedy.could_repair is not False
        and remedy.outcome not in _WITHOUT_ARGUABLE_DAY
    )


def _leaning(step: Step) -> Favours:
    """Return how far a year counted from a remedy convinces: it does, if the remedy could have repaired the violation."""
    if step.remedy.kind == "discretionary":
        return "inadmissible"
    return "admissible" if step.remedy.kind == "extraordinary" and step.remedy.could_repair else "open"


def _leaning_of_awaited(step: Step) -> Favours:
    return "inadmissible" if step.remedy.kind == "discretionary" else "open"


def _best(later: list[Later]) -> Later | None:
    return min(later, key=lambda each: BEST_FIRST.index(each.favours), default=None)


def _lost_for_form(ladder: Ladder, start: Step | None, on: date) -> Iterator[Step]:
    """Yield the constitutional remedies that were lost for their form after an ordinary decision."""
    for step in ladder[ladder.index(start) + 1 :] if start is not None else ():
        if step.is_lost_constitutional and not step.is_pending(on):
            yield step


def _known_by(ladder: Ladder, start: Step, *, last: bool) -> date | None:
    """Return the earliest day by which a later step shows knowledge of a decision, of vague dates the latest day.

    Steps are remedies listed after it, and other procedures on the same persons and facts that began after it. What
    certainly came before the decision shows nothing.
    """
    decided = _day(start.remedy.decided, last=last)
    steps = (step.remedy.filed or step.remedy.decided for step in ladder[ladder.index(start) + 1 :])
    found = [when.latest for when in steps if when is not None and when.latest >= decided]
    begun = (other.start for other in start.facts.other_procedures or () if other.same_persons and other.same_facts)
    found += [when.latest for when in begun if when is not None and when.earliest > decided]
    return min(found, default=None)


def _final_decision(ordinary: list[Step]) -> Step | None:
    """Return the last decided remedy; one lost by lateness or form only where there is no other."""
    decided = [step for step in ordinary if step.remedy.outcome not in _NOT_DECIDED]
    counted = [step for step in decided if step.remedy.outcome not in PROCEDURAL_DEFAULTS] or decided
    return counted[-1] if counted else None


def _possibly_awaited(ordinary: list[Step], on: date) -> tuple[Step, ...]:
    """Return the remedies that may have been decided after the day.

    One that is followed by a remedy decided by that day was itself decided by then.
    """
    found: list[Step] = []
    for step in reversed(ordinary):
        if step.is_possibly_pending(on):
            found.append(step)
        elif step.is_ordinary and step.remedy.decided is not None and not step.is_pending(on):
            break
    return tuple(found)


def safe_day_counts_from(start: Step) -> UncertainDate:
    """Return the date from which the safe day is counted."""
    decided, notified = start.remedy.decided, start.remedy.notified
    assert decided is not None
    return notified if notified is not None and _is_served_before(start) else decided


def _is_served_before(step: Step) -> bool:
    """Return whether a decision was certainly served before the day that it bears, as an operative part is."""
    decided, notified = step.remedy.decided, step.remedy.notified
    return decided is not None and notified is not None and notified.latest < decided.earliest


def _notification_day(step: Step, *, last: bool) -> date | None:
    """Return the earliest or latest day of a notification.

    A notification does not come before its decision, so of a vague one only the days from the decision on are used: for a
    decision of 9 December, "December" means 9 December or later. A notification that certainly came before the decision
    (an operative part served before the judgment was written) is used as it is.
    """
    decided, notified = step.remedy.decided, step.remedy.notified
    if notified is None or decided is None:
        return None
    day = _day(notified, last=last)
    return day if _is_served_before(step) else max(day, decided.earliest)


def _dates(step: Step) -> list[UncertainDate]:
    return [when for when in (step.remedy.decided, step.remedy.notified) if when is not None]


def _day(when: UncertainDate | None, *, last: bool) -> date:
    assert when is not None
    return when.latest if last else when.earliest
