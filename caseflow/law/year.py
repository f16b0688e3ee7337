"""The year of OP-ICESCR art. 3(2)(a) for one ladder of remedies: which decision starts it, and its last days.

The safe day counts from the earlier of decision and notification, the arguable day from the notification or from a
later extraordinary decision. Dates are intervals: every figure is computed for their earliest and for their latest
days, and since a later start never ends earlier, the days between can't give any other answer.
"""

from datetime import date
from typing import Final, Literal, NamedTuple

from caseflow.law.dates import UncertainDate, add_years
from caseflow.law.ladder import LOST, Ladder, Step

Timing = Literal["in_time", "between", "late"]
"""Safe; to be argued for by the notification or by an extraordinary remedy; past all days."""
_NO_DECISION: Final = frozenset({"withdrawn", "settled"})
_NOT_DECIDED: Final = _NO_DECISION | {"pending"}
_NOTHING_LATER: Final = _NO_DECISION | LOST
"""Outcomes by which an extraordinary remedy gives no later day."""


class Year(NamedTuple):
    """What starts the year, or why it has not started or can't be computed. At most one of the first three is set."""

    years: int
    """How many there are to file: the figure of the ruleset."""
    start: Step | None = None
    awaited: Step | None = None
    gap: Step | None = None
    """The last remedy, whose kind or date of decision is not known."""
    later: Step | None = None
    """An extraordinary or discretionary remedy decided later, or perhaps later."""
    later_awaited: Step | None = None
    """One whose decision is still awaited: counted from it the year has not begun."""
    later_undated: Step | None = None
    """One that was decided on a day that is not recorded, or whose outcome is not."""
    perhaps_awaited: tuple[Step, ...] = ()
    """Remedies that are, or may be, ordinary, and may have been decided only after the day."""

    @property
    def rests_on_undated(self) -> bool:
        """Return whether only an extraordinary remedy of an unknown day may leave a day to argue for."""
        return self.later_undated is not None and self.later is None and self.later_awaited is None

    def timing(self, on: date) -> tuple[Timing, Timing]:
        """Return how a day stands to the year if every date has its earliest day, and if its latest."""
        return self._timing(on, last=False), self._timing(on, last=True)

    def _timing(self, on: date, *, last: bool) -> Timing:
        if self.start is not None and on <= self.safe_until(last=last):
            return "in_time"
        return "between" if on <= self.arguable_until(last=last) else "late"

    def safe_until(self, *, last: bool) -> date:
        """Return the last safe day: the earlier of decision and notification, and a year. Weekends don't move it."""
        assert self.start is not None
        decided = _day(self.start.remedy.decided, last=last)
        told = _told(self.start, last=last)
        return add_years(decided if told is None else min(decided, told), self.years)

    def arguable_until(self, *, last: bool) -> date:
        """Return the last day that can be argued for, `date.min` where there is none."""
        days = [date.min]
        if self.start is not None and (told := _told(self.start, last=last)) is not None:
            days.append(add_years(told, self.years))
        if self.later is not None:
            days.append(later_until(self.later, self.years, last=last))
        return max(days)


def count_year(ladder: Ladder, on: date, years: int) -> Year:
    """Find the final decision in the last remedy that counts, seen on a day."""
    ordinary = [step for step in ladder if step.may_be_ordinary]
    beside = [
        step
        for step in ladder
        if step.remedy.kind in ("extraordinary", "discretionary") and step.remedy.outcome not in _NOTHING_LATER
    ]
    later = next((step for step in reversed(beside) if step.remedy.decided and not step.is_pending(on)), None)
    awaited = [step for step in ordinary if step.is_pending(on)]
    start, sure = _final(ordinary), _final([step for step in ordinary if step.is_ordinary])
    if later is not None and sure is not None and _not_after(later, sure):
        later = None
    waits = next((step for step in awaited if step.is_ordinary), None)
    gap = awaited[0] if awaited else None
    if start is not None and (start.remedy.decided is None or start.remedy.kind is None):
        gap = gap or start
    return Year(
        years,
        start=None if gap else start,
        awaited=waits,
        gap=None if waits else gap,
        later=later,
        later_awaited=next((step for step in beside if step.is_pending(on)), None),
        later_undated=next((step for step in beside if step.remedy.decided is None and not step.is_pending(on)), None),
        perhaps_awaited=_perhaps_awaited(ordinary, on),
    )


def _final(ordinary: list[Step]) -> Step | None:
    """Return the last decision; one lost by lateness or form only where there is no other."""
    decided = [step for step in ordinary if step.remedy.outcome not in _NOT_DECIDED]
    kept = [step for step in decided if step.remedy.outcome not in LOST] or decided
    return kept[-1] if kept else None


def _perhaps_awaited(ordinary: list[Step], on: date) -> tuple[Step, ...]:
    """Return those that may have been decided only after the day, and were not followed by one decided before it."""
    found: list[Step] = []
    for step in reversed(ordinary):
        if step.may_be_pending(on):
            found.append(step)
        elif step.is_ordinary and step.remedy.decided is not None and not step.is_pending(on):
            break
    return tuple(found)


def _not_after(later: Step, start: Step) -> bool:
    """Return whether an extraordinary decision certainly came no later than the final ordinary one."""
    if later.remedy.decided is None or start.remedy.decided is None:
        return False
    return later.remedy.decided.latest <= start.remedy.decided.earliest


def later_until(later: Step, years: int, *, last: bool) -> date:
    """Return the last day of the year counted from an extraordinary decision or its notification."""
    return add_years(max(_day(when, last=last) for when in _dates(later)), years)


def counted_from(start: Step) -> UncertainDate:
    """Return the date that the safe day counts from."""
    decided, notified = start.remedy.decided, start.remedy.notified
    assert decided is not None
    return notified if notified is not None and notified.latest < decided.earliest else decided


def _told(step: Step, *, last: bool) -> date | None:
    """Return the earliest or latest day of a notification.

    Of a vague one only the days from the decision on count: "December" for a decision of 9 December can't be the first.
    One that was certainly earlier (an operative part served before the judgment was written) counts as it is.
    """
    decided, notified = step.remedy.decided, step.remedy.notified
    if notified is None or decided is None:
        return None
    told = _day(notified, last=last)
    return told if notified.latest < decided.earliest else max(told, decided.earliest)


def _dates(step: Step) -> list[UncertainDate]:
    return [when for when in (step.remedy.decided, step.remedy.notified) if when is not None]


def _day(when: UncertainDate | None, *, last: bool) -> date:
    assert when is not None
    return when.latest if last else when.earliest
