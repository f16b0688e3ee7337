"""What somebody can do who sends SQL of their own as the web server: as nobody, and in the transaction of a person.

The role is the real one, and each attempt is a transaction of its own that is rolled back. An attempt fails if PostgreSQL
refuses it, or if it changes and shows no row that the person could not change and see by the pages.
"""

from collections import deque
from contextlib import ExitStack, suppress
from datetime import timedelta
from itertools import count, islice
from uuid import uuid4

import psycopg
import pytest

from caseflow.db.prepare import COMMAND, CONNECTION_LIMITS, OWNER, WEB, WORKER
from tests.leaks.attacker import REFUSED, refused, rows

JOBS = (
    "accounts.admin",
    "audit.verify",
    "deadlines.remind",
    "dossier.build",
    "evidence.check",
    "evidence.copy",
    "keys.rotate",
    "readiness.reassess",
    "watch",
    "calendar",
    "invented",
)
WITH_CASE_DATA = (
    "case", "claim", "act", "housing_application", "intervention", "letter", "interim_request", "interim_breach", "reprisal", "claim_decision", "recommendation", "follow_up_step", "note", "note_mention", "case_review", "review_comment", "prepared_filing", "task", "task_template", "dossier_text", "dossier_annex", "dossier_build", "evidence", "evidence_content", "evidence_custody", "evidence_support", "evidence_upload", "other_treaty_article", "state_objection", "domestic_remedy", "other_procedure", "deadline", "deadline_acknowledgement", "reminder",
    "assessment", "case_grant", "case_view", "case_counter", "audit_entry", "audit_chain", "app_user", "membership",
    "user_session", "calendar_feed", "mail", "mail_bounce", "reminder_setting", "absence", "alarm",
    "reassessment_run", "reminder_sync_request", "section_thresholds", "register_change", "request_key", "person_difference", "case_difference", "case_flag", "case_link", "case_merge", "list_setting",
)  # fmt: skip
MOST_CONNECTIONS = 97
"""PostgreSQL accepts a hundred by default, and keeps three for superusers."""


@pytest.mark.parametrize("job", JOBS)
def test_no_job_can_be_taken(attacker, who, job):
    """The setting changes nothing, and it is no error that a policy could raise for a hidden row alone."""
    with attacker.connection(who) as connection:
        seen = {table: rows(connection, table) for table in WITH_CASE_DATA}
    for take in (
        f"SELECT set_config('caseflow.job', '{job}', true)",
        f"SELECT set_config('caseflow.job', '{job}', false)",
        f"SET LOCAL caseflow.job = '{job}'",
        f"DO $$ BEGIN PERFORM set_config('caseflow.job', '{job}', true); END $$",
    ):
        with attacker.connection(who) as connection:
            connection.execute(take.encode())
            assert connection.execute("SELECT caseflow_job()").fetchone() == (None,)
            assert {table: rows(connection, table) for table in WITH_CASE_DATA} == seen
    with attacker.connection(who) as connection:
        refused(connection, "SELECT caseflow_take_job(%s)", job)


@pytest.mark.parametrize("job", ["accounts", "register", "status"])
@pytest.mark.parametrize("table", WITH_CASE_DATA)
def test_the_jobs_of_the_web_server_show_no_case_and_no_account(attacker, job, table):
    with attacker.connection() as connection:
        connection.execute("SELECT set_config('caseflow.job', %s, true)", [job])
        seen = 0
        with suppress(*REFUSED):
            seen = rows(connection, table)
        assert seen == 0


@pytest.mark.parametrize("table", WITH_CASE_DATA)
def test_nobody_reads_nothing(attacker, table):
    with attacker.connection() as connection:
        assert rows(connection, table) == 0


def forged(victim: object, signature: str = "") -> list[str]:
    return [str(victim), f"{victim}:", f"{victim}:{signature}", f"{victim}:{'0' * 64}", f"{victim}\n:{signature}"]


def test_nobody_becomes_another_person(attacker, ana):
    """Neither by the setting, with or without the signature of one's own transaction, nor by the functions."""
    victims = [user.id for user in attacker.world.users if user.id != ana]
    with attacker.connection(ana) as connection:
        signed = connection.execute("SELECT current_setting('caseflow.user')").fetchone()[0]
        for victim in victims:
            for value in forged(victim, signed.partition(":")[2]):
                connection.execute("SELECT set_config('caseflow.user', %s, true)", [value])
                assert connection.execute("SELECT caseflow_actor()").fetchone() == (None,)
                assert rows(connection, "case") == 0
    for function in ("caseflow_act_as(%s)", "caseflow_sign(%s)", "caseflow_signature(%s::uuid::text)"):
        with attacker.connection(ana) as connection:
            refused(connection, f"SELECT {function}", victims[0])
    for statement in ("SELECT caseflow_signing_key()", "SELECT * FROM signing_key", "TABLE signing_key"):
        with attacker.connection(ana) as connection:
            refused(connection, statement)


def test_a_signature_is_worth_nothing_in_another_transaction(attacker, ana):
    """Of the same connection, of another one, and after the connection was given back to the pool."""
    with attacker.connection(ana) as connection, attacker.connection() as other:
        signed = connection.execute("SELECT current_setting('caseflow.user')").fetchone()[0]
        assert rows(connection, "case") > 0
        other.execute("SELECT set_config('caseflow.user', %s, false)", [signed])
        assert rows(other, "case") == 0
        connection.rollback()
        connection.execute("SELECT set_config('caseflow.user', %s, false)", [signed])
        assert rows(connection, "case") == 0
        connection.commit()
        assert rows(connection, "case") == 0


def test_the_token_of_somebody_else_is_not_to_be_had(attacker, ana):
    with attacker.connection(ana) as connection:
        assert connection.execute("SELECT DISTINCT user_id FROM user_session").fetchall() == [(ana,)]
        assert connection.execute("SELECT DISTINCT user_id FROM calendar_feed").fetchall() == [(ana,)]
    for token in (b"", b"\0" * 32, b"' OR true --"):
        with attacker.connection() as connection:
            enter = "SELECT * FROM caseflow_enter(%s, now(), '100 years', '100 years')"
            assert connection.execute(enter, [token]).fetchall() == []
            assert connection.execute("SELECT * FROM caseflow_enter_feed(%s, now())", [token]).fetchall() == []
            assert connection.execute("SELECT caseflow_actor()").fetchone() == (None,)


def test_the_stored_hash_of_a_token_opens_nothing(attacker):
    """Otherwise whoever finds a hash in a table is the person: the hash would be the token."""
    for table, enter in (
        ("user_session", "SELECT * FROM caseflow_enter(%s, now(), '100 years', '100 years')"),
        ("calendar_feed", "SELECT * FROM caseflow_enter_feed(%s, now())"),
    ):
        for (stored,) in attacker.known(f"SELECT token_hash FROM {table}"):
            with attacker.connection() as connection:
                assert connection.execute(enter.encode(), [stored]).fetchall() == []
                assert connection.execute("SELECT caseflow_actor()").fetchone() == (None,)


UPDATE_OF_THE_HEAD = "{PLANNEDSTMT :commandType 2"
"""How PostgreSQL writes the plan of an UPDATE, here that of the audit trail's trigger: number and hash of the new entry are in it."""


def test_no_plan_shows_the_key_or_a_foreign_chain(attacker, ana):
    """Whoever sends SQL may have the plans of functions sent to them too, with the constants that are in them."""
    key, shown = attacker.known("SELECT key FROM signing_key")[0][0], []
    foreign = next(s.id for s in attacker.world.sections if s.id not in attacker.world.member_sections(ana))
    with attacker.connection() as connection:
        connection.add_notice_handler(lambda notice: shown.append(notice.message_detail or ""))
        connection.execute("SET client_min_messages = log; SET debug_print_plan = on; SET debug_pretty_print = off")
        connection.execute("SET plan_cache_mode = force_custom_plan")
        attacker.enter(connection, ana)
        assert rows(connection, "case") > 0
        assert "PLANNEDSTMT" in "".join(shown)
        assert " ".join(str(byte if byte < 128 else byte - 256) for byte in key[:8]) not in "".join(shown)
        shown.clear()
        statement, values = an_entry(section_id=foreign, actor_id=ana)
        refused(connection, statement, *values)
        assert "PLANNEDSTMT" in "".join(shown)
        assert UPDATE_OF_THE_HEAD not in "".join(shown)


def test_a_person_sees_only_what_the_pages_show(attacker, ana):
    world = attacker.world
    visible = {case.id for case in world.cases if world.may_see(ana, case)}
    with attacker.connection(ana) as connection:
        seen = {row[0] for row in connection.execute('SELECT id FROM "case"')}
    assert 0 < len(seen) < len(world.cases)
    assert seen == visible


HASHES = (
    "SELECT password_hash FROM app_user",
    "SELECT * FROM app_user",
    "TABLE app_user",
    "SELECT u FROM app_user u",
    "SELECT row_to_json(u) FROM app_user u",
    "SELECT 1 FROM app_user WHERE password_hash LIKE '$argon2%'",
    "SELECT id FROM app_user ORDER BY password_hash",
    "COPY app_user TO STDOUT",
    "COPY (SELECT password_hash FROM app_user) TO STDOUT",
    "UPDATE app_user SET language = 'es' RETURNING password_hash",
    "UPDATE app_user SET language = password_hash",
    "INSERT INTO register_change (id, at, subject, subject_key, action) SELECT gen_random_uuid(), now(), 'x', password_hash, 'x' FROM app_user",
)  # fmt: skip


@pytest.mark.parametrize("statement", HASHES)
def test_no_hash_of_a_password_is_read(attacker, who, statement):
    with attacker.connection(who) as connection:
        refused(connection, statement)


def test_the_path_of_signing_in_gives_no_hash_and_no_session(attacker, ana):
    email, stored = attacker.known("SELECT email, password_hash FROM app_user WHERE id <> %s LIMIT 1", ana)[0]
    with attacker.connection() as connection:
        ask = "SELECT salt FROM caseflow_account_to_sign_in(ARRAY[lower(%s)])"
        salt = connection.execute(ask, [email]).fetchone()[0]
        assert stored.startswith(salt)
        assert stored.rpartition("$")[2] not in salt
        for guess in (salt, "", "%", f"{salt}$", f"{salt}$guess", None):
            begin = "SELECT caseflow_sign_in(ARRAY[lower(%s)], %s, %s, '', now())"
            assert connection.execute(begin, [email, guess, b"x" * 32]).fetchone() == (None,)
        assert connection.execute("SELECT caseflow_change_password(%s, 'x')", [stored]).fetchone() == (False,)
    with attacker.connection(ana) as connection:
        assert connection.execute("SELECT caseflow_change_password(%s, 'x')", [stored]).fetchone() == (False,)


def test_signing_in_reads_one_account_at_a_time(attacker):
    addresses = [email for (email,) in attacker.known("SELECT lower(email) FROM app_user")]
    with attacker.connection() as connection:
        for asked in (addresses, ["%"], [""], [None], []):
            found = connection.execute("SELECT * FROM caseflow_account_to_sign_in(%s)", [asked]).fetchall()
            assert len(found) <= (asked is addresses)


ADMINISTRATION = (
    "INSERT INTO membership (id, user_id, section_id, role, started_at) SELECT gen_random_uuid(), {me}, {section}, 'administrator', now()",
    "UPDATE membership SET role = 'administrator' WHERE user_id = {me}",
    "UPDATE membership SET ended_at = NULL",
    "DELETE FROM membership",
    "INSERT INTO app_user (id, email, name, password_hash, language, is_active, created_at) VALUES (gen_random_uuid(), 'x@x', 'x', 'x', 'en', true, now())",
    "UPDATE app_user SET password_hash = 'x'",
    "UPDATE app_user SET email = 'x@x' WHERE id = {me}",
    "UPDATE app_user SET is_active = true",
    "DELETE FROM app_user",
    "INSERT INTO user_session (id, token_hash, user_id, browser, created_at, seen_at) VALUES (gen_random_uuid(), sha256('x'), {me}, '', now(), now())",
    "UPDATE user_session SET user_id = {victim}",
    "UPDATE user_session SET created_at = now()",
    "UPDATE user_session SET seen_at = now()",
    "INSERT INTO calendar_feed (token_hash, user_id, created_at) VALUES (sha256('x'), {victim}, now())",
    "INSERT INTO section (id, code, name, kind, time_zone, is_demo, created_at) VALUES (gen_random_uuid(), 'XX', 'x', 'section', 'UTC', false, now())",
)  # fmt: skip


@pytest.mark.parametrize("statement", ADMINISTRATION)
def test_no_account_and_no_role_is_made_or_changed(attacker, ana, who, statement):
    victim = next(user.id for user in attacker.world.users if user.id != ana)
    section = attacker.world.sections[0].id
    with attacker.connection(who) as connection:
        refused(connection, statement.format(me=f"'{ana}'", victim=f"'{victim}'", section=f"'{section}'"))


OUTSIDE = (
    f"SET ROLE {OWNER}", f"SET ROLE {WORKER}", f"SET ROLE {COMMAND}", "SET ROLE caseflow_guard", "SET ROLE postgres",
    f"SET SESSION AUTHORIZATION {COMMAND}", "SET session_replication_role = replica",
    "ALTER ROLE caseflow_web SUPERUSER", "ALTER ROLE caseflow_web BYPASSRLS", "CREATE ROLE x",
    "GRANT caseflow_command TO caseflow_web", 'ALTER TABLE "case" DISABLE ROW LEVEL SECURITY',
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL", 'DROP POLICY app_select ON "case"', "DROP TRIGGER chain ON audit_entry",
    'CREATE POLICY x ON "case" USING (true)', "CREATE TABLE x ()", "CREATE TEMPORARY TABLE x ()", "CREATE TABLE pg_temp.x ()",
    "CREATE SCHEMA x", "CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE EXTENSION dblink",
    "CREATE FUNCTION pg_temp.x() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE VIEW x AS SELECT * FROM claim",
    "CREATE OR REPLACE FUNCTION caseflow_actor() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
    "CREATE OPERATOR === (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text)", "CREATE EVENT TRIGGER x ON ddl_command_start EXECUTE FUNCTION x()",
    "CREATE INDEX ON claim (id)", 'CREATE STATISTICS x ON id, title FROM "case"', "CREATE PUBLICATION x", 'REINDEX TABLE "case"',
    "TRUNCATE audit_entry", "TRUNCATE audit_chain", "TRUNCATE audit_entry, audit_chain", 'TRUNCATE "case" CASCADE',
    "DELETE FROM audit_entry", "UPDATE audit_entry SET action = 'x'", "UPDATE audit_chain SET last_sequence = 0",
    "INSERT INTO audit_chain VALUES (gen_random_uuid(), 0, '')", 'LOCK TABLE "case" IN ACCESS EXCLUSIVE MODE',
    "SELECT pg_read_file('/etc/passwd')", "SELECT pg_ls_dir('/')", "COPY (SELECT 1) TO '/tmp/x'", "COPY claim FROM '/etc/passwd'",
    "COPY (SELECT 1) TO PROGRAM 'id'", "COPY claim (id) FROM PROGRAM 'id'", "LOAD '/tmp/x.so'",
    "SELECT lo_creat(0)", "SELECT lo_create(0)", "SELECT lo_from_bytea(0, 'x')", "SELECT lo_import('/etc/passwd')", "SELECT lo_export(1, '/tmp/x')",
    "SELECT lo_open(1, 131072)", "SELECT lo_get(1)", "SELECT lo_unlink(1)",
    "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT pg_cancel_backend(pg_backend_pid())",
    "SELECT pg_reload_conf()", "SELECT pg_switch_wal()", "SET log_statement = 'all'",
    "SELECT * FROM pg_authid", "SELECT * FROM pg_statistic", "SELECT * FROM pg_hba_file_rules", "SELECT * FROM pg_stat_replication_slots, pg_shadow",
    "ALTER DATABASE postgres SET x.y = 1", "DROP TABLE claim", "ALTER FUNCTION textlike(text, text) LEAKPROOF",
    "SELECT pg_export_snapshot(), pg_current_wal_insert_lsn(), pg_ls_waldir()",
)  # fmt: skip


@pytest.mark.parametrize("statement", OUTSIDE)
def test_nothing_outside_of_the_own_rows_is_within_reach(attacker, who, statement):
    with attacker.connection(who) as connection:
        refused(connection, statement)


@pytest.mark.parametrize("statement", ["CREATE DATABASE x", "DROP DATABASE postgres"])
def test_the_server_is_out_of_reach(attacker, statement):
    with psycopg.connect(attacker.url, autocommit=True) as connection:
        refused(connection, statement)


def test_the_connections_of_the_web_server_leave_room_for_others(attacker):
    with ExitStack() as held:
        connections = (held.enter_context(psycopg.connect(attacker.url)) for _ in count())
        with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
            deque(islice(connections, CONNECTION_LIMITS[WEB] + 1))
        assert attacker.known("SELECT 1") == [(1,)]
    assert sum(CONNECTION_LIMITS.values()) <= MOST_CONNECTIONS


def test_the_worker_takes_no_job_of_the_command_line(attacker):
    url = attacker.url.replace(f"{WEB}:", f"{WORKER}:")
    for job in ("accounts.admin", "audit.verify", "keys.rotate"):
        with psycopg.connect(url) as connection:
            connection.execute("SELECT set_config('caseflow.job', %s, true)", [job])
            assert rows(connection, "app_user") == 0
            refused(connection, "SELECT caseflow_take_job(%s)", job)
    with psycopg.connect(url) as connection:
        refused(connection, "SELECT password_hash FROM app_user")


def test_a_session_that_ended_is_not_entered_again(attacker, ana):
    with attacker.connection(ana) as connection:
        connection.execute("UPDATE user_session SET ended_at = now()")
        token = attacker.token_of(ana)
        enter = "SELECT * FROM caseflow_enter(%s, now(), %s, %s)"
        years = timedelta(days=36500)
        assert connection.execute(enter, [token, years, years]).fetchall() == []


def test_a_new_id_is_no_way_in(attacker):
    with attacker.connection() as connection:
        connection.execute("SELECT set_config('caseflow.user', %s, true)", [str(uuid4())])
        assert rows(connection, "case") == 0


def an_entry(**values: object) -> tuple[str, list[object]]:
    """Return the statement that writes an entry of the audit trail, and its values."""
    row = {"id": uuid4(), "job": "", "action": "x", "subject": "case", "changes": "{}", **values}
    return f"INSERT INTO audit_entry ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})", list(row.values())


def test_no_entry_is_written_into_a_foreign_chain(attacker, ana):
    """Not by naming one's own case, not as a job, and not in somebody else's name."""
    world = attacker.world
    own = next(case for case in world.cases if world.may_change(ana, case))
    hidden = next(case for case in world.cases if not world.may_see(ana, case) and case.section_id != own.section_id)
    foreign, other = hidden.section_id, next(user.id for user in world.users if user.id != ana)
    with attacker.connection(ana) as connection:
        statement, values = an_entry(section_id=own.section_id, case_id=own.id, actor_id=ana)
        assert connection.execute(statement.encode(), values).rowcount == 1
    for wrong in (
        {"section_id": foreign, "case_id": own.id, "actor_id": ana},
        {"section_id": foreign, "case_id": hidden.id, "actor_id": ana},
        {"section_id": own.section_id, "case_id": hidden.id, "actor_id": ana},
        {"section_id": foreign, "actor_id": ana},
        {"section_id": own.section_id, "case_id": own.id, "actor_id": other},
        {"section_id": own.section_id, "case_id": own.id},
        {"section_id": own.section_id, "case_id": own.id, "actor_id": ana, "job": "accounts.admin"},
        {"section_id": own.section_id, "case_id": own.id, "actor_id": ana, "at": "2019-01-01"},
        {"section_id": own.section_id, "case_id": own.id, "actor_id": ana, "sequence": 1},
        {"section_id": own.section_id, "case_id": own.id, "actor_id": ana, "hash": b"x"},
    ):
        with attacker.connection(ana) as connection:
            statement, values = an_entry(**wrong)
            refused(connection, statement, *values)
    for job in ("accounts", "register", "status", *JOBS):
        for of_case in ({}, {"case_id": own.id}):
            with attacker.connection() as connection:
                connection.execute("SELECT set_config('caseflow.job', %s, true)", [job])
                statement, values = an_entry(section_id=foreign, job=job, **of_case)
                refused(connection, statement, *values)
