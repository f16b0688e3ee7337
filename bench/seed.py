"""Fill a database with cases by COPY, as superuser, without row security, triggers and checks of foreign keys."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from random import Random

import psycopg
from psycopg import sql

from bench.coalition import Coalition, make_coalition, rows_of
from bench.rows import Rows, line
from caseflow.features.accounts.queries import token_hash
from caseflow.models import ENDED_STAGES
from caseflow.models.deadline_kinds import HARD_KINDS

COLUMNS = {
    "section": "id code name kind time_zone is_demo",
    "app_user": "id email name password_hash language is_active",
    "membership": "id user_id section_id role",
    "user_session": "id user_id token_hash browser",
    "case": "id section_id year number reference title state_code place_region place_district happened narrative lateness_reason "
    "urgency confidentiality stage owner_id opened_on rights version is_demo created_at is_without_other_procedures "
    "search lookup search_version",
    "case_view": "case_id user_id viewed_on",
    "case_grant": "id case_id section_id level created_at",
    "case_counter": "section_id year last_number",
    "claim": "id case_id position rights violation_types articles disadvantage version created_at",
    "act": "id case_id claim_id position what began is_continuing is_attributable version",
    "domestic_remedy": "id case_id claim_id position is_used stage kind authority file_number filed decided notified outcome "
    "raised_right could_repair version created_at",
    "assessment": "id case_id is_current made_at cause assessed_on confirmed_on outlook ruleset data digest findings blocking not_confirmed",
    "deadline": "id case_id claim_id kind source key due_on basis responsible_id version dated_at created_at",
    "reminder": "id deadline_id deadline_version case_id recipient_id threshold cause due_on due_at status sent_at created_at",
    "audit_entry": "id section_id sequence at actor_id job action subject subject_id case_id changes previous_hash hash",
    "audit_chain": "section_id last_sequence last_hash",
}
CONSTANTS = {
    "section": {"created_at": "now()"},
    "app_user": {"created_at": "now()"},
    "membership": {"started_at": "now()"},
    "user_session": {"created_at": "now()", "seen_at": "now()"},
    "claim": {"delay_claimed": "false"},
}
"""Columns without a default in the database that have the same value in all rows."""
CASE_TABLES = tuple(COLUMNS)[4:]
CHUNK = 500
LISTING = """
    INSERT INTO case_listing (case_id, section_id, irreversible_on, due_on, one_year_on, last_one_year_on, outlook, active_at)
    SELECT c.id, c.section_id, d.irreversible_on, d.due_on, d.one_year_on, d.last_one_year_on, a.outlook,
      coalesce(e.active_at, c.created_at)
    FROM "case" c
    LEFT JOIN (SELECT case_id, min(due_on) FILTER (WHERE kind = ANY (%(hard)s)) AS irreversible_on, min(due_on) AS due_on,
        min(due_on) FILTER (WHERE kind = 'one_year') AS one_year_on,
        max(due_on) FILTER (WHERE kind = 'one_year') AS last_one_year_on
      FROM deadline WHERE done_at IS NULL GROUP BY case_id) d ON d.case_id = c.id AND c.stage <> ALL (%(ended)s)
    LEFT JOIN assessment a ON a.case_id = c.id AND a.is_current
    LEFT JOIN (SELECT case_id, max(at) AS active_at FROM audit_entry WHERE case_id IS NOT NULL GROUP BY case_id) e
      ON e.case_id = c.id
"""
"""What the triggers of `db/sql/case_listing.sql` would have written."""


def seed(url: str, cases: int, chance: Random, today: date) -> Coalition:
    """Write everything, build the indexes, collect statistics; return the coalition."""
    coalition = make_coalition(chance, cases)
    rows = Rows(coalition, chance, today, cases)
    with psycopg.connect(url, autocommit=True) as connection:
        for table, constants in CONSTANTS.items():
            _set_defaults(connection, table, constants)
        for table, values in rows_of(coalition).items():
            _copy(connection, table, [line(*row) for row in values])
        _copy(connection, "user_session", [
            line(user, user, "\\\\x" + token_hash(token).hex(), "bench") for user, token in coalition.tokens.items()
        ])  # fmt: skip
        with _without_indexes(connection), ExitStack() as stack:
            copies = {table: stack.enter_context(_copying(url, table)) for table in CASE_TABLES}
            for chunk in rows.chunks(CHUNK):
                for table, lines in chunk.items():
                    copies[table].write(("\n".join(lines) + "\n").encode())
        for table, constants in CONSTANTS.items():
            for column in constants:
                _alter(connection, "ALTER TABLE {} ALTER {} DROP DEFAULT", table, column)
        ended, hard = [stage.value for stage in ENDED_STAGES], [kind.value for kind in HARD_KINDS]
        connection.execute(LISTING, {"ended": ended, "hard": hard})
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    return coalition


def _alter(connection: psycopg.Connection, statement: str, table: str, column: str, value: str = "") -> None:
    names = (sql.Identifier(table), sql.Identifier(column))
    text = statement.replace("=value=", value)
    connection.execute(sql.SQL(text).format(*names))


def _set_defaults(connection: psycopg.Connection, table: str, constants: dict[str, str]) -> None:
    for column, value in constants.items():
        _alter(connection, "ALTER TABLE {} ALTER {} SET DEFAULT =value=", table, column, value)


def _statement(table: str) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in COLUMNS[table].split())
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)


def _copy(connection: psycopg.Connection, table: str, lines: list[str]) -> None:
    with connection.cursor().copy(_statement(table)) as copy:
        copy.write("\n".join(lines) + "\n")


@contextmanager
def _copying(url: str, table: str) -> Iterator[psycopg.Copy]:
    """Yield a COPY on its own connection, so that all tables are filled in parallel."""
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")  # no triggers, no checks of foreign keys
        with connection.cursor().copy(_statement(table)) as copy:
            yield copy


@contextmanager
def _without_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Drop the secondary indexes while rows are written, and rebuild them at the end: many times as fast."""
    found = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes i WHERE schemaname = 'public' AND tablename = ANY(%s) "
        "AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)",
        [list(CASE_TABLES)],
    ).fetchall()
    for name, _definition in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    connection.execute("SET maintenance_work_mem = '512MB'")
    for _name, definition in found:
        connection.execute(definition.encode())
