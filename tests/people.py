"""An application on this test's database, and people of every role who are signed in to it.

Fixtures: `application`, `office`. People and sessions are made as the command line makes them, under row security.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseflow.access import JobActor, MemberOf, PersonActor
from caseflow.access.actor import JobName
from caseflow.app import create_app
from caseflow.features.accounts.queries import token_hash
from caseflow.jobs import Job
from caseflow.models import Case, Membership, Role, Section, SectionKind, State, User, UserSession
from caseflow.runtime import make_runtime
from caseflow.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True)
class Person:
    """Somebody with an account: how they act in services, and their browser."""

    actor: PersonActor
    client: FlaskClient


@dataclass
class Office:
    """Makes sections, people and cases; each is committed, so that requests see it."""

    app: Flask
    units: Units
    sent: list[tuple[Job, dict[str, str]]]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def administration(self) -> Iterator[UnitOfWork]:
        with self.units.begin(JobActor(JobName.ACCOUNTS_ADMIN)) as uow:
            yield uow

    def section(self, code: str, kind: SectionKind = SectionKind.SECTION) -> Section:
        section = Section(code=code, name=f"Section {code}", kind=kind)
        with self.administration() as uow:
            uow.session.add(section)
        return section

    def person(self, *roles: tuple[Section, Role]) -> Person:
        """Make somebody with roles, signed in."""
        number, token = next(self.numbers), secrets.token_urlsafe(32)
        user = User(email=f"person{number}@example.org", name=f"Person {number}", password_hash="-")
        user.memberships = [Membership(section_id=section.id, role=role) for section, role in roles]
        with self.administration() as uow:
            uow.session.add(user)
            uow.flush()
            uow.session.add(UserSession(token_hash=token_hash(token), user_id=user.id))
        members = tuple(MemberOf(section.id, section.name, role) for section, role in roles)
        return Person(PersonActor(user.id, user.name, "en", members), self.browser(token))

    def browser(self, token: str | None = None) -> FlaskClient:
        """Give a browser: of nobody, or with the cookie of a session."""
        client = self.app.test_client()
        if token:
            with client.session_transaction() as session:
                session["_user_id"] = token
        return client

    def case(self, by: Person, section: Section, **details: object) -> UUID:
        """Make a bare case, as somebody who works in the section."""
        number = next(self.numbers)
        given = {"opened_on": date(2026, 3, 5), "title": f"Case {number}", "rights": ["HOUSING"], **details}
        reference = f"{section.code}-{number}"
        with self.administration() as uow:
            uow.session.merge(
                State(code="ES", name="Spain", covenant="party", verification="checked", source="-", pack="t")
            )
        with self.units.begin(by.actor) as uow:
            case = Case(section_id=section.id, year=2026, number=number, reference=reference, state_code="ES", **given)
            uow.session.add(case)
            uow.flush()
            return case.id


@pytest.fixture
def sent() -> list[tuple[Job, dict[str, str]]]:
    """The jobs that were asked for."""
    return []


@pytest.fixture
def application(database, sent) -> Flask:
    """The real application on this test's database."""
    keep = lambda job, arguments: sent.append((job, arguments))  # noqa: E731 - one call
    return create_app(make_runtime(database.settings, engine=database.engine, sessions=database.sessions, send=keep))


@pytest.fixture
def office(application, sent) -> Office:
    return Office(application, application.extensions["caseflow.runtime"].units, sent)
