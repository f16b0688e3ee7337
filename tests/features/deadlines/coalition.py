"""A small coalition for tests of deadlines: a section with its people, and cases of theirs."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from caseflow.access import JobActor, MemberOf, PersonActor
from caseflow.access.actor import JobName
from caseflow.clock import now, today
from caseflow.db.sealing import KeyRing
from caseflow.features.accounts.service import add_section
from caseflow.features.deadlines.commands import ComputedDeadline, NewDeadline
from caseflow.features.deadlines.service import add_deadline, set_computed
from caseflow.jobs import Job
from caseflow.models import Case, Deadline, DeadlineKind, Membership, Reminder, Role, Section, State, User
from caseflow.unit_of_work import Units
from tests.servers import Database

ADMIN = JobActor(JobName.ACCOUNTS_ADMIN)
NUMBERS = count(1)


@dataclass
class Coalition:
    """Makes what a test needs, through the same doors as everybody."""

    units: Units
    jobs: list[Job] = field(default_factory=list)

    @classmethod
    def on(cls, database: Database, sessions: sessionmaker[Session] | None = None) -> "Coalition":
        jobs: list[Job] = []
        keys = KeyRing(database.settings.data_keys, database.settings.current_data_key)
        units = Units(sessions or database.sessions, keys, lambda job, _: jobs.append(job), lambda _uow, _case: None)
        coalition = cls(units, jobs)
        with units.begin(ADMIN) as uow:
            if uow.session.get(State, "ES") is None:
                uow.session.add(State(code="ES", name="Spain", covenant="", verification="", source="", pack=""))
        return coalition

    def section(self, time_zone: str = "UTC") -> Section:
        with self.units.begin(ADMIN) as uow:
            return add_section(uow, f"S{next(NUMBERS)}", "A section", time_zone=time_zone)

    def section_of(self, person: PersonActor) -> Section:
        with self.units.begin(person) as uow:
            return uow.session.get_one(Section, person.memberships[0].section_id)

    def person(self, section: Section, role: Role = Role.CASEWORKER) -> PersonActor:
        number = next(NUMBERS)
        with self.units.begin(ADMIN) as uow:
            user = User(email=f"person{number}@example.org", name=f"Person {number}", password_hash="-")
            user.memberships = []
            uow.session.add(user)
            uow.flush()
            uow.session.add(Membership(user_id=user.id, section_id=section.id, role=role))
        return PersonActor(user.id, user.name, "en", (MemberOf(section.id, section.name, role),))

    def case(self, section: Section, by: PersonActor, *, owned: bool = True) -> UUID:
        number = next(NUMBERS)
        with self.units.begin(by) as uow:
            case = Case(section_id=section.id, year=2026, number=number, reference=f"{section.code}-{number}", title="Water cut off",
                        state_code="ES", rights=["WATER"], owner_id=by.user_id if owned else None, opened_on=today())  # fmt: skip
            uow.session.add(case)
        return case.id

    def deadline(self, case_id: UUID, by: PersonActor, days: int = 0, title: str = "Ask the court") -> Deadline:
        with self.units.begin(by) as uow:
            return add_deadline(uow, case_id, NewDeadline(title, today() + timedelta(days=days)))

    def compute(self, case_id: UUID, by: PersonActor, *clocks: ComputedDeadline) -> None:
        with self.units.begin(by) as uow:
            set_computed(uow, uow.session.get_one(Case, case_id), clocks)

    def change_case(self, case_id: UUID, by: PersonActor, **values: object) -> None:
        with self.units.begin(by) as uow:
            case = uow.session.get_one(Case, case_id)
            for name, value in values.items():
                setattr(case, name, value)

    def end_memberships(self, person: PersonActor) -> None:
        with self.units.begin(ADMIN) as uow:
            for membership in uow.session.scalars(select(Membership).where(Membership.user_id == person.user_id)):
                membership.ended_at = now()

    def reminders(self, by: PersonActor) -> list[Reminder]:
        with self.units.begin(by) as uow:
            return list(
                uow.session.scalars(
                    select(Reminder).order_by(Reminder.due_at, Reminder.threshold.desc(), Reminder.recipient_id)
                )
            )

    def deadlines(self, by: PersonActor) -> list[Deadline]:
        with self.units.begin(by) as uow:
            return list(uow.session.scalars(select(Deadline).order_by(Deadline.key)))


def clock(due_on: date, key: str = "one_year:a", kind: DeadlineKind = DeadlineKind.ONE_YEAR) -> ComputedDeadline:
    return ComputedDeadline(kind, key, due_on, basis={"rule": "one-year", "because": "a sentence"})
