"""Reminders that fall due all the time, and a ledger of them that does not ask the outbox.

Each person is reminded once: of one deadline at once, or of several with one digest. So whoever gets mails with two
different Message-IDs got a duplicate, and whoever gets none lost a reminder: told by the mail server's record alone.
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

from bench.trial.crowd import Crowd, Somebody
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
"""What a day without power does to all dates; the version stays, nobody has changed anything."""


@dataclass(slots=True)
class Entry:
    """What one person must be told. `is_certain`: the database has said that it is kept."""

    person: Somebody
    deadlines: tuple[UUID, ...]
    is_at_once: bool
    due_at: float = 0.0
    is_certain: bool = False


@dataclass
class Load:
    """Makes reminders due, as services would: a deadline and its reminders in one commit."""

    units: Units
    url: str
    crowd: Crowd
    chance: Random
    ledger: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._waiting = iter(self.crowd.people)

    def run(self, rate: float, stop: Event) -> None:
        """Let so many people a second have something due, until told to stop. In a thread of its own."""
        next_tick, owed = time.monotonic(), 0.0
        while not stop.wait(max(0.0, next_tick - time.monotonic())):
            next_tick += TICK_SECONDS
            owed += rate * TICK_SECONDS
            entries = list(self._entries(int(owed)))
            owed -= int(owed)
            if entries:
                self._make_due(entries)
                while not self._let_the_hour_come(entries):
                    time.sleep(TICK_SECONDS)  # the database is away, and comes back

    def make_overdue_by_a_day(self, number: int) -> list[Entry]:
        """Let so many people have something due since yesterday: what a day without power leaves."""
        entries = list(self._entries(number))
        for place in range(0, number, BULK):
            self._make_due(entries[place : place + BULK])
        with psycopg.connect(self.url) as connection:
            deadlines = [one for entry in entries for one in entry.deadlines]
            for statement in A_DAY_LATER:
                connection.execute(statement.encode(), [deadlines])
        self._let_the_hour_come(entries, timedelta(days=1))
        return entries

    def settle(self) -> None:
        """Strike out what the database never kept: its commit failed, so nobody was promised a reminder."""
        with psycopg.connect(self.url) as connection:
            kept = {row[0] for row in connection.execute("SELECT id FROM deadline")}
        self.ledger = [entry for entry in self.ledger if entry.is_certain or entry.deadlines[0] in kept]

    def _entries(self, number: int) -> Iterator[Entry]:
        for _ in range(number):
            is_at_once = self.chance.random() < AT_ONCE_SHARE
            many = 1 if is_at_once else self.chance.randint(1, MOST_IN_DIGEST)
            yield Entry(next(self._waiting), tuple(uuid4() for _ in range(many)), is_at_once)

    def _make_due(self, entries: Sequence[Entry]) -> None:
        self.ledger += entries
        try:
            with self.units.begin(self.crowd.maker) as uow:
                chosen = select(Case).where(Case.id.in_([entry.person.case_id for entry in entries]))
                cases = {case.id: case for case in uow.session.scalars(chosen)}
                made = [(cases[entry.person.case_id], _deadlines(entry, self.crowd.zone)) for entry in entries]
                uow.session.add_all([one for _case, rows in made for one in rows])
                sync_reminders_of_cases(uow, made)
        except SQLAlchemyError:
            is_certain = False  # the server died: before or after the commit, the tables will tell
        else:
            is_certain = True
        for entry in entries:
            entry.is_certain, entry.due_at = is_certain, time.time()

    def _let_the_hour_come(self, entries: Sequence[Entry], ago: timedelta = timedelta()) -> bool:
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
    """Return what is due: a request of the Committee that ends tomorrow can't wait, a task of next week goes with the digest."""
    case_id, owner_id, day = entry.person.case_id, entry.person.user_id, today(zone)
    kind, days = (DeadlineKind.COMMITTEE_REQUEST, 1) if entry.is_at_once else (DeadlineKind.MANUAL, 7)
    return [
        Deadline(
            id=one,
            case_id=case_id,
            kind=kind,
            key=f"trial:{one}",
            due_on=day + timedelta(days=days),
            responsible_id=owner_id,
        )
        for one in entry.deadlines
    ]
