"""What only a superuser can do, once per database and release: roles, extensions, and the closing of what PostgreSQL leaves open.

Each process connects as a role of its own (docs/decisions/0022-database-says-who-acts.md). What all three may do is granted
to `caseflow_app`, of which they are members; what only one may do, to that one.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

WEB, WORKER, COMMAND, OWNER = "caseflow_web", "caseflow_worker", "caseflow_command", "caseflow_owner"
PROCESSES = (WEB, WORKER, COMMAND)
CONNECTION_LIMITS: Mapping[str, int] = {WEB: 50, WORKER: 25, COMMAND: 10, OWNER: 5}
"""Connections of each role that signs in; together fewer than the hundred that PostgreSQL accepts by default."""
GROUP, GUARD, COUNTER = "caseflow_app", "caseflow_guard", "caseflow_counter"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")
NOT_LEAKPROOF = (
    "pg_catalog.ts_match_vq(tsvector, tsquery)",
    "pg_catalog.textlike(text, text)",
    "pg_catalog.arraycontains(anyarray, anyarray)",
)
"""Functions that earlier versions marked LEAKPROOF, though each can raise an error that depends on a hidden row."""
EQUAL = ("texteq", "textne", "bpchareq", "bpcharne", "byteaeq", "byteane", "md5", "sha224", "sha256", "sha384", "sha512", "text", "varchar")  # fmt: skip
"""Functions of text and bytes that keep PostgreSQL's own mark: they compare a whole value, or something made of all of it."""
_MARKED = text(
    """
    SELECT oid::regprocedure::text FROM pg_proc
    WHERE proleakproof AND (oid = ANY (CAST(:functions AS regprocedure[]))
      OR pronamespace = 'pg_catalog'::regnamespace AND proname <> ALL (CAST(:equal AS text[]))
        AND proargtypes::oid[] && ARRAY['text', 'varchar', 'bpchar', 'bytea', 'name']::regtype[]::oid[])
    ORDER BY 1
    """
)
CLOSED_FUNCTIONS = (
    "lo_create(oid)", "lo_creat(integer)", "lo_from_bytea(oid, bytea)", "lo_open(oid, integer)", "lo_unlink(oid)",
    "lo_get(oid)", "lo_get(oid, bigint, integer)", "lo_put(oid, bigint, bytea)", "lowrite(integer, bytea)",
    "loread(integer, integer)", "lo_truncate(integer, integer)", "lo_truncate64(integer, bigint)",
    "pg_cancel_backend(integer)", "pg_terminate_backend(integer, bigint)",
)  # fmt: skip
"""Large objects are outside of row security; and one connection need not cancel or end another of its role."""


def marked_leakproof(connection: Connection) -> Sequence[str]:
    """Return the functions that are marked LEAKPROOF and must not be.

    Besides those of earlier versions that is what PostgreSQL marks of text and bytes, except the comparison of whole values. Such
    a function is evaluated on a hidden row before the policy, and the plan, its time or an error in the policy shows whether
    it was true: with an order (`<`) or a beginning (`starts_with`) a hidden text is read letter by letter.
    """
    return connection.scalars(_MARKED, {"functions": list(NOT_LEAKPROOF), "equal": list(EQUAL)}).all()


class ExtensionMissing(Exception):
    """PostgreSQL came without its contrib modules."""


def prepare_database(admin_url: str, database: str, passwords: Mapping[str, str]) -> None:
    """Create roles, the database and its extensions where they are missing, and close the rest. Safe to run again.

    Args:
        admin_url: address of any database of the server, for a superuser.
        database: name of the database to make.
        passwords: of the roles that sign in (`CONNECTION_LIMITS`).

    Raises:
        ExtensionMissing: pg_trgm or unaccent are not installed on the server.
    """
    address = make_url(admin_url)
    engine = create_engine(address, isolation_level="AUTOCOMMIT", hide_parameters=True)
    with engine.connect() as connection:
        have = set(connection.scalars(text("SELECT name FROM pg_available_extensions")))
        if missing := [name for name in EXTENSIONS if name not in have]:
            raise ExtensionMissing(
                f"PostgreSQL has no {' and '.join(missing)}: install its contrib package "
                "(Debian: postgresql-contrib, Fedora: postgresql-contrib) or set CASEFLOW_SERVERS=wheel."
            )
        _make_roles(connection, passwords)
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": database}):
            connection.execute(text(f"CREATE DATABASE \"{database}\" OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'"))
        for statement in closing(database):
            connection.execute(text(statement))
    engine.dispose()
    inside = create_engine(address.set(database=database), isolation_level="AUTOCOMMIT", hide_parameters=True)
    with inside.connect() as connection:
        for name in EXTENSIONS:
            connection.execute(text(f"CREATE EXTENSION IF NOT EXISTS {name}"))
        for function in marked_leakproof(connection):
            connection.execute(text(f"ALTER FUNCTION pg_catalog.{function} NOT LEAKPROOF"))
        for function in CLOSED_FUNCTIONS:
            connection.execute(text(f"REVOKE ALL ON FUNCTION pg_catalog.{function} FROM PUBLIC"))
        connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
        connection.execute(text(f"GRANT USAGE, CREATE ON SCHEMA public TO {GUARD}, {COUNTER}"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {GROUP}"))
    inside.dispose()


def _make_roles(connection: Connection, passwords: Mapping[str, str]) -> None:
    existing = set(connection.scalars(text("SELECT rolname FROM pg_roles")))
    for role in (GROUP, GUARD, COUNTER, *CONNECTION_LIMITS):
        if role not in existing:
            connection.execute(text(f"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS"))
    # Until November 2026 web, worker and command line all signed in as the group.
    connection.execute(text(f"ALTER ROLE {GROUP} NOLOGIN PASSWORD NULL"))
    for role, limit in CONNECTION_LIMITS.items():
        quoted = passwords[role].replace("'", "''")
        connection.exec_driver_sql(f"ALTER ROLE {role} LOGIN CONNECTION LIMIT {limit} PASSWORD '{quoted}'")
    connection.execute(text(f"GRANT {GROUP} TO {', '.join(PROCESSES)}"))
    connection.execute(text(f"GRANT {GUARD}, {COUNTER} TO {OWNER}"))


def closing(database: str) -> tuple[str, str]:
    """Return the statements that let only our roles connect to a database, and none of them make temporary tables."""
    return (
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{database}" TO {GROUP}',
    )
