"""Manual and computed deadlines, their reminders and mails."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.access import PersonActor
from caseflow.clock import now, today
from caseflow.features.deadlines.commands import NewDeadline
from caseflow.features.deadlines.service import add_deadline, set_computed
from caseflow.features.readiness.service import CLOCKS
from caseflow.models import Case, Deadline, DeadlineKind, Mail, Membership, Reminder, ReminderCause, Role, User
from caseflow.sources import ComputedDeadline
from caseflow.unit_of_work import Units
from tests.factories.dates import in_days
from tests.servers import Database


def make_deadline(units: Units, by: PersonActor, case: Case, *, days: int = 10, **details: Any) -> Deadline:
    """Add a manual deadline, due in `days`."""
    given = {"title": "Ask the court for a copy of the judgment", "due_on": in_days(days), **details}
    with units.begin(by) as uow:
        return add_deadline(uow, case.id, NewDeadline(**given))


def clock(
    due_on: date, key: str = "one_year:a", because: str | list[dict[str, Any]] = "a sentence"
) -> ComputedDeadline:
    """Return a computed deadline, as for the one-year clock."""
    return ComputedDeadline(
        kind=DeadlineKind.ONE_YEAR, key=key, due_on=due_on, basis={"rule": "one-year", "because": because}
    )


def set_clocks(units: Units, by: PersonActor, case: Case, *clocks: ComputedDeadline) -> None:
    """Set the computed deadlines of a case, as after a change of its facts."""
    with units.begin(by) as uow:
        set_computed(uow, uow.session.get_one(Case, case.id), CLOCKS, clocks)


def deadlines_seen(units: Units, by: PersonActor) -> list[Deadline]:
    """Return all deadlines that a person may see."""
    with units.begin(by) as uow:
        return list(uow.session.scalars(select(Deadline).order_by(Deadline.key)))


def reminders_seen(units: Units, by: PersonActor) -> list[Reminder]:
    """Return all reminders, sent or not, that a person may see, the earliest first."""
    in_order = select(Reminder).order_by(Reminder.due_on, Reminder.threshold.desc(), Reminder.recipient_id)
    with units.begin(by) as uow:
        return list(uow.session.scalars(in_order))


def mails_seen(units: Units, by: PersonActor) -> list[Mail]:
    """Return all mails, sent or not, that a person may see, the earliest first."""
    with units.begin(by) as uow:
        return list(uow.session.scalars(select(Mail).order_by(Mail.due_at, Mail.id)))


def make_due_mails(database: Database, units: Units, by: PersonActor, case: Case, number: int) -> None:
    """Escalate one reminder to each of `number` further people of the case's section, due now, each in its own mail.

    Escalated, because these people are not in the plan: reconciling would withdraw other reminders.
    """
    deadline = make_deadline(units, by, case, days=20)
    with database.as_superuser() as engine, Session(engine) as session:
        people = [User(id=uuid4(), email=f"{uuid4()}@example.org", name="-", password_hash="-") for _ in range(number)]
        session.add_all(people)
        session.flush()
        due = {
            "due_on": today(),
            "due_at": now() - timedelta(minutes=1),
            "threshold": 19,
            "cause": ReminderCause.HANDED_ON,
        }
        for person in people:
            session.add(Membership(user_id=person.id, section_id=case.section_id, role=Role.CASEWORKER))
            session.add(
                Reminder(
                    deadline_id=deadline.id, deadline_version=deadline.version, case_id=case.id, recipient_id=person.id, **due
                )
            )  # fmt: skip
        session.commit()
