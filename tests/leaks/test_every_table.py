"""Every table with case data has a forced policy, and the application's role cannot bypass it."""

import pytest
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import ProgrammingError

from caseflow.db.engine import make_engine
from caseflow.db.policies import GUARDED, OPEN_TABLES
from caseflow.db.prepare import COMMAND, PROCESSES, WEB, WORKER
from caseflow.db.rights import UnsafeDatabase, unsafe_rights
from caseflow.runtime import check_database
from tests.servers import PASSWORD

TABLES = text(
    """
    SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) AS owner,
      EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) AS has_policy,
      EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('section_id', 'case_id') AND NOT a.attisdropped) AS holds_case_data
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm', 'v')
    """
)
CALLABLE_BY_ALL = text(
    """
    SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
    AND p.prorettype <> 'trigger'::regtype AND has_function_privilege('public', p.oid, 'EXECUTE')
    """
)
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


@pytest.fixture
def process_engine(database, role):
    """An engine that signs in with the role of a process."""
    engine = make_engine(make_url(database.superuser_url).set(username=role, password=PASSWORD))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("role", PROCESSES)
def test_no_process_has_more_rights_than_it_needs(process_engine, role):
    with process_engine.connect() as connection:
        assert connection.scalar(text("SELECT session_user")) == role
        assert unsafe_rights(connection, role) == []


UNSAFE = {
    "ALTER ROLE {role} SUPERUSER": "is a superuser",
    "ALTER ROLE {role} BYPASSRLS": "goes past row security",
    "ALTER ROLE {role} CREATEROLE": "has the right CREATEROLE",
    "ALTER ROLE {role} CREATEDB": "has the right CREATEDB",
    "ALTER ROLE {role} REPLICATION": "has the right REPLICATION",
    "GRANT caseflow_owner TO {role}": "may act as caseflow_owner",
    "GRANT caseflow_guard TO {role}": "is a member of caseflow_guard",
    "GRANT pg_read_all_data TO {role}": "is a member of pg_read_all_data",
    "ALTER TABLE claim OWNER TO {role}": "owns tables or functions",
    "ALTER FUNCTION caseflow_job OWNER TO {role}": "owns tables or functions",
    "GRANT CREATE ON SCHEMA public TO {role}": "may create objects",
    "GRANT CREATE ON SCHEMA public TO PUBLIC": "may create objects",
    "GRANT TEMPORARY ON DATABASE {database} TO PUBLIC": "may make temporary tables",
    "ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF": "are marked LEAKPROOF",
    "ALTER TABLE claim NO FORCE ROW LEVEL SECURITY": "is not forced on claim",
}


@pytest.mark.commits
@pytest.mark.parametrize("role", [WEB, WORKER])
@pytest.mark.parametrize("fault", UNSAFE)
def test_a_planted_right_is_refused_with_a_sentence(database, fault, role):
    with database.as_superuser() as engine, engine.connect() as connection:
        name = connection.engine.url.database
        connection.exec_driver_sql(fault.format(role=role, database=name))
        connection.exec_driver_sql(f"SET LOCAL ROLE {role}")
        problems = unsafe_rights(connection, role)
        assert any(UNSAFE[fault] in problem for problem in problems), problems
        connection.rollback()


@pytest.mark.parametrize(("role", "process"), [(WORKER, WEB), (COMMAND, WEB), (WEB, WORKER), (WEB, COMMAND)])
def test_a_process_with_the_role_of_another_is_refused(process_engine, role, process):
    with process_engine.connect() as connection:
        assert f"DATABASE_URL names {role}, and this process is {process}" in unsafe_rights(connection, process)[0]


def test_a_start_as_the_superuser_or_the_owner_is_refused(database):
    for url, why in ((database.superuser_url, "superuser"), (database.settings.owner_database_url, "owns the tables")):
        with pytest.raises(UnsafeDatabase, match=why):
            check_database(database.settings.of_process(url), WEB)


@pytest.mark.parametrize(
    "statement", ["SET ROLE caseflow_owner", "SET ROLE caseflow_counter", "SET row_security = off"]
)
@pytest.mark.parametrize("role", PROCESSES)
def test_no_process_can_take_another_role(process_engine, role, statement):
    """With `row_security = off`, queries of tables with policies fail instead of returning all rows."""
    with process_engine.connect() as connection:
        assert connection.scalar(text("SELECT current_user")) == role
        with pytest.raises(ProgrammingError, match=r"permission denied|row-level security"):
            connection.exec_driver_sql(f'{statement}; SELECT count(*) FROM "case"')
