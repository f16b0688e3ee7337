"""A slow, plain account of which reminders must go out, written from the words of ux.md, issue and docstrings alone.

No outbox, no plan ahead, no versions: at every look it asks of every person and every deadline what is due by the clock
on the wall, and tells what it has not told. The true pipeline must tell the same (`test_outbox_property.py`).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS_BEFORE = {
    "one_year": [270, 180, 90, 30, 14, 7, 3, 1, 0, -1],
    "next_domestic_step": [14, 7, 3, 1, 0, -1],
    "threatened_act": [7, 3, 2, 1, 0, -1],
    "committee_request": [30, 14, 7, 3, 1, 0, -1],
    "state_reply": [14, 0, -1],
    "views_reply": [30, 0, -1],
    "contact_check": [7, 0, -1],
    "consent_expiry": [60, 30, 7, 0, -1],
    "task": [3, 0, -1],
    "manual": [7, 1, 0, -1],
}
HARD = {"one_year", "next_domestic_step", "threatened_act", "committee_request"}
UNSEEN_DAYS = {
    "one_year": 10,
    "next_domestic_step": 2,
    "threatened_act": 1,
    "committee_request": 5,
}
"""So many days before, the coordinators hear that nobody has seen it."""


@dataclass(frozen=True)
class Facts:
    """How a deadline stands. `hour` and `place` of a threatened act: its moment, and whose clock is meant."""

    kind: str
    due_on: date
    set_at: datetime
    """Since when it has this day."""
    owner: str | None
    hour: datetime | None = None
    place: str = ""
    is_done: bool = False
    seen_for: date | None = None
    asleep: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class House:
    """The section: its clock, who coordinates it, its own thresholds; and each reader's hour and clock."""

    zone: str
    coordinators: tuple[str, ...]
    readers: dict[str, tuple[int, str]]
    thresholds: dict[str, list[int]]


@dataclass(frozen=True)
class Line:
    """One thing to be told: on which day, from which minute on, and whether by itself."""

    threshold: int
    day: date
    minute: datetime
    """On the wall of `clock`, without a zone."""
    clock: str
    is_at_once: bool


def wall(at: datetime, zone: str) -> datetime:
    """Return what a clock on the wall shows."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def lines(house: House, facts: Facts, person: str) -> list[Line]:
    """Return all that a person is to be told of a deadline as it stands, ever: the least urgent first."""
    return sorted(
        (line_of(house, facts, threshold) for threshold in told_at(house, facts, person)),
        key=lambda one: -one.threshold,
    )


def told_at(house: House, facts: Facts, person: str) -> set[int]:
    """Return at which thresholds somebody is told."""
    if facts.is_done:
        return set()
    responsible = {facts.owner} if facts.owner else set(house.coordinators)
    if person in responsible:
        return told_responsible(house, facts, person)
    if person not in house.coordinators:
        return set()
    # "The supervisor hears only when something is overdue", or when nobody has seen what can't be mended.
    unseen = UNSEEN_DAYS.get(facts.kind)
    if unseen is None or facts.seen_for == facts.due_on:
        return {-1}
    # A date that is set late leaves a day to say that it was seen.
    late = (facts.due_on - wall(facts.set_at, facts.place or house.zone).date()).days - 1
    return {-1, min(unseen, late)} if min(unseen, late) >= 0 else {-1}


def told_responsible(house: House, facts: Facts, person: str) -> set[int]:
    """Return the thresholds of the section and those that nobody may switch off, less what is slept through."""
    default = DAYS_BEFORE[facts.kind]
    never_off = set(default[-3:] if facts.kind in HARD else default[-1:])
    wanted = set(house.thresholds.get(facts.kind, default)) | never_off
    until = facts.asleep.get(person)
    if until is None or until <= wall(facts.set_at, facts.place or house.zone).date():
        return wanted  # who woke up before it had this day has slept enough
    waking = (facts.due_on - until).days
    return {one for one in wanted if one <= waking or one in never_off} | {waking}


def line_of(house: House, facts: Facts, threshold: int) -> Line:
    """Return when a threshold is: of a day in the morning there, of an hour at the same hour of the wall."""
    is_at_once = facts.kind == "threatened_act" or (facts.kind in HARD and threshold <= 3)
    if facts.hour is None:
        day = facts.due_on - timedelta(days=threshold)
        return Line(threshold, day, datetime.combine(day, time(7)), house.zone, is_at_once)
    if threshold in {0, -1}:
        at = facts.hour + (timedelta(hours=-6) if threshold == 0 else timedelta(hours=1))
        return Line(threshold, wall(at, facts.place).date(), wall(at, "UTC"), "UTC", is_at_once)
    minute = wall(facts.hour, facts.place) - timedelta(days=threshold)
    return Line(threshold, minute.date(), minute, facts.place, is_at_once)


class Simulation:
    """Looks at the house at any moments, in order, and remembers what was told."""

    def __init__(self, house: House, begun: datetime) -> None:
        self.house = house
        self.told: Counter[tuple[str, str, int, date]] = Counter()
        """Person, deadline, threshold, day."""
        self.mails: Counter[tuple[str, str]] = Counter()
        """Digests by person and day; mails at once by person and moment."""
        self.facts: dict[str, Facts] = {}
        self._present: dict[tuple[str, str], list[Line]] = {}
        """What stands in the plan of a person for a deadline since it was changed last."""
        self._stillborn: set[tuple[str, str, Line]] = set()
        """What had passed already when it came into a plan, with something more urgent after it."""
        self._known: set[tuple[object, ...]] = set()
        self._versions: dict[str, tuple[object, ...]] = {}
        self._told_most: dict[tuple[str, str], int] = {}
        """The most urgent that a person was told of a deadline since its date or its owner changed: nothing less follows."""
        self._last_day = {person: self._day_of(person, begun) for person in house.readers}

    def change(self, name: str, facts: Facts, at: datetime) -> None:
        """Let a deadline stand so from a moment on."""
        version = (facts.due_on, facts.hour, facts.owner, facts.is_done)
        if self._versions.get(name) != version:
            self._versions[name] = version
            self._told_most = {key: most for key, most in self._told_most.items() if key[1] != name}
        self.facts[name] = facts
        for person in self.house.readers:
            found = lines(self.house, facts, person)
            before, self._present[person, name] = self._present.get((person, name), []), found
            passed = [one for one in found if one.minute <= wall(at, one.clock)]
            for one in found:
                if one not in passed[:-1]:
                    self._stillborn.discard((person, name, one))
                elif one not in before:
                    self._stillborn.add((person, name, one))

    def look(self, at: datetime) -> None:
        """Tell what is due."""
        for person in self.house.readers:
            at_once = list(self._told_at_once(person, at))
            self._tell(person, f"at once {at}", at_once)
            day = self._day_of(person, at)
            if day > self._last_day[person]:
                self._last_day[person] = day
                self._tell(person, f"digest {day}", list(self._told_by_digest(person, day)))

    def _day_of(self, person: str, at: datetime) -> date:
        """Return the day of the last digest whose hour has come on the reader's wall."""
        hour, zone = self.house.readers[person]
        there = wall(at, zone)
        return there.date() if there.time() >= time(hour) else there.date() - timedelta(days=1)

    def _told_at_once(self, person: str, at: datetime) -> Iterator[tuple[str, Line]]:
        for name in self.facts:
            come = [one for one in self._live(name, person) if one.is_at_once and one.minute <= wall(at, one.clock)]
            if come:
                yield name, come[-1]

    def _told_by_digest(self, person: str, day: date) -> Iterator[tuple[str, Line]]:
        for name in self.facts:
            come = [one for one in self._live(name, person) if one.day <= day]
            if come and not come[-1].is_at_once:
                yield name, come[-1]

    def _live(self, name: str, person: str) -> list[Line]:
        """Return what can still be told: of what had passed when the deadline was set so, the most urgent only."""
        return [one for one in self._present[person, name] if (person, name, one) not in self._stillborn]

    def _tell(self, person: str, mail: str, found: list[tuple[str, Line]]) -> None:
        new = [(name, one) for name, one in found if self._is_new(person, name, one)]
        for name, one in new:
            self.told[person, name, one.threshold, one.day] += 1
        if new:
            self.mails[person, mail] += 1

    def _is_new(self, person: str, name: str, one: Line) -> bool:
        """Tell whether it was not told yet, nor something more urgent: for the same day once, for another hour anew."""
        hour = one.minute if self.facts[name].hour else None
        key = (person, name, one.threshold, one.day, hour)
        if key in self._known or one.threshold > self._told_most.get((person, name), one.threshold):
            return False
        self._known.add(key)
        self._told_most[person, name] = one.threshold
        return True
