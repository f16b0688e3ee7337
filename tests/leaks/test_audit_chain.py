"""The audit trail: any change to it is found."""

import threading
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from caseflow.access import JobActor, PersonActor
from caseflow.access.actor import SystemRole
from caseflow.audit import verify
from caseflow.db.sealing import KeyRing
from caseflow.models import Section, User
from caseflow.sources import Sources
from caseflow.unit_of_work import Units
from tests.leaks.world import World, make_world
from tests.servers import own_database

KEYS = KeyRing({"t": b"k" * 32}, "t")


def units_of(engine) -> Units:
    sessions = sessionmaker(engine, expire_on_commit=False)
    return Units(
        sessions,
        KEYS,
        send=lambda *_: None,
        sources=Sources(),
        facts_changed=lambda *_: None,
        owner_changed=lambda *_: None,
    )


def make_trail(engine) -> World:
    """Add entries to several chains."""
    with Session(engine, expire_on_commit=False) as session:
        world = make_world(session, Random("a trail"), users=6, cases=40)
        session.commit()
        assert list(verify(session)) == []
        session.expunge_all()
        return world


@pytest.fixture(scope="module")
def kept(run_servers):
    """A database with an audit trail, shared by tests that roll back their changes."""
    with own_database(run_servers) as database, database.as_superuser() as engine:
        make_trail(engine)
        yield engine


@pytest.fixture
def trail(kept):
    """A session of the superuser, whose changes are rolled back."""
    with Session(kept) as session:
        yield session
        session.rollback()


@pytest.fixture
def own_trail(database):
    """An audit trail in a database of this test, for tests that commit."""
    with database.as_superuser() as engine:
        world = make_trail(engine)
        with Session(engine) as session:
            yield session, world
            session.rollback()


def run(session: Session, statement: str, **values: object) -> None:
    """Run a statement that must change at least one row."""
    assert session.execute(text(statement), values).rowcount


def victim(session: Session) -> object:
    """Return the id of an entry in the middle of a chain."""
    middle = "SELECT id FROM audit_entry e WHERE sequence = 3 AND EXISTS (SELECT FROM audit_entry n WHERE n.section_id = e.section_id AND n.sequence = 5) ORDER BY id LIMIT 1"
    return session.scalar(text(middle))


ALTERED = {
    "id": "gen_random_uuid()",
    "section_id": "(SELECT id FROM section WHERE id <> e.section_id ORDER BY id LIMIT 1), sequence = 10000",
    "sequence": "20000",
    "at": "at + interval '1 microsecond'",
    "actor_id": "(SELECT id FROM app_user WHERE id <> e.actor_id LIMIT 1)",
    "job": "'x'",
    "action": "'case.openee'",
    "subject": "'casf'",
    "subject_id": "gen_random_uuid()",
    "case_id": "NULL",
    "changes": 'changes || \'{"title": [null, "Casf"]}\'',
    "previous_hash": "set_byte(previous_hash, 31, 1 - get_byte(previous_hash, 31) % 2)",
    "hash": "set_byte(hash, 0, 1 - get_byte(hash, 0) % 2)",
}


def test_every_column_is_tried(trail):
    columns = trail.scalars(text("SELECT column_name FROM information_schema.columns WHERE table_name = 'audit_entry'"))
    assert set(columns) == set(ALTERED)


@pytest.mark.parametrize("column", sorted(ALTERED))
def test_an_altered_column_is_found(trail, column):
    run(trail, f"UPDATE audit_entry e SET {column} = {ALTERED[column]} WHERE id = :id", id=victim(trail))
    assert list(verify(trail))


def test_a_deleted_entry_is_found(trail):
    run(trail, "DELETE FROM audit_entry WHERE id = :id", id=victim(trail))
    assert list(verify(trail))


def test_a_cut_tail_is_found(trail):
    run(
        trail,
        "DELETE FROM audit_entry e WHERE sequence = (SELECT max(sequence) FROM audit_entry WHERE section_id = e.section_id)",
    )
    assert {fault.what for fault in verify(trail)} == {"the chain ends elsewhere than its head says"}


def test_an_emptied_chain_is_found(trail):
    run(trail, "DELETE FROM audit_entry")
    assert list(verify(trail))


def test_two_swapped_entries_are_found(trail):
    section = trail.scalar(text("SELECT section_id FROM audit_entry WHERE id = :id"), {"id": victim(trail)})
    for old, new in ((2, 30000), (3, 2), (30000, 3)):
        run(
            trail,
            "UPDATE audit_entry SET sequence = :new WHERE section_id = :section AND sequence = :old",
            section=section,
            old=old,
            new=new,
        )
    assert list(verify(trail))


def test_an_entry_forged_without_the_trigger_is_found(trail):
    trail.execute(text("SET LOCAL session_replication_role = replica"))
    copy = (
        "INSERT INTO audit_entry SELECT gen_random_uuid(), section_id, sequence + 1000, at, actor_id, job, action, "
        "subject, subject_id, case_id, changes, hash, sha256(hash) FROM audit_entry WHERE id = :id"
    )
    run(trail, copy, id=victim(trail))
    assert list(verify(trail))


@pytest.mark.parametrize("change", ["last_hash = sha256(last_hash)", "last_sequence = last_sequence + 1"])
def test_a_changed_head_is_found(trail, change):
    run(trail, f"UPDATE audit_chain SET {change}")
    assert list(verify(trail))


def test_a_missing_head_is_found(trail):
    run(trail, "DELETE FROM audit_chain")
    assert {fault.what for fault in verify(trail)} == {"the head of the chain is missing"}


@pytest.mark.commits
def test_the_job_that_verifies_sees_all_chains(database, own_trail):
    """The command verifies under row security: it sees the same chains and the same fault."""
    superuser, _ = own_trail
    with units_of(database.engine).begin(JobActor(SystemRole.AUDIT_VERIFY)) as uow:
        seen = uow.session.scalar(text("SELECT count(*) FROM audit_entry"))
        assert seen == superuser.scalar(text("SELECT count(*) FROM audit_entry"))
        assert list(verify(uow.session)) == []
    run(superuser, "UPDATE audit_entry SET action = 'x' WHERE id = :id", id=victim(superuser))
    superuser.commit()
    with units_of(database.engine).begin(JobActor(SystemRole.AUDIT_VERIFY)) as uow:
        assert [fault.what for fault in verify(uow.session)] == ["was altered"]


@pytest.mark.commits
def test_two_concurrent_writers_give_one_valid_chain(database, own_trail):
    superuser, world = own_trail
    members = {
        one.id: [user for user in world.users if one.id in world.member_sections(user.id)] for one in world.sections
    }
    busy = next(section_id for section_id, people in members.items() if len(people) > 1)
    units, section = units_of(database.engine), superuser.get_one(Section, busy)
    before = superuser.scalar(text("SELECT last_sequence FROM audit_chain WHERE section_id = :id"), {"id": section.id})
    superuser.commit()
    writes, start, failed = 25, threading.Barrier(2), []

    def write(actor: PersonActor) -> None:
        try:
            start.wait(10)
            for turn in range(writes):
                with units.begin(actor) as uow:
                    uow.audit.record("test.written", section, section_id=section.id, changes={"turn": [None, turn]})
        except Exception as error:  # noqa: BLE001 - shown by the assertion below, in the test's own thread
            failed.append(error)

    people = [PersonActor(user.id, user.name) for user in members[busy][:2]]
    threads = [threading.Thread(target=write, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert list(verify(superuser)) == []
    after = superuser.scalar(text("SELECT last_sequence FROM audit_chain WHERE section_id = :id"), {"id": section.id})
    assert after == before + 2 * writes


@pytest.mark.commits
def test_a_refused_audit_entry_rolls_back_the_act(database, own_trail):
    """There is no act without its entry: the entry is refused (an unknown section), so the change is rolled back too."""
    superuser, world = own_trail
    user = world.users[0]
    superuser.commit()

    def act() -> None:
        with units_of(database.engine).begin(PersonActor(user.id, "-")) as uow:
            uow.session.execute(text("UPDATE app_user SET name = 'changed' WHERE id = :id"), {"id": user.id})
            own = uow.session.get_one(User, user.id)
            uow.audit.record("user.changed", own, section_id=user.id, changes={})

    with pytest.raises(IntegrityError):
        act()
    name = superuser.scalar(text("SELECT name FROM app_user WHERE id = :id"), {"id": user.id})
    assert name == "User 0"


def faults(session: Session) -> set[str]:
    return {fault.what for fault in verify(session)}


@pytest.mark.parametrize("emptied", ["audit_entry, audit_chain", "audit_entry", "audit_chain"])
def test_emptied_tables_are_found(trail, emptied):
    trail.execute(text(f"TRUNCATE {emptied}"))
    assert faults(trail)


def test_the_chain_of_one_section_that_was_removed_is_found(trail):
    section = trail.scalar(text("SELECT section_id FROM audit_entry WHERE id = :id"), {"id": victim(trail)})
    for table in ("audit_entry", "audit_chain"):
        run(trail, f"DELETE FROM {table} WHERE section_id = :section", section=section)
    assert [(fault.section_id, fault.what) for fault in verify(trail)] == [
        (section, "the head of the chain is missing")
    ]


def test_a_chain_that_was_begun_again_is_found(trail):
    """All rows of a section are removed, and one is written by the trigger itself."""
    section = trail.scalar(text("SELECT section_id FROM audit_entry WHERE id = :id"), {"id": victim(trail)})
    for table in ("audit_entry", "audit_chain"):
        run(trail, f"DELETE FROM {table} WHERE section_id = :section", section=section)
    again = (
        "INSERT INTO audit_entry (id, section_id, job, action, subject, changes) "
        "VALUES (gen_random_uuid(), :section, '', 'case.opened', 'case', '{}')"
    )
    run(trail, again, section=section)
    assert faults(trail) == {"the chain does not begin with section.added"}


ODD_TIMES = {
    "20000-01-01": "has a time that is none",
    "4000-01-01 BC": "is of a time to come",
    "0001-02-29 BC": "has a time that is none",
    "9999-12-31": "is of a time to come",
    "2019-06-01": "is older than an entry before it",
}


@pytest.mark.parametrize("at", ODD_TIMES)
def test_an_entry_of_another_time_is_found_though_its_hash_is_right(trail, at):
    """The trigger chains it, as it does for whoever may give a time; and no such row stops the check."""
    section = trail.scalar(text("SELECT section_id FROM audit_entry WHERE id = :id"), {"id": victim(trail)})
    row = (
        "INSERT INTO audit_entry (id, section_id, at, job, action, subject, changes) "
        "VALUES (gen_random_uuid(), :section, CAST(:at AS timestamptz), '', 'case.opened', 'case', '{}')"
    )
    run(trail, row, section=section, at=at)
    assert ODD_TIMES[at] in faults(trail)


ODD_ROWS = {
    "infinity": "at = 'infinity'",
    "minus infinity": "at = '-infinity'",
    "year 20000": "at = '20000-01-01'",
    "before Christ": "at = '4000-01-01 BC'",
    "no text": "action = '', subject = '', job = ''",
    "numbers that are none": "changes = '{\"n\": [null, 1e400]}'",
    "a list": "changes = '[1, 2]'",
    "a deep object": "changes = (repeat('[', 2000) || repeat(']', 2000))::jsonb",
    "signs": "action = chr(55203) || chr(1114109) || chr(1)",
    "an empty hash": "hash = '', previous_hash = ''",
    "a long hash": "hash = decode(repeat('ab', 5000), 'hex')",
    "number zero": "sequence = 0",
    "number below zero": "sequence = -5",
    "the last number": "sequence = 2147483647",
}


@pytest.mark.parametrize("odd", ODD_ROWS)
def test_no_row_stops_the_check(trail, odd):
    run(trail, f"UPDATE audit_entry SET {ODD_ROWS[odd].replace(':', chr(92) + ':')} WHERE id = :id", id=victim(trail))
    assert faults(trail)


def test_the_database_gives_the_time(trail):
    section = trail.scalar(text("SELECT section_id FROM audit_entry WHERE id = :id"), {"id": victim(trail)})
    row = (
        "INSERT INTO audit_entry (id, section_id, job, action, subject, changes) "
        "VALUES (gen_random_uuid(), :section, '', 'case.opened', 'case', '{}') "
        "RETURNING at BETWEEN now() AND clock_timestamp()"
    )
    assert trail.scalar(text(row), {"section": section})
