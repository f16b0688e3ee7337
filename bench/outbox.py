"""A database full of open deadlines and their reminders, for measuring the outbox."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

import psycopg

from bench.plans import Plan, RecordedStatements, explained
from caseflow.access import PersonActor
from caseflow.clock import now
from caseflow.features.reminders import outbox
from caseflow.features.reminders.commands import LeasedMail
from caseflow.features.reminders.digests import write_at_once, write_digests
from caseflow.features.reminders.sweep import SWEEPER
from caseflow.runtime import Runtime
from caseflow.unit_of_work import UnitOfWork

IN_SECTION: Final = 20
"""People of one section."""
OF_PERSON: Final = 5
"""Cases of one person, each with one deadline of five reminders."""
DUE: Final = 99
"""The threshold of the reminders that are made due; no rule has it."""
STATEMENTS: Final = (
    "INSERT INTO section (id, code, name, kind, time_zone, is_demo, created_at) "
    "SELECT gen_random_uuid(), 'B' || n, 'Section ' || n, 'section', 'UTC', true, now() FROM generate_series(1, %(sections)s) n",
    "INSERT INTO app_user (id, email, name, password_hash, language, is_active, created_at) "
    "SELECT gen_random_uuid(), 'reader' || n || '@example.org', '-', '-', 'en', true, now() FROM generate_series(1, %(people)s) n",
    "CREATE TEMPORARY TABLE place AS SELECT u.id AS user_id, s.id AS section_id, row_number() OVER () AS number "
    "FROM (SELECT id, row_number() OVER () AS n FROM app_user) u JOIN (SELECT id, row_number() OVER () AS n FROM section) s "
    "ON s.n = 1 + (u.n - 1) / %(in_section)s",
    "INSERT INTO membership (id, user_id, section_id, role, started_at) "
    "SELECT gen_random_uuid(), user_id, section_id, 'caseworker', now() FROM place",
    'INSERT INTO "case" (id, section_id, year, number, reference, title, state_code, urgency, confidentiality, stage, '
    "owner_id, opened_on, rights, version, is_demo, created_at) "
    "SELECT gen_random_uuid(), section_id, 2026, place.number * %(of_person)s + k, 'B-' || place.number || '-' || k, 'A case', "
    "'ES', 'normal', 'section', 'intake', user_id, current_date, '{HOUSING}', 1, true, now() "
    "FROM place, generate_series(1, %(of_person)s) k",
    "INSERT INTO deadline (id, case_id, kind, key, due_on, responsible_id, version, dated_at, created_at) "
    "SELECT gen_random_uuid(), id, 'one_year', 'one_year:b', current_date + 30 + (random() * 300)::int, owner_id, 1, now(), now() "
    'FROM "case"',
    "INSERT INTO reminder (id, deadline_id, deadline_version, case_id, recipient_id, threshold, cause, due_on, due_at, status, created_at) "
    "SELECT gen_random_uuid(), id, 1, case_id, responsible_id, t, 'responsible', due_on - t, "
    "CASE WHEN t <= 3 THEN (due_on - t) + interval '7 hours' END, 'waiting', now() "
    "FROM deadline, unnest(ARRAY[14, 7, 3, 1, 0]) t",
    "UPDATE reminder_setting SET next_digest_at = now() + interval '1 year', hour = 0",
)
MAKE_DUE: Final = (
    "CREATE TEMPORARY TABLE chosen AS SELECT DISTINCT ON (d.responsible_id) d.id, d.case_id, d.responsible_id, "
    "random() < 0.5 AS is_at_once FROM deadline d WHERE NOT EXISTS (SELECT FROM reminder r "
    "WHERE r.recipient_id = d.responsible_id AND r.threshold = %(due)s) ORDER BY d.responsible_id LIMIT %(wanted)s",
    "INSERT INTO reminder (id, deadline_id, deadline_version, case_id, recipient_id, threshold, cause, due_on, due_at, status, created_at) "
    "SELECT gen_random_uuid(), id, 1, case_id, responsible_id, %(due)s, 'responsible', current_date, "
    "CASE WHEN is_at_once THEN now() - interval '1 minute' END, 'waiting', now() FROM chosen",
    "UPDATE reminder_setting SET next_digest_at = now() FROM chosen WHERE user_id = responsible_id AND NOT is_at_once",
)


def fill(superuser_url: str, deadlines: int) -> None:
    """Write so many open deadlines, each of a case of its own, with five reminders that are not due yet."""
    people = deadlines // OF_PERSON
    given = {
        "people": people,
        "sections": people // IN_SECTION + 1,
        "in_section": IN_SECTION,
        "of_person": OF_PERSON,
    }
    _run(superuser_url, STATEMENTS, given)


def make_due(superuser_url: str, wanted: int) -> None:
    """Make one reminder due for so many people not reminded so far, half at once and half by digest."""
    _run(superuser_url, MAKE_DUE, {"wanted": wanted, "due": DUE})


def _run(url: str, statements: tuple[str, ...], given: dict[str, int]) -> None:
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement.encode(), given)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


class _Rollback(Exception):
    """Rolls back a transaction that was only measured."""


def plans_of_outbox(runtime: Runtime) -> list[Plan]:
    """Return the plans of the statements that write, lease and settle mails; everything is rolled back."""
    at, claimed = now(), []

    def write_and_take(uow: UnitOfWork) -> None:
        write_at_once(uow, at)
        write_digests(uow, at)
        claimed.append(outbox.claim_next(uow, at))
        outbox.record_notified(uow)

    with RecordedStatements(runtime.engine, "SELECT r", "UPDATE", "INSERT", "WITH") as statements:
        _run_and_roll_back(runtime, write_and_take)
    plans: list[Plan] = []
    _run_and_roll_back(runtime, lambda uow: plans.extend(_explained(uow, *one) for one in list(statements)))
    return [*plans, *_plans_of_recheck(runtime, claimed[0])]


def _run_and_roll_back(runtime: Runtime, what: Callable[[UnitOfWork], None]) -> None:
    with suppress(_Rollback), runtime.units.begin(SWEEPER) as uow:
        what(uow)
        raise _Rollback


def _explained(uow: UnitOfWork, statement: str, parameters: object) -> Plan:
    return explained(uow.session.connection(), _name(statement), statement, parameters)


def _plans_of_recheck(runtime: Runtime, claimed: LeasedMail | None) -> list[Plan]:
    """Return the plans of the check, as the recipient, of what they may still see."""
    assert claimed is not None
    with runtime.units.begin(PersonActor(claimed.recipient_id, "")) as uow:
        with RecordedStatements(runtime.engine, "SELECT app_user") as sent:
            outbox.decide_delivery(uow, claimed)
        connection = uow.session.connection()
        return [explained(connection, "outbox: SELECT app_user, as the recipient", *statement) for statement in sent]


def _name(statement: str) -> str:
    words = statement.split()
    return f"outbox: {words[0]} {words[1].partition('.')[0] if words[0] != 'INSERT' else words[2]}"
