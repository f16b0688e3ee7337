"""`python -m bench.persons`: a case with forty persons beside the floor, and finding somebody among 200,000.

Printed are ratios to the floor page in one run, statements with two and with forty persons, and the milliseconds to find a person by
name, phone and number. Exit 1 when a page costs more than 2.5 times the floor, statements grow, or finding takes 50 ms.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from random import Random
from typing import Final
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bench.coalition import Office, new_id
from bench.measure import Figures, measure
from bench.pages import PageBenchmark, getting
from bench.seed import seed
from bench.server import make_database, role_url, running_server, runtime_of, settings_of
from caseflow.access import MemberOf, PersonActor
from caseflow.clock import today
from caseflow.db.identity_tokens import IdentityField, stored_tokens
from caseflow.db.prepare import WEB, WORKER
from caseflow.db.sealing import KeyRing
from caseflow.features.cases.service import editable_case
from caseflow.features.consent.commands import ConsentDetails
from caseflow.features.consent.service import record_consent
from caseflow.features.contacts.commands import ChannelDetails, NewAttempt
from caseflow.features.contacts.service import add_channel, log_attempt
from caseflow.features.people.commands import IdentityDetails, PersonDetails, RoleDetails
from caseflow.features.people.identity.queries import found_people
from caseflow.features.people.service import add_person
from caseflow.models import (
    Case,
    Claim,
    Confidentiality,
    ConsentForm,
    ConsentScope,
    ConsentStatus,
    ContactKind,
    ContactResult,
    Role,
    Stage,
)
from caseflow.unit_of_work import Units

FEW, MANY = 2, 40
MOST_RATIO: Final = 2.5
MOST_MILLISECONDS: Final = 50.0
FIRST = ("Rosa", "Amira", "Juan", "Noor", "Elena", "Tariq", "Lucía", "Kofi", "Mei", "Pavel")
FAMILY = ("Núñez", "Navarro", "Haddad", "Okoye", "Müller", "Santos", "Petrov", "Chen", "Diallo", "Ríos")
SCOPES = (ConsentScope.RECORD, ConsentScope.CONTACT, ConsentScope.SUBMIT)
Tokens = dict[IdentityField, str]
Row = tuple[object, ...]


def main(arguments: list[str]) -> int:
    """Run the benchmark; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.persons", description=__doc__)
    parser.add_argument("--persons", type=int, default=200_000, help="among whom somebody is found")
    parser.add_argument("--cases", type=int, default=20_000, help="how many cases the coalition has")
    parser.add_argument("--rounds", type=int, default=60, help="how often each page is asked for")
    options = parser.parse_args(arguments)
    with running_server() as server:
        make_database(server, "persons")
        coalition = seed(server.url("persons"), options.cases, Random(options.cases), today())
        settings = settings_of(
            role_url(server, "persons", WEB), WORKER_DATABASE_URL=role_url(server, "persons", WORKER)
        )
        benchmark = PageBenchmark(runtime_of(settings), coalition, server.url("persons"))
        worker = runtime_of(settings.of_process(settings.worker_database_url))  # which may act without a session
        units = worker.units
        assert coalition.large.coordinator is not None
        member = MemberOf(coalition.large.id, coalition.large.code, Role.SECTION_COORDINATOR)
        actor = PersonActor(coalition.large.coordinator, "Coordinator", memberships=(member,))
        few, many = two_cases(benchmark.bare, coalition.large)
        add_persons(units, actor, few, FEW)
        add_persons(units, actor, many, MANY)
        _add_crowd(benchmark, units.keys, coalition.large.id, (few, many), options.persons)
        faults = [*_pages(benchmark, coalition.large, few, many, options.rounds)]
        faults += _finding(units, actor, coalition.large.id, options)
        worker.engine.dispose()
        benchmark.runtime.engine.dispose()
        benchmark.bare.dispose()
    return 1 if any(faults) else 0


def two_cases(bare: Engine, office: Office) -> tuple[UUID, UUID]:
    """Return two cases of a section with two claims each, during domestic remedies."""
    wanted = (Case.section_id == office.id, Case.stage == Stage.DOMESTIC_REMEDIES)
    whole = (Case.confidentiality == Confidentiality.SECTION, Claim.position == 2)
    with Session(bare) as session:
        found = select(Case.id).join(Claim, Claim.case_id == Case.id).where(*wanted, *whole)
        one, other = session.scalars(found.order_by(Case.opened_on.desc(), Case.id).limit(2)).all()
    return one, other


def add_persons(units: Units, actor: PersonActor, case_id: UUID, persons: int) -> None:
    """Record persons with an identity, three consents, a way to reach them and an attempt."""
    for number in range(persons):
        with units.begin(actor) as uow:
            case = editable_case(uow, case_id)
            role = RoleDetails(roles=("victim",), description="tenant of the block", is_affected=True)
            identity = IdentityDetails(
                name=f"{FIRST[number % 10]} {FAMILY[number // 10]}", phone=f"+34 611 {number:06}"
            )
            person = add_person(uow, case, PersonDetails(), role, identity)
            uow.flush()
            given = ConsentDetails(status=ConsentStatus.GIVEN, decided_on=today(), how=ConsentForm.SIGNED)
            for scope in SCOPES:
                record_consent(uow, case, person, scope, given)
            add_channel(
                uow, case, person, ChannelDetails(kind=ContactKind.PHONE, zone="Europe/Madrid", address="1234567")
            )
            attempt = NewAttempt(
                made_on=today(), kind=ContactKind.PHONE, result=ContactResult.REACHED, note="", next_on=None
            )
            log_attempt(uow, case, person, attempt)


def _known_by(number: int) -> Tokens:
    """Return name, phone and number of a person of the crowd. A tenth have the first name, a tenth the first family name."""
    first, family = FIRST[number % 10], FAMILY[number // 10 % 10]
    return {
        IdentityField.NAME: f"{first} {family} {_syllables(number)}",
        IdentityField.PHONE: f"+34 6{number:08}",
        IdentityField.NUMBER: f"X-{number:07}-L",
    }


def _syllables(number: int) -> str:
    """Return a second family name that a few hundred of the crowd have."""
    return "".join(
        ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu")[int(one)] for one in f"{number % 997:03}"
    )


def _add_crowd(benchmark: PageBenchmark, keys: KeyRing, section: UUID, apart: Collection[UUID], persons: int) -> None:
    """Add persons with their digests, each in a case of the section that is not among those apart."""
    chance, at = Random(persons), datetime.now(UTC)
    ids = [new_id(chance) for _ in range(persons)]
    with Session(benchmark.bare) as session:
        visible = Case.confidentiality == Confidentiality.SECTION
        others = select(Case.id).where(Case.section_id == section, Case.id.not_in(apart), visible)
        cases = session.scalars(others.order_by(Case.id)).all()
    begun = time.perf_counter()
    with psycopg.connect(benchmark.superuser_url) as connection, connection.cursor() as cursor:
        people = ((one, section, "individual", True, 1, at) for one in ids)
        _copy(cursor, "person", ("id", "section_id", "kind", "is_named", "version", "created_at"), people)
        columns = (
            "id",
            "case_id",
            "section_id",
            "person_id",
            "code_name",
            "position",
            "roles",
            "groups",
            "version",
            "created_at",
        )
        in_cases: Iterable[Row] = (
            (new_id(chance), cases[n % len(cases)], section, one, f"V{n + 100}", n, ["witness"], [], 1, at)
            for n, one in enumerate(ids)
        )
        _copy(cursor, "case_person", columns, in_cases)
        tokens = (
            (section, token, one, field.value)
            for n, one in enumerate(ids)
            for field, value in _known_by(n).items()
            for token in stored_tokens(keys, section, field, value)
        )
        _copy(cursor, "identity_token", ("section_id", "token", "person_id", "field"), tokens)
        cursor.execute("ANALYZE")
    print(f"{persons:,} persons added in {time.perf_counter() - begun:.0f} s", file=sys.stderr)


def _copy(cursor: psycopg.Cursor[Row], table: str, columns: Iterable[str], rows: Iterable[Row]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as copy:
        for row in rows:
            copy.write_row(row)


def _pages(benchmark: PageBenchmark, office: Office, few: UUID, many: UUID, rounds: int) -> Iterator[bool]:
    """Print the pages of the two cases; yield whether one is too slow, or has more statements with more persons."""
    client = benchmark.of_coordinator(office)
    with benchmark.counter.of(benchmark.runtime.engine, benchmark.bare):
        for page in ("", "/people", "/facts", "/readiness"):
            asks = [getting(client, f"/cases/{many}{page}", {}), getting(client, f"/cases/{few}{page}", {})]
            floor = getting(benchmark.floor, f"/cases/{many}", {})
            of_many, of_few, of_floor = measure([*asks, floor], benchmark.counter, rounds=rounds)
            ratio = of_many.p50 / of_floor.p50
            print(
                f"case with {MANY} persons, {page.removeprefix('/') or 'summary'}: {ratio:.2f} x the floor, "
                f"{statements_in_words(of_many)} ({FEW} persons: {of_few.p50 / of_floor.p50:.2f}, {statements_in_words(of_few)})"
            )
            yield ratio > MOST_RATIO
            yield of_many.usual_statements > of_few.usual_statements


def statements_in_words(figures: Figures) -> str:
    """Return how many statements a page sent, for a line of figures."""
    return f"{figures.usual_statements} statements"


def _finding(units: Units, actor: PersonActor, section: UUID, options: argparse.Namespace) -> Iterator[bool]:
    """Print the milliseconds to find somebody by each field; yield whether it takes too long."""
    chance = Random(1)
    for field in (IdentityField.NAME, IdentityField.PHONE, IdentityField.NUMBER):
        times = []
        for _ in range(max(options.rounds, 10)):
            asked = _known_by(chance.randrange(options.persons))[field]
            with units.begin(actor) as uow:
                begun = time.perf_counter()
                found = found_people(uow, [section], [(field, asked)])
                times.append((time.perf_counter() - begun) * 1000)
            assert found, f"nobody is {field.value} {asked}"
        slowest = statistics.quantiles(times, n=20)[18]
        print(
            f"find by {field.value} among {options.persons:,}: {statistics.median(times):.1f} ms, p95 {slowest:.1f} ms"
        )
        yield statistics.median(times) > MOST_MILLISECONDS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
