"""Makes reminders fall due all the time, and keeps a ledger of them that is independent of the outbox.

Each person is reminded once: of one deadline at once, or of several with one digest. So mails with two different
Message-IDs to one person are a duplicate, and no mail is a lost reminder: the mail server's log alone decides.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from threading import Event
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bench.chaos.recipients import Recipient, Recipients
from caseflow.clock import today
from caseflow.features.deadlines.planning import sync_reminders_of_cases
from caseflow.models import Case, Deadline, DeadlineKind
from caseflow.unit_of_work import Units

TICK_SECONDS = 0.5
AT_ONCE_SHARE = 0.5
MOST_IN_DIGEST = 5
BULK = 250
A_DAY_LATER = (
    "UPDATE deadline SET due_on = due_on - 1, dated_at = dated_at - interval '1 day' WHERE id = ANY(%s)",
    "UPDATE reminder SET due_on = due_on - 1, due_at = due_at - interval '1 day' WHERE deadline_id = ANY(%s)",
)
"""Moves all dates as an outage of a day would; the version stays, since no person changed anything."""


@dataclass(slots=True)
class Entry:
    """What one person must be reminded of. `is_committed`: the database confirmed the commit."""

    person: Recipient
    deadlines: tuple[UUID, ...]
    is_at_once: bool
    due_at: float = 0.0
    is_committed: bool = False


@dataclass
class Load:
    """Makes reminders due, as services would: a deadline and its reminders in one commit."""

    units: Units
    url: str
    recipients: Recipients
    chance: Random
    ledger: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._waiting = iter(self.recipients.people)

    def run(self, rate: float, stop: Event) -> None:
        """Make something due for so many people a second, until `stop` is set. Runs in a thread of its own."""
        next_tick, owed = time.monotonic(), 0.0
        while not stop.wait(max(0.0, next_tick - time.monotonic())):
            next_tick += TICK_SECONDS
            owed += rate * TICK_SECONDS
            entries = list(self._entries(int(owed)))
            owed -= int(owed)
            if entries:
                self._make_due(entries)
                while not self._make_digests_due(entries):
                    time.sleep(TICK_SECONDS)  # the database is down, and comes back

    def make_overdue_by_a_day(self, number: int) -> list[Entry]:
        """Make something due since yesterday for so many people, as after an outage of a day."""
        entries = list(self._entries(number))
        for place in range(0, number, BULK):
            self._make_due(entries[place : place + BULK])
        with psycopg.connect(self.url) as connection:
            deadlines = [one for entry in entries for one in entry.deadlines]
            for statement in A_DAY_LATER:
                connection.execute(statement.encode(), [deadlines])
        self._make_digests_due(entries, timedelta(days=1))
        return entries

    def settle(self) -> None:
        """Remove entries whose commit failed: they are not in the database, so no reminder is expected."""
        with psycopg.connect(self.url) as connection:
            kept = {row[0] for row in connection.execute("SELECT id FROM deadline")}
        self.ledger = [entry for entry in self.ledger if entry.is_committed or entry.deadlines[0] in kept]

    def _entries(self, number: int) -> Iterator[Entry]:
        for _ in range(number):
            is_at_once = self.chance.random() < AT_ONCE_SHARE
            many = 1 if is_at_once else self.chance.randint(1, MOST_IN_DIGEST)
            yield Entry(next(self._waiting), tuple(uuid4() for _ in range(many)), is_at_once)

    def _make_due(self, entries: Sequence[Entry]) -> None:
        self.ledger += entries
        try:
            with self.units.begin(self.recipients.author) as uow:
                chosen = select(Case).where(Case.id.in_([entry.person.case_id for entry in entries]))
                cases = {case.id: case for case in uow.session.scalars(chosen)}
                made = [(cases[entry.person.case_id], _deadlines(entry, self.recipients.zone)) for entry in entries]
                uow.session.add_all([one for _case, rows in made for one in rows])
                sync_reminders_of_cases(uow, made)
        except SQLAlchemyError:
            is_committed = False  # the server was killed before or after the commit: `settle` finds out
        else:
            is_committed = True
        for entry in entries:
            entry.is_committed, entry.due_at = is_committed, time.time()

    def _make_digests_due(self, entries: Sequence[Entry], ago: timedelta = timedelta()) -> bool:
        people = [entry.person.user_id for entry in entries if not entry.is_at_once]
        try:
            with psycopg.connect(self.url) as connection:
                connection.execute(
                    "UPDATE reminder_setting SET next_digest_at = now() - %s, hour = 7 WHERE user_id = ANY(%s)",
                    [ago, people],
                )
        except psycopg.OperationalError:
            return False
        for entry in entries:
            entry.due_at = entry.due_at if entry.is_at_once else time.time()
        return True


def _deadlines(entry: Entry, zone: str) -> list[Deadline]:
    """Return deadlines: a request of the Committee due tomorrow is mailed at once, a task of next week by digest."""
    case_id, owner_id, day = entry.person.case_id, entry.person.user_id, today(zone)
    kind, days = (DeadlineKind.COMMITTEE_REQUEST, 1) if entry.is_at_once else (DeadlineKind.MANUAL, 7)
    return [
        Deadline(
            id=one,
            case_id=case_id,
            kind=kind,
            key=f"chaos:{one}",
            due_on=day + timedelta(days=days),
            responsible_id=owner_id,
        )
        for one in entry.deadlines
    ]
