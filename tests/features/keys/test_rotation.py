"""Everything that is sealed with an older key is sealed again with the current one; nothing else changes."""

from dataclasses import replace
from itertools import islice

import pytest
from sqlalchemy import select, text

from caseflow import drafts
from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.audit import verify
from caseflow.db.base import Base
from caseflow.db.data_keys import wrong_data_keys
from caseflow.db.identity_tokens import IdentityField
from caseflow.db.prepare import COMMAND, WEB, WORKER
from caseflow.db.sealing import KeyRing, sealed_prefix
from caseflow.features.cases.service import editable_case, read_contact_note
from caseflow.features.contacts.service import read_values
from caseflow.features.keys.queries import fields_of, sealed_models
from caseflow.features.keys.service import rotate_keys
from caseflow.features.people.identity import queries, service
from caseflow.features.people.queries import one_person
from caseflow.models import AuditEntry, PersonIdentity, Role
from tests.factories import make_actor, make_case, make_channel, make_person, make_section
from tests.factories.drafts import make_draft

KEYS = {"old": bytes(range(32)), "new": bytes(range(32, 64))}
BEFORE, BOTH = KeyRing({"old": KEYS["old"]}, "old"), KeyRing({"new": KEYS["new"], "old": KEYS["old"]}, "new")
AFTER = KeyRing({"new": KEYS["new"]}, "new")
PEOPLE = 3


@pytest.fixture
def units(runtime):
    """Units of work with the keys of a ring."""
    return lambda ring: replace(runtime.units, keys=ring)


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def sealed(units, ana):
    """A case with a note, persons with an identity and a phone, and a draft, sealed with the old key."""
    case = make_case(units(BEFORE), ana, contact_note="Mornings, ask for the teacher")
    people = [
        make_person(units(BEFORE), ana, case, name=f"Rosa Núñez {number}", phone=f"+34 600 111 22{number}")
        for number in range(PEOPLE)
    ]
    for person in people:
        make_channel(units(BEFORE), ana, case, person, word="It is about the library")
    make_draft(units(BEFORE), ana, case, what="Doors sealed")
    return case, people


def prefixes(database, model):
    """Return the beginnings of everything that is sealed in a table, as the superuser sees it."""
    columns = ", ".join(f"{field}_sealed" for field in fields_of(model))
    with database.as_superuser() as engine, engine.connect() as connection:
        rows = connection.execute(text(f'SELECT {columns} FROM "{model.__tablename__}"')).all()
    return {bytes(value)[: len(sealed_prefix("new"))] for row in rows for value in row if value is not None}


@pytest.mark.commits
def test_everything_has_the_current_key_and_opens_without_the_old_one(database, units, ana, sealed):
    case, people = sealed
    with units(BOTH).begin(ana) as uow:
        before = {one.id: (one.version, one.person.version) for one in (one_person(uow, case, p.id) for p in people)}
    found = list(rotate_keys(units(BOTH)))
    wanted = {"case": 1, "draft": 1, "person_identity": PEOPLE, "contact_channel_value": PEOPLE}
    assert {each.table: each.sealed for each in found} == wanted
    assert not any(each.broken for each in found)
    for model in sealed_models():
        assert prefixes(database, model) <= {sealed_prefix("new")}, model
    with units(AFTER).begin(ana) as uow:
        editable = editable_case(uow, case.id)
        assert (editable.version, read_contact_note(uow, editable)) == (case.version, "Mornings, ask for the teacher")
        person = one_person(uow, case, people[1].id)
        assert {
            one.id: (one.version, one.person.version) for one in (one_person(uow, case, p.id) for p in people)
        } == before
        service.ask_for_identity(uow, editable, person, "She is on the phone")
        uow.flush()
        shown = service.read_identity(uow, person.person)
        assert (shown.name, shown.phone) == ("Rosa Núñez 1", "+34 600 111 221")
        assert [value["word"] for value in read_values(uow, person).values()] == ["It is about the library"]
        by_phone = queries.found_people(uow, [case.section_id], [(IdentityField.PHONE, "600 111 221")])
        assert [one.code_name for one in by_phone] == [person.code_name]
        (listed,) = drafts.drafts_of(uow.session, ana.user_id)
        opened = drafts.open_draft(uow.session, uow.keys, ana.user_id, listed.draft.id)
        assert opened is not None
        assert opened.typed.fields == [("what", "Doors sealed")]
    assert list(rotate_keys(units(BOTH))) == []


def test_whoever_is_stopped_goes_on_where_they_were(units, sealed):
    first = list(islice(rotate_keys(units(BOTH), batch=1), 2))
    rest = list(rotate_keys(units(BOTH), batch=1))
    assert sum(each.sealed for each in (*first, *rest)) == 2 + 2 * PEOPLE
    assert all(each.sealed == 1 for each in (*first, *rest))


def entries(runtime, auditor):
    """Return the acts of the rotation in the trail that an auditor sees, in their order."""
    with runtime.units.begin(auditor) as uow:
        found = select(AuditEntry).where(AuditEntry.action.startswith("keys.")).order_by(AuditEntry.sequence)
        return [(one.action, one.job, one.changes) for one in uow.session.scalars(found)]


def test_the_trail_of_every_section_says_when_it_began_and_what_it_came_to(runtime, units, ana, sealed):
    sections = [make_section(runtime.units, "CO"), make_section(runtime.units, "PE")]
    auditors = [make_actor(runtime.units, (one, Role.AUDITOR)) for one in sections]
    list(islice(rotate_keys(units(BOTH), batch=1), 2))
    began = ("keys.rotation_started", "keys.rotate", {"data_key": [None, "new"]})
    assert entries(runtime, auditors[0]) == [began], "it was stopped"
    list(rotate_keys(units(BOTH), batch=1))
    ended = {"data_key": [None, "new"], "rows_sealed": [None, 2 * PEOPLE], "rows_not_opened": [None, 0]}
    for auditor in auditors:
        assert entries(runtime, auditor) == [began, began, ("keys.rotation_ended", "keys.rotate", ended)]
    with runtime.units.begin(JobActor(SystemRole.AUDIT_VERIFY)) as uow:
        assert list(verify(uow.session)) == []


def problems(runtime, ring):
    """Return what is wrong with a ring when a process starts with it."""
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        return wrong_data_keys(uow.session.connection(), ring)


def test_what_can_not_be_opened_is_left_and_its_key_is_not_retired(runtime, units, sealed):
    assert problems(runtime, BOTH) == []
    found = list(rotate_keys(units(AFTER), batch=2))
    assert sum(each.broken for each in found) == 2 + 2 * PEOPLE
    assert sum(each.sealed for each in found) == 0
    assert "lacks the key old" in problems(runtime, AFTER)[0]
    assert sum(each.sealed for each in rotate_keys(units(BOTH))) == 2 + 2 * PEOPLE, "with the key it goes on"


def test_a_retired_key_may_be_missing_and_does_not_come_back(runtime, units, sealed):
    assert problems(runtime, BOTH) == []
    assert "lacks the key old" in problems(runtime, AFTER)[0]
    list(rotate_keys(units(BOTH)))
    assert problems(runtime, AFTER) == problems(runtime, BOTH) == []
    assert "was replaced" in problems(runtime, KeyRing(KEYS, "old"))[0]


def test_each_sealed_field_is_bound_to_its_own_place():
    """A column that ends so without `bound_to` would be left behind by the rotation, or stop it."""
    columns = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_sealed")
    }
    known = {(model.__tablename__, f"{field}_sealed") for model in sealed_models() for field in fields_of(model)}
    assert known == columns
    places = [model().bound_to(field) for model in sealed_models() for field in fields_of(model)]
    assert len(set(places)) == len(places)


def test_only_the_command_line_may_act_as_the_rotation_which_reads_no_accounts(runtime, sealed):
    with runtime.units.begin(JobActor(SystemRole.ROTATE_KEYS)) as uow:
        assert len(uow.session.scalars(select(PersonIdentity)).all()) == PEOPLE
        for table in ("identity_reveal", "app_user", "user_session", "audit_entry"):
            assert uow.session.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table
        for role, may in ((WEB, False), (WORKER, False), (COMMAND, True)):
            uow.session.execute(text(f"SET LOCAL ROLE {role}"))
            assert uow.session.scalar(text("SELECT caseflow_may_act_as('keys.rotate')")) is may, role


@pytest.mark.commits
def test_identities_without_digests_of_whole_names_and_birth_dates_get_them(database, units, ana):
    case = make_case(units(BEFORE), ana)
    make_person(units(BEFORE), ana, case, name="Rosa Núñez", birth_date="1984-03-27")
    added = ("whole_name", "birth_date")
    with database.as_superuser() as engine, engine.begin() as connection:
        connection.execute(text("DELETE FROM identity_token WHERE field IN ('whole_name', 'birth_date')"))
    list(rotate_keys(units(BOTH)))
    with database.as_superuser() as engine, engine.connect() as connection:
        fields = set(connection.scalars(text("SELECT field FROM identity_token")))
    assert fields >= set(added)
