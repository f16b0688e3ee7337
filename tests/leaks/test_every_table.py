"""Every table with case data has a forced policy, and the application's role cannot bypass it."""

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from caseflow.db.policies import GUARDED, OPEN_TABLES

TABLES = text(
    """
    SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) AS owner,
      EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) AS has_policy,
      EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('section_id', 'case_id') AND NOT a.attisdropped) AS holds_case_data
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm', 'v')
    """
)
ROLE = text("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'caseflow_app'")
OWNED = text(
    """
    SELECT relname FROM pg_class WHERE relowner = 'caseflow_app'::regrole
    UNION ALL SELECT proname FROM pg_proc WHERE proowner = 'caseflow_app'::regrole
    UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = 'caseflow_app'::regrole
    UNION ALL SELECT datname FROM pg_database WHERE datdba = 'caseflow_app'::regrole
    """
)
CALLABLE_BY_ALL = text(
    """
    SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
    AND p.prorettype <> 'trigger'::regtype AND has_function_privilege('public', p.oid, 'EXECUTE')
    """
)
MEMBER_OF = text("SELECT count(*) FROM pg_auth_members WHERE member = 'caseflow_app'::regrole")
WITHOUT_SEARCH_PATH = text(
    """
    SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
    AND NOT coalesce(p.proconfig::text LIKE '%search_path=pg_catalog%', false)
    """
)


def policy_gaps(connection: Connection) -> list[str]:
    """Return what is wrong with the tables, each with what to do."""
    found = []
    for table in connection.execute(TABLES).mappings():
        name = table["relname"]
        if name in OPEN_TABLES or name == "alembic_version":
            if table["holds_case_data"]:
                found.append(
                    f"{name} holds data of a section or a case: take it out of OPEN_TABLES and give it a policy"
                )
            continue
        if not (table["relrowsecurity"] and table["relforcerowsecurity"] and table["has_policy"]):
            found.append(f"{name} has no forced policy: add one in caseflow/db/policies")
        if table["owner"] != "caseflow_owner":
            found.append(f"{name} belongs to {table['owner']}: migrations must make it as caseflow_owner")
    found += [
        f"{name}() runs as its owner with any search_path: set it" for name in connection.scalars(WITHOUT_SEARCH_PATH)
    ]
    found += [
        f"{name}() runs as its owner for everybody: REVOKE it from PUBLIC"
        for name in connection.scalars(CALLABLE_BY_ALL)
    ]
    return found


def test_every_table_has_row_security_or_is_listed_as_open(engine):
    with engine.connect() as connection:
        assert policy_gaps(connection) == []
        names = {table["relname"] for table in connection.execute(TABLES).mappings()}
    assert names == {*GUARDED, *OPEN_TABLES, "alembic_version"}


PLANTED = [
    "CREATE TABLE planted (case_id uuid)",
    "CREATE TABLE planted (id uuid)",
    "CREATE VIEW planted AS SELECT * FROM claim",
    "ALTER TABLE claim NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE claim DISABLE ROW LEVEL SECURITY",
    'DROP POLICY counter_select ON "case"; DROP POLICY guard_select ON "case"; DROP POLICY guard_update ON "case"; DROP POLICY app_select ON "case"; DROP POLICY app_insert ON "case"; DROP POLICY app_update ON "case"',
    "ALTER TABLE section ADD case_id uuid",
    "ALTER TABLE claim OWNER TO caseflow_app",
    "CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; REVOKE ALL ON FUNCTION planted FROM PUBLIC",
    "CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT 1'",
]  # fmt: skip


@pytest.mark.commits
@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_policy_gap_is_found(database, fault):
    with database.as_superuser() as engine, engine.connect() as connection:
        for statement in fault.split("; "):
            connection.exec_driver_sql(statement)
        assert policy_gaps(connection)
        connection.rollback()


def test_the_application_owns_nothing_and_can_not_bypass_row_security(engine):
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT current_user")) == "caseflow_app"
        assert tuple(connection.execute(ROLE).one()) == (False, False, False, False)
        assert list(connection.scalars(OWNED)) == []
        assert connection.scalar(MEMBER_OF) == 0


@pytest.mark.parametrize(
    "statement", ["SET ROLE caseflow_owner", "SET ROLE caseflow_counter", "SET row_security = off"]
)
def test_the_application_can_not_take_another_role(engine, statement):
    """With `row_security = off`, queries of tables with policies fail instead of returning all rows."""
    with engine.connect() as connection, pytest.raises(ProgrammingError, match=r"permission denied|row-level security"):
        connection.exec_driver_sql(f'{statement}; SELECT count(*) FROM "case"')
