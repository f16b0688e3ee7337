"""The demo coalition shows something on every page, on whatever day it is started."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import today
from caseflow.demo.cases import CASES
from caseflow.demo.people import PEOPLE, sign_ins
from caseflow.demo.seed import seed
from caseflow.models import (
    Absence,
    AuditEntry,
    Case,
    CaseGrant,
    Confidentiality,
    Deadline,
    DeadlineKind,
    DomesticRemedy,
    OtherProcedure,
    RemedyPerson,
    Reminder,
    ReminderStatus,
    Role,
    Section,
    Stage,
    Urgency,
    User,
)
from caseflow.setting_values import ARGON2_PROFILES
from tests.servers import PASSWORD_OF_THE_DEMO


@pytest.fixture
def rows(demo_database):
    """Read rows as the superuser."""
    return _Look(demo_database)


class _Look:
    def __init__(self, database):
        self.database = database

    def all(self, statement):
        with self.database.as_superuser() as engine, engine.connect() as connection:
            return connection.execute(statement).all()


def test_every_list_and_clock_has_entries(rows):
    on = today()
    cases = rows.all(
        select(Case.stage, Case.urgency, Case.confidentiality, Case.owner_id, Case.is_demo, Case.opened_on)
    )
    assert len(cases) == len(CASES) == 62
    assert all(case.is_demo for case in cases)
    assert {case.stage for case in cases} >= {
        Stage.INTAKE, Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED, Stage.PENDING,
        Stage.CLOSED_WITHOUT_FILING, Stage.SUSPENDED, Stage.REFERRED, Stage.WITHDRAWN,
    }  # fmt: skip
    assert {case.urgency for case in cases} == set(Urgency)
    assert sum(case.owner_id is None for case in cases) >= 3
    left = rows.all(select(User.id).where(~User.is_active))
    assert sum(case.owner_id in {row.id for row in left} for case in cases) >= 2
    assert sum(case.confidentiality is Confidentiality.SEALED for case in cases) >= 3
    assert (on - min(case.opened_on for case in cases)).days > 19 * 30
    due = rows.all(
        select(Deadline.kind, Deadline.due_on, Section.time_zone)
        .select_from(Deadline)
        .join(Case)
        .join(Section)
        .where(Deadline.done_at.is_(None))
    )
    days = {
        kind: sorted((row.due_on - today(row.time_zone)).days for row in due if row.kind == kind)
        for kind in DeadlineKind
    }
    assert [
        any(abs(left - wanted) <= 2 for left in days[DeadlineKind.ONE_YEAR]) for wanted in (3, 14, 40, 120, 300, -30)
    ] == [True] * 6
    assert {2, 5, 20, -3, -12} <= set(days[DeadlineKind.NEXT_DOMESTIC_STEP])
    given = (
        select(Deadline.id)
        .join(Case)
        .where(Deadline.given_to_id == Deadline.responsible_id, Deadline.done_at.is_(None))
    )
    assert rows.all(given.where(Deadline.responsible_id != Case.owner_id)), "one is given to a colleague of the owner"
    assert days[DeadlineKind.MANUAL][0] <= 1
    assert rows.all(select(Deadline.id).where(Deadline.done_at.is_not(None)))
    assert rows.all(select(func.count()).select_from(CaseGrant))[0][0] >= 8
    assert rows.all(
        select(DomesticRemedy.id).where(DomesticRemedy.next_step_reason != "", DomesticRemedy.next_step_due > on)
    )
    assert rows.all(select(RemedyPerson.domestic_remedy_id)), "a remedy concerns only some victims"
    assert rows.all(select(OtherProcedure.id))
    assert rows.all(select(Absence.id).where(Absence.ends_on >= on, Absence.substitute_id != Absence.user_id))
    # There are waiting reminders, and entries of the audit trail.
    waiting = rows.all(select(Reminder.due_on).where(Reminder.status == ReminderStatus.WAITING))
    assert any(row.due_on <= on for row in waiting)
    assert any(row.due_on > on for row in waiting)
    actors = Counter(
        row.actor_id for row in rows.all(select(AuditEntry.actor_id).where(AuditEntry.case_id.is_not(None)))
    )
    assert None not in actors
    assert len(actors) > 10


@pytest.mark.parametrize("day", ["2028-02-29 23:30", pytest.param("2027-03-31 02:30", marks=pytest.mark.slow)])
def test_it_can_be_started_on_any_day(runtime, day):
    with time_machine.travel(f"{day}+00:00", tick=True):
        seed(runtime.units, runtime.store, ARGON2_PROFILES["quick"], PASSWORD_OF_THE_DEMO)
        with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
            # Row security: this system role sees no reminders.
            assert uow.session.scalar(select(func.count()).select_from(Reminder)) == 0


def test_every_role_has_a_person_and_one_person_has_two_roles():
    assert {role for person in PEOPLE for _, role in person.roles} == set(Role)
    assert any(len(person.roles) > 1 for person in PEOPLE)
    assert all(person.email.endswith("@demo.example") for person in PEOPLE)
    assert len(sign_ins()) == sum(len(person.roles) for person in PEOPLE if not person.has_left)


def test_titles_and_places_name_nobody():
    names = {word for person in PEOPLE for word in person.name.split()}
    for case in CASES:
        assert not names & set(f"{case.title} {case.narrative}".split()), case.title
        assert len(case.title) <= 90, case.title
        assert case.opened * timedelta(days=1) <= timedelta(days=610)
