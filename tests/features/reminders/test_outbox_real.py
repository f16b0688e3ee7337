"""The same random histories with the real tables and the real sweep: what is sent equals the naive simulation.

Before each sweep a full pass runs, which must find nothing to correct.
"""

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from random import Random
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

import pytest
import time_machine
from sqlalchemy import select

from caseflow.access import PersonActor
from caseflow.features.deadlines.planning import sync_reminders
from caseflow.features.deadlines.reminder_sync.service import process_sync_requests
from caseflow.features.reminders.hours import next_digest
from caseflow.features.reminders.sweep import sweep
from caseflow.models import (
    Case,
    Deadline,
    DeadlineAcknowledgement,
    DeadlineKind,
    Mail,
    MailKind,
    MailStatus,
    Reminder,
    ReminderSetting,
    ReminderStatus,
    Role,
    SectionThresholds,
)
from caseflow.runtime import Runtime
from tests.factories import make_actor, make_case, make_section
from tests.features.reminders.conftest import HEAD
from tests.features.reminders.histories import COORDINATORS, make_history, make_setup
from tests.features.reminders.naive import Facts, SectionSetup, Simulation
from tests.local.waiting import HANG_SECONDS

EXAMPLES = int(os.environ.get("CASEFLOW_EXAMPLES_REAL", "10"))
FEW = 3
SEED = int(os.environ.get("CASEFLOW_SEED", "20260601"))


class AcceptingMailer:
    """A mail server that accepts everything; what was sent is in the tables."""

    def send(self, message: EmailMessage) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


@dataclass
class Real:
    """Has the same methods as the naive simulation: `change` and `run_sweep`."""

    runtime: Runtime
    setup: SectionSetup
    begun: datetime
    code: str
    deadlines: dict[str, UUID] = field(default_factory=dict)
    snoozed_until: dict[str, set[str]] = field(default_factory=dict)
    full_passes: int = 0

    def __post_init__(self) -> None:
        section = make_section(self.runtime.units, self.code, time_zone=self.setup.zone)
        self.people = {
            person: make_actor(
                self.runtime.units,
                (section, Role.SECTION_COORDINATOR if person in COORDINATORS else Role.CASEWORKER),
            )
            for person in self.setup.readers
        }
        self.names = {actor.user_id: person for person, actor in self.people.items()}
        for person, actor in self.people.items():
            self._set_hour(actor, *self.setup.readers[person])
        with self.runtime.units.begin(self.people["chief"]) as uow:
            for kind, thresholds in self.setup.thresholds.items():
                uow.session.add(
                    SectionThresholds(section_id=section.id, kind=DeadlineKind(kind), thresholds=thresholds)
                )

    def _set_hour(self, actor: PersonActor, hour: int, zone: str) -> None:
        with self.runtime.units.begin(actor) as uow:
            setting = uow.session.get_one(ReminderSetting, actor.user_id)
            setting.hour, setting.time_zone, setting.next_digest_at = hour, zone, next_digest(self.begun, hour, zone)

    def change(self, name: str, facts: Facts, at: datetime) -> None:
        """Change rows as the services do, each as the person who acts."""
        with time_machine.travel(at, tick=False):
            if name not in self.deadlines:
                self.deadlines[name] = self._add(facts)
            for person in self.snoozed_until.get(name, set()) - facts.snoozed_until.keys():
                self._acknowledge(person, name, {"snoozed_until": None, "snooze_reason": ""})
            for person, until in facts.snoozed_until.items():
                self._acknowledge(person, name, {"snoozed_until": until, "snooze_reason": "later"})
            self.snoozed_until[name] = set(facts.snoozed_until)
            if facts.acknowledged_for:
                self._acknowledge("deputy", name, {"acknowledged_for": facts.acknowledged_for})
            with self.runtime.units.begin(self.people["chief"]) as uow:
                deadline = uow.session.get_one(Deadline, self.deadlines[name])
                case = uow.session.get_one(Case, deadline.case_id)
                self._set(case, deadline, facts)
                sync_reminders(uow, case, [deadline])

    def run_sweep(self, at: datetime) -> None:
        """Run a full pass and a sweep."""
        with time_machine.travel(at, tick=False):
            result = process_sync_requests(self.runtime.units, most_seconds=HANG_SECONDS)
            assert (result.alarms, result.failed) == (0, 0)
            self.full_passes += result.deadlines > 0
            sweep(self.runtime.units, AcceptingMailer(), HEAD, most_seconds=HANG_SECONDS)

    def _add(self, facts: Facts) -> UUID:
        case, deadline_id = make_case(self.runtime.units, self.people["chief"]), uuid4()
        with self.runtime.units.begin(self.people["chief"]) as uow:
            uow.session.add(
                Deadline(
                    id=deadline_id, case_id=case.id, kind=DeadlineKind(facts.kind), key=f"real:{deadline_id}",
                    due_on=facts.due_on, due_at=facts.hour, zone=facts.place, dated_at=facts.set_at,
                )
            )  # fmt: skip
        return deadline_id

    def _set(self, case: Case, deadline: Deadline, facts: Facts) -> None:
        case.owner_id = self.people[facts.owner].user_id if facts.owner else None
        wanted = {
            "due_on": facts.due_on,
            "due_at": facts.hour,
            "dated_at": facts.set_at,
            "done_at": (deadline.done_at or facts.set_at) if facts.is_done else None,
            "outcome": "done" if facts.is_done else "",
            "responsible_id": self.people[facts.responsible].user_id if facts.responsible else None,
            "given_to_id": self.people[facts.given].user_id if facts.given else None,
        }
        for column, value in wanted.items():
            if getattr(deadline, column) != value:
                setattr(deadline, column, value)

    def _acknowledge(self, person: str, name: str, what: dict[str, object]) -> None:
        actor, deadline_id = self.people[person], self.deadlines[name]
        with self.runtime.units.begin(actor) as uow:
            case_id = uow.session.get_one(Deadline, deadline_id).case_id
            acknowledgement = uow.session.get(DeadlineAcknowledgement, (deadline_id, actor.user_id))
            if acknowledgement is None:
                acknowledgement = DeadlineAcknowledgement(
                    deadline_id=deadline_id, user_id=actor.user_id, case_id=case_id
                )
                uow.session.add(acknowledgement)
            for column, value in what.items():
                setattr(acknowledgement, column, value)

    def sent(self) -> Counter[tuple[str, str, int, date]]:
        """Return the reminders sent, by person, deadline, threshold and day."""
        names = {deadline_id: name for name, deadline_id in self.deadlines.items()}
        with self.runtime.units.begin(self.people["chief"]) as uow:
            rows = uow.session.scalars(select(Reminder).where(Reminder.status == ReminderStatus.SENT)).all()
        mine = [row for row in rows if row.deadline_id in names]
        return Counter(
            (self.names[row.recipient_id], names[row.deadline_id], row.threshold, row.due_on) for row in mine
        )

    def mails(self) -> Counter[tuple[str, str]]:
        """Return the mails sent: digests by person and day, mails at once by person and moment."""
        found: Counter[tuple[str, str]] = Counter()
        for person, actor in self.people.items():
            with self.runtime.units.begin(actor) as uow:
                for mail in uow.session.scalars(select(Mail).where(Mail.status == MailStatus.SENT)):
                    is_digest = mail.kind is MailKind.DIGEST
                    found[person, f"digest {mail.digest_on}" if is_digest else f"at once {mail.sent_at}"] += 1
        return found


@pytest.mark.parametrize(
    "number", [pytest.param(number, marks=[pytest.mark.slow] if number >= FEW else []) for number in range(EXAMPLES)]
)
def test_the_outbox_sends_what_the_naive_simulation_sends(runtime, noon, monkeypatch, number):
    monkeypatch.setattr(
        "caseflow.features.deadlines.reminder_sync.service._ended_on_earlier_day", lambda request: request.ended_at
    )
    chance = Random(f"{SEED}.real.{number}")
    setup = make_setup(chance)
    steps = list(make_history(chance, setup, 25, 2))
    noon.move_to(steps[0].at - timedelta(minutes=1))
    naive, real = Simulation(setup, steps[0].at), Real(runtime, setup, steps[0].at, f"R{number}")
    for step in steps:
        for outbox in (naive, real):
            if step.facts:
                outbox.change(step.name, step.facts, step.at)
            else:
                outbox.run_sweep(step.at)
        assert real.sent() == naive.sent, f"seed {SEED}, example {number}, {step}"
    assert real.mails() == naive.mails, f"seed {SEED}, example {number}"
    assert real.full_passes > 1
