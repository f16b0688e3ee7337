"""A naive simulation of which reminders must be sent, written from docs/ux.md#reminders alone.

No outbox, no planning, no versions: each sweep computes for every person and every deadline what is due in local time, and
sends what was not sent before. The real pipeline must send the same (`test_outbox_property.py`).
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
    "interim_check": [0, -1],
    "task": [3, 0, -1],
    "manual": [7, 1, 0, -1],
}
HARD = {"one_year", "next_domestic_step", "threatened_act", "committee_request"}
UNACKNOWLEDGED_DAYS = {
    "one_year": 10,
    "next_domestic_step": 2,
    "threatened_act": 1,
    "committee_request": 5,
}
"""Days before the deadline at which coordinators are notified if nobody has acknowledged it."""


@dataclass(frozen=True)
class Facts:
    """The state of a deadline. `hour` and `place` of a threatened act: its moment and its time zone."""

    kind: str
    due_on: date
    set_at: datetime
    """When the present date was set."""
    owner: str | None
    hour: datetime | None = None
    place: str = ""
    is_done: bool = False
    acknowledged_for: date | None = None
    snoozed_until: dict[str, date] = field(default_factory=dict)
    given: str | None = None
    """The person who was chosen for it."""

    @property
    def responsible(self) -> str | None:
        """The person who has to meet it: the one chosen for it, else the owner of the case."""
        return self.given or self.owner


@dataclass(frozen=True)
class SectionSetup:
    """A section: time zone, coordinators, thresholds; and the digest hour and time zone of each recipient."""

    zone: str
    coordinators: tuple[str, ...]
    readers: dict[str, tuple[int, str]]
    thresholds: dict[str, list[int]]


@dataclass(frozen=True)
class DueReminder:
    """A reminder: its day, its moment, and whether it is sent at once and not with the digest."""

    threshold: int
    day: date
    local_at: datetime
    """In local time of `zone`, without a zone."""
    zone: str
    is_at_once: bool


def local_time(at: datetime, zone: str) -> datetime:
    """Return the local time in a zone, without the zone."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def due_reminders(setup: SectionSetup, facts: Facts, person: str) -> list[DueReminder]:
    """Return all reminders of a deadline in this state for a person, the least urgent first."""
    return sorted(
        (due_reminder(setup, facts, threshold) for threshold in thresholds_of(setup, facts, person)),
        key=lambda one: -one.threshold,
    )


def thresholds_of(setup: SectionSetup, facts: Facts, person: str) -> set[int]:
    """Return the thresholds at which a person is notified."""
    if facts.is_done:
        return set()
    responsible = {facts.responsible} if facts.responsible else set(setup.coordinators)
    if person in responsible:
        return thresholds_of_responsible(setup, facts, person)
    if person not in {*setup.coordinators, facts.owner}:
        return set()
    # Coordinators, and the owner of a case whose deadline was given to somebody, are notified when a deadline is overdue, or nobody has acknowledged a hard one (docs/ux.md#reminders).
    unacknowledged = UNACKNOWLEDGED_DAYS.get(facts.kind)
    if unacknowledged is None or facts.acknowledged_for == facts.due_on:
        return {-1}
    # When a date is set late, there is still a day to acknowledge it.
    set_on = local_time(facts.set_at, facts.place or setup.zone).date()
    late = (facts.due_on - set_on).days - 1
    # Of a threatened act they are notified at once: its reminder is of the day before it was set, and so has passed.
    is_ahead = facts.kind == "threatened_act" and set_on <= facts.due_on
    at_once = {(facts.due_on - (set_on - timedelta(days=1))).days} if is_ahead else set()
    return {-1, min(unacknowledged, late), *at_once} if min(unacknowledged, late) >= 0 else {-1, *at_once}


def thresholds_of_responsible(setup: SectionSetup, facts: Facts, person: str) -> set[int]:
    """Return the section's thresholds and the mandatory ones, without those before the end of a snooze."""
    default = DAYS_BEFORE[facts.kind]
    never_off = set(default[-3:] if facts.kind in HARD else default[-1:])
    wanted = set(setup.thresholds.get(facts.kind, default)) | never_off
    until = facts.snoozed_until.get(person)
    if until is None or until <= local_time(facts.set_at, facts.place or setup.zone).date():
        return wanted  # the snooze ended before the date was set
    snooze_threshold = (facts.due_on - until).days
    return {one for one in wanted if one <= snooze_threshold or one in never_off} | {snooze_threshold}


def due_reminder(setup: SectionSetup, facts: Facts, threshold: int) -> DueReminder:
    """Return the reminder of a threshold: in the morning for a day, at the same local time for an hour."""
    is_at_once = facts.kind == "threatened_act" or (facts.kind in HARD and threshold <= 3)
    if facts.hour is None:
        day = facts.due_on - timedelta(days=threshold)
        return DueReminder(threshold, day, datetime.combine(day, time(7)), setup.zone, is_at_once)
    if threshold in {0, -1}:
        at = facts.hour + (timedelta(hours=-6) if threshold == 0 else timedelta(hours=1))
        return DueReminder(threshold, local_time(at, facts.place).date(), local_time(at, "UTC"), "UTC", is_at_once)
    local_at = local_time(facts.hour, facts.place) - timedelta(days=threshold)
    return DueReminder(threshold, local_at.date(), local_at, facts.place, is_at_once)


class Simulation:
    """Applies changes and sweeps in order, and records what was sent."""

    def __init__(self, setup: SectionSetup, begun: datetime) -> None:
        self.setup = setup
        self.sent: Counter[tuple[str, str, int, date]] = Counter()
        """Person, deadline, threshold, day."""
        self.mails: Counter[tuple[str, str]] = Counter()
        """Digests by person and day; mails at once by person and moment."""
        self.facts: dict[str, Facts] = {}
        self._planned: dict[tuple[str, str], list[DueReminder]] = {}
        """The reminders by person and deadline, as of the deadline's last change."""
        self._never_due: set[tuple[str, str, DueReminder]] = set()
        """Reminders that were past when they were planned, with a more urgent one past as well."""
        self._known: set[tuple[object, ...]] = set()
        self._versions: dict[str, tuple[object, ...]] = {}
        self._most_urgent_sent: dict[tuple[str, str], int] = {}
        """The most urgent threshold sent by person and deadline since date or person changed: no less urgent one follows."""
        self._last_day = {person: self._day_of(person, begun) for person in setup.readers}

    def change(self, name: str, facts: Facts, at: datetime) -> None:
        """Set the state of a deadline at a moment."""
        version = (facts.due_on, facts.hour, facts.responsible, facts.given, facts.is_done)
        if self._versions.get(name) != version:
            self._versions[name] = version
            self._most_urgent_sent = {key: most for key, most in self._most_urgent_sent.items() if key[1] != name}
        self.facts[name] = facts
        for person in self.setup.readers:
            found = due_reminders(self.setup, facts, person)
            before, self._planned[person, name] = self._planned.get((person, name), []), found
            passed = [one for one in found if one.local_at <= local_time(at, one.zone)]
            for one in found:
                if one not in passed[:-1]:
                    self._never_due.discard((person, name, one))
                elif one not in before:
                    self._never_due.add((person, name, one))

    def run_sweep(self, at: datetime) -> None:
        """Send what is due."""
        for person in self.setup.readers:
            at_once = list(self._due_at_once(person, at))
            self._send(person, f"at once {at}", at_once)
            day = self._day_of(person, at)
            if day > self._last_day[person]:
                self._last_day[person] = day
                self._send(person, f"digest {day}", list(self._due_in_digest(person, day)))

    def _day_of(self, person: str, at: datetime) -> date:
        """Return the day of the last digest that is due in the recipient's local time."""
        hour, zone = self.setup.readers[person]
        there = local_time(at, zone)
        return there.date() if there.time() >= time(hour) else there.date() - timedelta(days=1)

    def _due_at_once(self, person: str, at: datetime) -> Iterator[tuple[str, DueReminder]]:
        for name in self.facts:
            due = [
                one
                for one in self._deliverable(name, person)
                if one.is_at_once and one.local_at <= local_time(at, one.zone)
            ]
            if due:
                yield name, due[-1]

    def _due_in_digest(self, person: str, day: date) -> Iterator[tuple[str, DueReminder]]:
        for name in self.facts:
            due = [one for one in self._deliverable(name, person) if one.day <= day]
            if due and not due[-1].is_at_once:
                yield name, due[-1]

    def _deliverable(self, name: str, person: str) -> list[DueReminder]:
        """Return the reminders that can still be sent: of those past at the last change, only the most urgent."""
        return [one for one in self._planned[person, name] if (person, name, one) not in self._never_due]

    def _send(self, person: str, mail: str, found: list[tuple[str, DueReminder]]) -> None:
        new = [(name, one) for name, one in found if self._is_new(person, name, one)]
        for name, one in new:
            self.sent[person, name, one.threshold, one.day] += 1
        if new:
            self.mails[person, mail] += 1

    def _is_new(self, person: str, name: str, one: DueReminder) -> bool:
        """Return whether neither it nor a more urgent one was sent; after a change of the hour it is sent again."""
        hour = one.local_at if self.facts[name].hour else None
        key = (person, name, one.threshold, one.day, hour)
        if key in self._known or one.threshold > self._most_urgent_sent.get((person, name), one.threshold):
            return False
        self._known.add(key)
        self._most_urgent_sent[person, name] = one.threshold
        return True
