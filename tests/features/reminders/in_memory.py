"""An outbox in memory: the real planning and reconciling, with lists in place of tables and sweep."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from caseflow.features.deadlines.planning import (
    AcknowledgementState,
    PlanContext,
    PlannedReminder,
    plan,
    recipients_of,
    reconcile,
)
from caseflow.features.deadlines.responsible.queries import CaseStaff
from caseflow.features.reminders.hours import digest_moment, last_digest, next_digest
from caseflow.models import Deadline, DeadlineKind, Reminder, ReminderStatus
from tests.features.reminders.naive import Facts, SectionSetup

PEOPLE = UUID(int=1)
REVIVABLE = (ReminderStatus.CANCELLED, ReminderStatus.SUPERSEDED)


@dataclass
class InMemoryOutbox:
    """Has the same methods as the naive simulation: `change` and `run_sweep`."""

    setup: SectionSetup
    begun: datetime
    sent: Counter[tuple[str, str, int, date]] = field(default_factory=Counter)
    mails: Counter[tuple[str, str]] = field(default_factory=Counter)
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    rows: dict[str, list[Reminder]] = field(default_factory=dict)
    """By deadline."""
    of_person: dict[UUID, list[Reminder]] = field(default_factory=dict)
    """The same rows, by recipient."""

    def __post_init__(self) -> None:
        self.ids = {person: uuid5(PEOPLE, person) for person in self.setup.readers}
        self.of_person = {user_id: [] for user_id in self.ids.values()}
        self.next_at = {person: next_digest(self.begun, *reader) for person, reader in self.setup.readers.items()}

    def change(self, name: str, facts: Facts, at: datetime) -> None:
        """Do what a service does."""
        deadline = self._row(name, facts)
        found = reconcile(
            deadline, self.rows[name], plan(deadline, self._plan(deadline, facts, at), self._attention(facts))
        )
        for planned in found.missing:
            self._write(name, deadline, planned)

    def run_sweep(self, at: datetime) -> None:
        """Do what a sweep does."""
        for person, user_id in self.ids.items():
            due = [one for one in self._waiting(user_id) if one.due_at and one.due_at <= at]
            self._send(person, f"at once {at}", self._most_urgent(due, due))
            if self.next_at[person] <= at:
                day = last_digest(at, *self.setup.readers[person])
                assert digest_moment(day, *self.setup.readers[person]) <= at
                self._digest(person, day)
                self.next_at[person] = next_digest(at, *self.setup.readers[person])

    def _digest(self, person: str, day: date) -> None:
        waiting = [one for one in self._waiting(self.ids[person]) if one.due_on <= day]
        self._send(person, f"digest {day}", self._most_urgent([one for one in waiting if not one.due_at], waiting))

    def _most_urgent(self, due: list[Reminder], waiting: list[Reminder]) -> list[Reminder]:
        """Supersede what is less urgent than another that is sent now or was sent, and return the rest."""
        good = [one for one in due if not any(_is_less_urgent(one, other) for other in (*waiting, *self._sent(one)))]
        for one in due:
            if one not in good:
                one.status = ReminderStatus.SUPERSEDED
        return good

    def _sent(self, reminder: Reminder) -> list[Reminder]:
        return [one for one in self.of_person[reminder.recipient_id] if one.status is ReminderStatus.SENT]

    def _send(self, person: str, mail: str, reminders: list[Reminder]) -> None:
        for one in reminders:
            one.status = ReminderStatus.SENT
            self.sent[person, self._name(one), one.threshold, one.due_on] += 1
        if reminders:
            self.mails[person, mail] += 1

    def _name(self, reminder: Reminder) -> str:
        return next(name for name, deadline in self.deadlines.items() if deadline.id == reminder.deadline_id)

    def _waiting(self, user_id: UUID) -> list[Reminder]:
        return [one for one in self.of_person[user_id] if one.status is ReminderStatus.WAITING]

    def _row(self, name: str, facts: Facts) -> Deadline:
        columns = {
            "due_on": facts.due_on,
            "due_at": facts.hour,
            "done_at": facts.set_at if facts.is_done else None,
            "responsible_id": self.ids.get(facts.responsible or ""),
            "given_to_id": self.ids.get(facts.given or ""),
            "dated_at": facts.set_at,
        }
        if name not in self.deadlines:
            kind, deadline_id = DeadlineKind(facts.kind), uuid5(PEOPLE, name)
            self.deadlines[name] = Deadline(id=deadline_id, kind=kind, version=0, zone=facts.place)
            self.rows[name] = []
        deadline = self.deadlines[name]
        if any(getattr(deadline, column) != value for column, value in columns.items()) or not deadline.version:
            deadline.version += 1
        for column, value in columns.items():
            setattr(deadline, column, value)
        return deadline

    def _plan(self, deadline: Deadline, facts: Facts, at: datetime) -> PlanContext:
        coordinators = tuple(self.ids[one] for one in self.setup.coordinators)
        owner = self.ids.get(facts.owner or "")
        recipients = recipients_of(
            deadline, CaseStaff(owner, frozenset(self.ids.values()), coordinators, coordinators[:1])
        )
        section = {DeadlineKind(kind): thresholds for kind, thresholds in self.setup.thresholds.items()}
        return PlanContext(recipients, at, self.setup.zone, section)

    def _attention(self, facts: Facts) -> AcknowledgementState:
        snoozed_until = {self.ids[person]: until for person, until in facts.snoozed_until.items()}
        return AcknowledgementState(facts.acknowledged_for == facts.due_on, snoozed_until)

    def _write(self, name: str, deadline: Deadline, planned: PlannedReminder) -> None:
        """Insert by the unique key; a cancelled or superseded reminder of the same version is reactivated."""
        key = (deadline.version, planned.threshold, planned.recipient_id)
        for row in self.rows[name]:
            if (row.deadline_version, row.threshold, row.recipient_id) == key:
                if row.status in REVIVABLE:
                    row.status, row.due_on, row.due_at = ReminderStatus.WAITING, planned.due_on, planned.due_at
                    row.cause = planned.cause
                return
        row = Reminder(
            deadline_id=deadline.id,
            deadline_version=deadline.version,
            recipient_id=planned.recipient_id,
            threshold=planned.threshold,
            cause=planned.cause,
            due_on=planned.due_on,
            due_at=planned.due_at,
            status=ReminderStatus.WAITING,
        )
        self.rows[name].append(row)
        self.of_person[planned.recipient_id].append(row)


def _is_less_urgent(one: Reminder, other: Reminder) -> bool:
    same = (one.deadline_id, one.deadline_version) == (other.deadline_id, other.deadline_version)
    return same and other.threshold < one.threshold
