"""The year of OP-ICESCR art. 3(2)(a) for one ladder of remedies: which decision starts it, and its last days.

The safe day is counted from the earlier of decision and notification, the arguable day from the notification or from a
later extraordinary decision. A vague date is an interval, so each last day is computed twice: with every date at its
earliest day, and with every date at its latest. A later start never ends earlier, so the days between need no computing.
"""

from datetime import date
from typing import Final, Literal, NamedTuple

from caseflow.law.dates import UncertainDate, add_years
from caseflow.law.ladder import PROCEDURAL_DEFAULTS, Ladder, Step

Timing = Literal["in_time", "between", "late"]
"""Up to the safe day; after it and up to the last arguable day; after both."""
_ENDED_WITHOUT_DECISION: Final = frozenset({"withdrawn", "settled"})
_NOT_DECIDED: Final = _ENDED_WITHOUT_DECISION | {"pending"}
_WITHOUT_ARGUABLE_DAY: Final = _ENDED_WITHOUT_DECISION | PROCEDURAL_DEFAULTS
"""Outcomes of an extraordinary remedy from which no year can be counted."""


class Year(NamedTuple):
    """What starts the year, or why it has not started or can't be computed.

    At most one of `start`, `awaited` and `incomplete` is set.
    """

    years: int
    """How many years the author has to file: the figure of the ruleset."""
    start: Step | None = None
    """The remedy whose decision starts the year."""
    awaited: Step | None = None
    """An ordinary remedy that is not decided yet: the year has not started."""
    incomplete: Step | None = None
    """The last remedy, where its kind or the date of its decision is not recorded."""
    extraordinary: Step | None = None
    """An extraordinary or discretionary remedy that was, or may have been, decided after `start`."""
    extraordinary_awaited: Step | None = None
    """Such a remedy that is not decided yet: if it counts, the year has not started."""
    extraordinary_undated: Step | None = None
    """Such a remedy without a recorded day of decision."""
    possibly_awaited: tuple[Step, ...] = ()
    """Remedies that are or may be ordinary, and whose vague day of decision may lie after the day assessed."""

    @property
    def depends_on_undated(self) -> bool:
        """Return whether an arguable day is left only if an extraordinary remedy without a recorded day gives one."""
        return (
            self.extraordinary_undated is not None and self.extraordinary is None and self.extraordinary_awaited is None
        )

    def timing(self, on: date) -> tuple[Timing, Timing]:
        """Return the timing of a day with every date at its earliest day, and with every date at its latest."""
        return self._timing(on, last=False), self._timing(on, last=True)

    def _timing(self, on: date, *, last: bool) -> Timing:
        if self.start is not None and on <= self.safe_until(last=last):
            return "in_time"
        return "between" if on <= self.arguable_until(last=last) else "late"

    def safe_until(self, *, last: bool) -> date:
        """Return the last safe day, counted from the earlier of decision and notification. Weekends don't move it."""
        assert self.start is not None
        decided = _day(self.start.remedy.decided, last=last)
        notified = _notification_day(self.start, last=last)
        return add_years(decided if notified is None else min(decided, notified), self.years)

    def arguable_until(self, *, last: bool) -> date:
        """Return the last day that can be argued for, `date.min` where there is none."""
        days = [date.min]
        if self.start is not None and (notified := _notification_day(self.start, last=last)) is not None:
            days.append(add_years(notified, self.years))
        if self.extraordinary is not None:
            days.append(extraordinary_until(self.extraordinary, self.years, last=last))
        return max(days)


def count_year(ladder: Ladder, on: date, years: int) -> Year:
    """Find the final decision in the last remedy that counts, as things stand on a day."""
    ordinary = [step for step in ladder if step.is_possibly_ordinary]
    extraordinary = [
        step
        for step in ladder
        if step.remedy.kind in ("extraordinary", "discretionary") and step.remedy.outcome not in _WITHOUT_ARGUABLE_DAY
    ]
    later = next((step for step in reversed(extraordinary) if step.remedy.decided and not step.is_pending(on)), None)
    pending = [step for step in ordinary if step.is_pending(on)]
    start, certain = _final_decision(ordinary), _final_decision([step for step in ordinary if step.is_ordinary])
    if later is not None and certain is not None and _is_not_after(later, certain):
        later = None
    awaited = next((step for step in pending if step.is_ordinary), None)
    incomplete = pending[0] if pending else None
    if start is not None and (start.remedy.decided is None or start.remedy.kind is None):
        incomplete = incomplete or start
    return Year(
        years,
        start=None if incomplete else start,
        awaited=awaited,
        incomplete=None if awaited else incomplete,
        extraordinary=later,
        extraordinary_awaited=next((step for step in extraordinary if step.is_pending(on)), None),
        extraordinary_undated=next(
            (step for step in extraordinary if step.remedy.decided is None and not step.is_pending(on)), None
        ),
        possibly_awaited=_possibly_awaited(ordinary, on),
    )


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


def _is_not_after(later: Step, start: Step) -> bool:
    """Return whether an extraordinary decision was certainly taken no later than the final ordinary one."""
    if later.remedy.decided is None or start.remedy.decided is None:
        return False
    return later.remedy.decided.latest <= start.remedy.decided.earliest


def extraordinary_until(later: Step, years: int, *, last: bool) -> date:
    """Return the last day of the year counted from an extraordinary decision or its notification."""
    return add_years(max(_day(when, last=last) for when in _dates(later)), years)


def safe_day_counts_from(start: Step) -> UncertainDate:
    """Return the date from which the safe day is counted."""
    decided, notified = start.remedy.decided, start.remedy.notified
    assert decided is not None
    return notified if notified is not None and notified.latest < decided.earliest else decided


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
    return day if notified.latest < decided.earliest else max(day, decided.earliest)


def _dates(step: Step) -> list[UncertainDate]:
    return [when for when in (step.remedy.decided, step.remedy.notified) if when is not None]


def _day(when: UncertainDate | None, *, last: bool) -> date:
    assert when is not None
    return when.latest if last else when.earliest
