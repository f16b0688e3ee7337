"""Row security compared with an oracle: every actor, every table, every row."""

from collections.abc import Iterator
from contextlib import suppress
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from caseflow.db.base import Base
from caseflow.db.policies import GUARDED, OPEN_TABLES
from caseflow.models import CaseChild, Role
from tests.leaks.claims import ADDITIONS_OF_CLAIMS
from tests.leaks.expectations import ADDS_UPLOAD, expectations, is_hidden
from tests.leaks.world import World, make_world
from tests.servers import Database, own_database

ACT_AS = text("SELECT caseflow_act_as(:user)")
TAKE_JOB = text("SELECT set_config('caseflow.user', '', true), set_config('caseflow.job', :job, true)")
REFUSED_BY_POLICY = "42501"

READ_BY_THE_DATABASE_ALONE = {"signing_key"}
CLOSED = set(GUARDED) - set(OPEN_TABLES) - READ_BY_THE_DATABASE_ALONE


@pytest.fixture(scope="module")
def coalition(run_servers) -> Iterator[tuple[Database, World]]:
    """A coalition in its own database. Every test rolls back its changes."""
    with own_database(run_servers) as database, database.as_superuser() as engine:
        with Session(engine, expire_on_commit=False) as session:
            world = make_world(session, Random("a coalition made by chance"))
            session.commit()
            session.expunge_all()
        yield database, world


@pytest.fixture
def world(coalition) -> World:
    return coalition[1]


@pytest.fixture(scope="module")
def everything(coalition) -> dict[type[Base], list[Base]]:
    """All rows of every table with policies, read by the superuser."""
    database, world = coalition
    with database.as_superuser() as engine, Session(engine) as session:
        found = {model: session.query(model).all() for model, _ in expectations(world)}
        session.expunge_all()
        return found


@pytest.fixture
def connection(coalition) -> Iterator[Connection]:
    """A connection with the application's role, for raw SQL without a unit of work."""
    with coalition[0].engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@pytest.fixture
def superuser(coalition) -> Iterator[Connection]:
    """A connection of a superuser, who plants a fault and then takes the application's role."""
    with coalition[0].as_superuser() as engine, engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


def ask_as(connection: Connection, user: object, job: str = "") -> None:
    if user:
        connection.execute(ACT_AS, {"user": user})
    else:
        connection.execute(TAKE_JOB, {"job": job})


def keys_of(connection: Connection, table: str) -> set[tuple[object, ...]]:
    columns = ", ".join(column.name for column in Base.metadata.tables[table].primary_key)
    return {tuple(row) for row in connection.execute(text(f'SELECT {columns} FROM "{table}"'))}


def key(row: Base) -> tuple[object, ...]:
    return tuple(getattr(row, column.name) for column in row.__table__.primary_key)


def differences(
    everything: dict[type[Base], list[Base]], world: World, connection: Connection
) -> list[tuple[str, str]]:
    """Return table and person for every difference between row security and the oracle."""
    found = []
    for user in world.users:
        ask_as(connection, user.id)
        for model, may_see in expectations(world):
            wanted = {key(row) for row in everything[model] if may_see(user.id, row)}
            if keys_of(connection, model.__tablename__) != wanted:
                found.append((model.__tablename__, user.email))
    return found


def test_everybody_sees_their_rows_and_no_other(everything, world, connection):
    assert {model.__tablename__ for model in everything} == CLOSED - {"sign_in_bucket"}  # its rows belong to no person
    empty = [model.__tablename__ for model, rows in everything.items() if not rows]
    assert not empty, f"{empty} must be filled, or this test shows nothing"
    assert differences(everything, world, connection) == []


@pytest.mark.parametrize(
    ("policy", "condition"),
    [
        ('app_select ON "case"', "section_id = ANY ((SELECT caseflow_case_sections())::uuid[])"),
        ('app_select ON "case"', "section_id = ANY ((SELECT caseflow_member_sections())::uuid[])"),
        ("app_select ON claim", "true"),
        ("app_select ON membership", "caseflow_actor() IS NOT NULL"),
        ("app_select ON audit_entry", "case_id IS NOT NULL"),
    ],
)
def test_a_planted_policy_gap_is_found(everything, world, superuser, policy, condition):
    superuser.exec_driver_sql(f"ALTER POLICY {policy} USING ({condition})")
    superuser.exec_driver_sql("SET LOCAL ROLE caseflow_worker")
    table = policy.split()[-1].strip('"')
    assert table in {name for name, _ in differences(everything, world, superuser)}


@pytest.mark.parametrize("user", [None, uuid4()])
def test_an_unknown_actor_sees_nothing(world, connection, user):
    if user:
        ask_as(connection, user)
    assert {table: keys_of(connection, table) for table in CLOSED} == {table: set() for table in CLOSED}


@pytest.mark.parametrize("table", sorted(CLOSED))
def test_an_unknown_job_sees_nothing(world, connection, table):
    ask_as(connection, None, "no.such.job")
    seen: set[tuple[object, ...]] = set()
    with suppress(ProgrammingError):  # the policies of most tables ask for the job, and it is refused
        seen = keys_of(connection, table)
    assert not seen


CASE_CHILDREN = {model.__tablename__ for model in CaseChild.__subclasses__()}
"""Tables of children of a case, which exactly the people who may change the case may change."""
READ_BY_REASSESSING = CASE_CHILDREN | {
    "person", "claim_person", "remedy_person", "consent", "evidence", "evidence_support", "contact_attempt", "contact_channel", "case", "case_listing", "deadline", "letter", "task", "reminder", "assessment", "reassessment_run", "deadline_acknowledgement", "section_thresholds", "contact_rhythm", "reminder_sync_request", "alarm"}  # fmt: skip
"""The tables that reassessment may read: cases and their facts, not the access log and the audit trail."""


def test_reassessment_sees_what_it_assesses_and_nothing_else(everything, world, connection):
    ask_as(connection, None, "readiness.reassess")
    seen = {table for table in CLOSED if keys_of(connection, table)}
    assert seen == READ_BY_REASSESSING
    for model, rows in everything.items():
        if model.__tablename__ in READ_BY_REASSESSING:
            assert keys_of(connection, model.__tablename__) == {key(row) for row in rows if not is_hidden(world, row)}


def test_public_pages_see_the_contacts_that_are_published_and_no_others(everything, connection):
    ask_as(connection, None, "register")
    (contacts,) = (rows for model, rows in everything.items() if model.__tablename__ == "section_contact")
    assert {row.is_published for row in contacts} == {True, False}
    assert keys_of(connection, "section_contact") == {key(row) for row in contacts if row.is_published}


def test_a_contact_is_written_by_coordinators_and_administrators_of_the_section(world, connection):
    for user in world.users:
        ask_as(connection, user.id)
        roles = world.roles(user.id) & {Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR, Role.ADMINISTRATOR}
        for section in world.sections:
            written = changed(
                connection, "UPDATE section_contact SET hours = 'x' WHERE section_id = :id", id=section.id
            )
            assert written == (bool(roles) and section.id in world.member_sections(user.id))


def test_reassessment_writes_answers_deadlines_and_reminders_and_nothing_else(world, connection):
    case = world.cases[0]
    ask_as(connection, None, "readiness.reassess")
    connection.execute(text('SELECT id FROM "case" FOR NO KEY UPDATE'))  # it locks the cases that it assesses
    writes = {"assessment", "deadline", "reminder"}
    for table, statement in {**CHANGES, **MORE_CHANGES}.items():
        assert changed(connection, statement, case=case.id, id=uuid4()) == (table in writes), table
    for table, statement in ADDITIONS.items():
        touched = changed(connection, statement, case=case.id, id=uuid4(), user=world.users[0].id)
        assert touched == (table in writes), table
    assert changed(connection, "UPDATE alarm SET number = 2")
    assert changed(connection, "DELETE FROM reminder_sync_request")
    for table in READ_BY_REASSESSING - {"reassessment_run", "reminder_sync_request"}:
        if table != "reminder":  # nobody deletes reminders
            assert not changed(connection, f'DELETE FROM "{table}"'), table
    assert changed(connection, "UPDATE reassessment_run SET cases = 1")


def test_people_mark_the_cases_that_they_see_as_active_and_write_nothing_else_of_the_list(world, connection):
    for user, case in Random("other draws").sample([(u, case) for u in world.users for case in world.cases], 100):
        ask_as(connection, user.id)
        marked = "UPDATE case_listing SET active_at = now() WHERE case_id = :case"
        assert changed(connection, marked, case=case.id) == world.may_see(user.id, case), (user.email, case.reference)
        for column in set(Base.metadata.tables["case_listing"].columns.keys()) - {"active_at"}:
            assert not changed(connection, f"UPDATE case_listing SET {column} = {column}")
        assert not changed(connection, "DELETE FROM case_listing")


@pytest.mark.parametrize(
    "change", ["outlook = 'clear'", "findings = '{}'", "digest = ''", "made_at = now()", "case_id = case_id"]
)
def test_a_stored_assessment_is_never_rewritten(world, connection, change):
    case = world.cases[0]
    writer = next(user.id for user in world.users if world.may_change(user.id, case))
    for who in ((writer, ""), (None, "readiness.reassess")):
        ask_as(connection, *who)
        assert not changed(connection, f"UPDATE assessment SET {change}")
        assert changed(connection, "UPDATE assessment SET seen_at = now()")


def test_the_rhythm_of_contacts_is_set_by_coordinators_and_administrators_of_the_section(world, connection):
    ask = "INSERT INTO reminder_sync_request (id, section_id, kind, is_full_pass, asked_at, rules, deadlines, corrected, alarms, failed) VALUES (:new, :id, 'contact_check', false, now(), '', 0, 0, 0, 0)"
    for user in world.users:
        ask_as(connection, user.id)
        coordinates = world.roles(user.id) & {Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR}
        administers = Role.ADMINISTRATOR in world.roles(user.id)
        for section in world.sections:
            may = bool(coordinates) and section.id in world.case_sections(user.id)
            may |= administers and section.id in world.member_sections(user.id)
            written = changed(
                connection, "UPDATE contact_rhythm SET filed_days = 9 WHERE section_id = :id", id=section.id
            )
            assert written == may
            assert not may or changed(connection, ask, id=section.id, new=uuid4())


def test_templates_of_tasks_are_written_by_coordinators_of_the_section(world, connection):
    add = "INSERT INTO task_template (id, section_id, name, date_name, lines, version, created_at) VALUES (:new, :id, 'x', 'x', '0: x', 1, now())"
    for user in world.users:
        ask_as(connection, user.id)
        coordinates = world.roles(user.id) & {Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR}
        for section in world.sections:
            may = bool(coordinates) and section.id in world.case_sections(user.id)
            for statement in (
                "UPDATE task_template SET name = 'changed' WHERE section_id = :id",
                add,
                "DELETE FROM task_template WHERE section_id = :id",
            ):
                assert changed(connection, statement, id=section.id, new=uuid4()) == may, statement


MORE_CHANGES = {
    "assessment": "UPDATE assessment SET is_current = false WHERE case_id = :case",
    "app_user": "UPDATE app_user SET language = 'es'", "membership": "UPDATE membership SET ended_at = now()",
    "case_view": "INSERT INTO case_view (case_id, user_id, viewed_on) VALUES (:case, :id, now())",
    "state": "UPDATE state SET name = 'changed'",
    "register_change": "INSERT INTO register_change (id, at, subject, subject_key, action) VALUES (:id, now(), 'x', 'x', 'x')",
}  # fmt: skip
CHANGES = {
    **{table: f"UPDATE {table} SET position = position + 9 WHERE case_id = :case" for table in sorted(CASE_CHILDREN)},
    "consent": "UPDATE consent SET note = 'changed' WHERE case_id = :case",
    "evidence": "UPDATE evidence SET kind = 'media' WHERE case_id = :case",
    "evidence_content": "UPDATE evidence_content SET title = 'changed' WHERE case_id = :case",
    "evidence_support": "DELETE FROM evidence_support WHERE case_id = :case",
    "case": "UPDATE \"case\" SET title = 'changed' WHERE id = :case",
    "letter": "UPDATE letter SET asks = 'changed' WHERE case_id = :case",
    "deadline": "UPDATE deadline SET note = 'changed' WHERE case_id = :case",
    "dossier_annex": "UPDATE dossier_annex SET left_out_at = now() WHERE case_id = :case",
    "task": "UPDATE task SET title = 'changed' WHERE case_id = :case",
    "reminder": "UPDATE reminder SET reason = 'changed' WHERE case_id = :case",
}
ADDITIONS = ADDS_UPLOAD | {
    "claim": "INSERT INTO claim (id, case_id, position, delay_claimed, version, created_at) VALUES (:id, :case, 9, false, 1, now())",
    "consent": "INSERT INTO consent (id, case_id, case_person_id, scope, status, decided_on, version, created_at) SELECT :id, case_id, id, 'publish', 'given', now(), 1, now() FROM case_person WHERE case_id = :case AND code_name = 'V2'",
    "case_grant": "INSERT INTO case_grant (id, case_id, user_id, level, created_at) VALUES (:id, :case, :user, 'write', now())",
    "remedy_person": "INSERT INTO remedy_person (domestic_remedy_id, case_person_id, case_id) SELECT domestic_remedy.id, case_person.id, :case FROM domestic_remedy JOIN case_person USING (case_id) WHERE case_id = :case AND code_name = 'V2'",
    "contact_attempt": "INSERT INTO contact_attempt (id, case_id, case_person_id, made_on, user_id, kind, result, note, created_at) SELECT :id, case_id, id, now(), :user, 'phone', 'reached', '', now() FROM case_person WHERE case_id = :case AND code_name = 'V2'",
    "case_flag": "INSERT INTO case_flag (id, case_id, section_id, kind, reason, raised_by_id, raised_at) SELECT :id, id, section_id, 'other', 'x', :user, now() FROM \"case\" WHERE id = :case",
    "deadline": "INSERT INTO deadline (id, case_id, kind, key, due_on, version, created_at, dated_at) VALUES (:id, :case, 'manual', :id, now(), 1, now(), now())",
    **ADDITIONS_OF_CLAIMS,
}


def changed(connection: Connection, statement: str, **values: object) -> bool:
    """Run a statement, roll it back, and return whether it changed a row."""
    attempt = connection.begin_nested()
    try:
        return connection.execute(text(statement), values).rowcount > 0
    except ProgrammingError as error:
        if error.orig.sqlstate != REFUSED_BY_POLICY:
            raise
        return False
    finally:
        attempt.rollback()


def test_everybody_changes_their_cases_and_no_other(world, connection):
    chance = Random("some draws")
    pairs = [(user, case) for user in world.users for case in world.cases]
    for user, case in chance.sample(pairs, 300):
        ask_as(connection, user.id)
        allowed = world.may_change(user.id, case)
        for table, statement in CHANGES.items():
            reads = table == "reminder" and world.recipients[case.id] == user.id and world.may_see(user.id, case)
            place = (table, user.email, case.reference)
            assert changed(connection, statement, case=case.id) == (allowed or reads), place
        for table, statement in ADDITIONS.items():
            touched = changed(connection, statement, case=case.id, id=uuid4(), user=user.id)
            own = table != "reprisal" or case.section_id in world.case_sections(user.id)
            expected = world.may_share(user.id, case) if table in {"case_grant", "dossier_build"} else allowed and own
            assert touched == expected, (table, user.email, case.reference)


def test_a_row_can_not_be_moved_into_a_foreign_case(world, connection):
    tried = 0
    for user in world.users:
        own = [case for case in world.cases if world.may_change(user.id, case)]
        foreign = [case for case in world.cases if not world.may_change(user.id, case)]
        if own and foreign:
            ask_as(connection, user.id)
            statement = "UPDATE act SET case_id = :foreign WHERE case_id = :own"
            assert not changed(connection, statement, own=own[0].id, foreign=foreign[0].id)
            tried += 1
    assert tried


def test_a_case_can_not_be_moved_to_another_section(world, connection):
    """Not even by a person of another section with a grant to write (docs/threat-model.md, L14)."""
    for user in world.users:
        for case in world.cases:
            if world.may_change(user.id, case):
                ask_as(connection, user.id)
                for section in world.case_sections(user.id):
                    statement = 'UPDATE "case" SET section_id = :section WHERE id = :case'
                    assert not changed(connection, statement, case=case.id, section=section)
                break


def test_audit_entries_are_written_as_the_actor_and_never_changed(world, connection):
    me = next(user for user in world.users if world.member_sections(user.id))
    mine = world.member_sections(me.id)
    other = next(user for user in world.users if user.id != me.id)
    ask_as(connection, me.id)
    entry = (
        "INSERT INTO audit_entry (id, section_id, actor_id, action, subject, changes, job) "
        "VALUES (:id, :section, :actor, 'x', 'case', '{}', '')"
    )
    section = next(iter(mine))
    foreign = next(one.id for one in world.sections if one.id not in mine)
    assert changed(connection, entry, id=uuid4(), section=section, actor=me.id)
    assert not changed(connection, entry, id=uuid4(), section=foreign, actor=me.id)
    assert not changed(connection, entry, id=uuid4(), section=section, actor=other.id)
    for statement in ("UPDATE audit_entry SET action = 'y'", "DELETE FROM audit_entry", "DELETE FROM audit_chain"):
        assert not changed(connection, statement)


def test_counts_are_those_of_visible_cases_or_of_the_section(world, connection):
    """People who work on cases count only the cases that they see; a reporter those of their section that are not sealed."""
    for user in world.users:
        ask_as(connection, user.id)
        for section in world.sections:
            total = connection.scalar(
                text(
                    "SELECT cases FROM caseflow_case_counts(:id, '0001-01-01', '9999-01-01') WHERE dimension = 'total'"
                ),
                {"id": section.id},
            )
            mine = [case for case in world.cases if case.section_id == section.id]
            if section.id in world.case_sections(user.id):
                expected = sum(world.may_see(user.id, case) for case in mine)
            else:
                roles = {
                    m.role
                    for m in world.memberships
                    if m.user_id == user.id and m.ended_at is None and m.section_id == section.id
                }
                of_coalition = Role.COALITION_COORDINATOR in world.roles(user.id) and section.kind == "section"
                may_count = Role.SECTION_REPORTER in roles or of_coalition
                shown = {c for c in mine if c.confidentiality == "section" and not c.merged_into_id}
                expected = len(shown | {c for c in mine if world.may_see(user.id, c)}) if may_count else 0
            assert total == expected, (user.email, section.code)


def test_who_may_request_a_reminder_sync_and_who_may_close_alarms(world, connection):
    asks = "INSERT INTO reminder_sync_request (id, section_id, is_full_pass, asked_at, rules, deadlines, corrected, alarms, failed) VALUES (:id, :section, false, now(), '', 0, 0, 0, 0)"
    ends = "UPDATE alarm SET seen_at = now(), seen_by_id = :who"
    for user in world.users:
        ask_as(connection, user.id)
        for section in world.sections:
            works_there = section.id in world.case_sections(user.id)
            assert changed(connection, asks, id=uuid4(), section=section.id) == works_there
        is_administrator = Role.ADMINISTRATOR in world.roles(user.id)
        assert changed(connection, ends, who=user.id) == is_administrator
        assert not changed(connection, ends, who=next(one.id for one in world.users if one is not user))
        assert not changed(connection, "UPDATE reminder_sync_request SET alarms = 0")


def test_the_monitoring_job_raises_alarms_of_clocks_and_no_others(connection):
    ask_as(connection, None, "watch")
    raises = "INSERT INTO alarm (id, kind, number, began_at, last_at) VALUES (:id, :kind, 1, now(), now())"
    assert not changed(connection, raises, id=uuid4(), kind="failures")
    connection.execute(text(raises), {"id": uuid4(), "kind": "clock"})
    assert connection.execute(text("UPDATE alarm SET number = 9 RETURNING kind")).scalars().all() == ["clock"]
