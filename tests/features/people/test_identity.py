"""What identifies a person: sealed, found by exact digests, shown with a reason for fifteen minutes."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from caseflow.clock import now
from caseflow.db.identity_tokens import IdentityField, asked_tokens
from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.cases.service import editable_case
from caseflow.features.people.commands import IdentityDetails
from caseflow.features.people.identity import queries, service
from caseflow.features.people.queries import one_person
from caseflow.models import AuditEntry, Confidentiality, GrantLevel, PersonIdentity, Role
from tests.factories import make_actor, make_case, make_person, make_section, share
from tests.factories.merging import merge

NAME, PHONE, NUMBER, EMAIL = IdentityField.NAME, IdentityField.PHONE, IdentityField.NUMBER, IdentityField.EMAIL
ROSA = {
    "name": "Rosa María Núñez Müller",
    "phone": "+34 600 111 222",
    "number": "X-1234567-L",
    "email": "rosa@example.org",
}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def carmen(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def rosa(runtime, ana, case):
    return make_person(runtime.units, ana, case, **ROSA)


def shown(runtime, by, case, person):
    with runtime.units.begin(by) as uow:
        return service.read_identity(uow, one_person(uow, case, person.id).person)


def reveal(runtime, by, case, person, reason="She is on the phone"):
    with runtime.units.begin(by) as uow:
        return service.ask_for_identity(uow, editable_case(uow, case.id), one_person(uow, case, person.id), reason)


def found(runtime, by, *asked):
    with runtime.units.begin(by) as uow:
        sections = [member.section_id for member in by.memberships]
        return [(one.code_name, one.reference) for one in queries.found_people(uow, sections, asked)]


def test_an_identity_is_shown_after_a_reason_and_for_fifteen_minutes(runtime, ana, case, rosa):
    assert shown(runtime, ana, case, rosa) is None
    reveal(runtime, ana, case, rosa)
    seen = shown(runtime, ana, case, rosa)
    assert (seen.name, seen.phone) == (ROSA["name"], ROSA["phone"])
    with time_machine.travel(now() + timedelta(minutes=15, seconds=1)):
        assert shown(runtime, ana, case, rosa) is None


def test_the_database_itself_gives_no_identity_without_a_reveal(runtime, ana, carmen, case, rosa):
    reveal(runtime, ana, case, rosa)
    seen = {}
    for by in (ana, carmen):
        with runtime.units.begin(by) as uow:
            seen[by] = uow.session.scalars(select(PersonIdentity)).all()
    assert (len(seen[ana]), len(seen[carmen])) == (1, 0)


def test_a_reveal_asks_for_a_reason_and_stands_in_the_history(runtime, ana, case, rosa):
    with pytest.raises(Invalid) as refused:
        reveal(runtime, ana, case, rosa, "  ")
    assert set(refused.value.fields) == {"reason"}
    reveal(runtime, ana, case, rosa)
    with runtime.units.begin(ana) as uow:
        entry = uow.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.revealed")).one()
        assert entry.case_id == case.id
        assert entry.changes == {"code_name": [None, "V1"], "reason": [None, "She is on the phone"]}


def test_whoever_may_write_in_a_case_of_another_section_reveals_nobody_there(runtime, ana, case, rosa):
    eva = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    share(runtime.units, ana, case, eva, GrantLevel.WRITE)
    with pytest.raises(Forbidden):
        reveal(runtime, eva, case, rosa)
    own = make_person(runtime.units, eva, case, name="Somebody Else")
    with pytest.raises(Forbidden):
        reveal(runtime, eva, case, own)
    with runtime.units.begin(eva) as uow:
        assert uow.session.scalars(select(PersonIdentity)).all() == []


@pytest.mark.parametrize(
    "asked",
    [
        (NAME, "rosa nunez"),
        (NAME, "MUELLER, Rosa"),
        (NAME, "Muller"),
        (NAME, "Núñez María"),
        (PHONE, "600111222"),
        (PHONE, "0034 600-111-222"),
        (NUMBER, "x1234567l"),
        (EMAIL, "Rosa@Example.org "),
    ],
)
def test_somebody_is_found_however_the_name_or_number_is_written(runtime, ana, case, rosa, asked):
    assert found(runtime, ana, asked) == [("V1", case.reference)]


@pytest.mark.parametrize("asked", [(NAME, "Rosa Gómez"), (NAME, "R"), (NAME, ""), (PHONE, "222"), (NUMBER, "-")])
def test_whoever_does_not_match_in_everything_is_not_found(runtime, ana, rosa, asked):
    assert found(runtime, ana, asked) == []


def test_all_that_is_asked_for_must_match(runtime, ana, case, rosa):
    assert found(runtime, ana, (NAME, "Rosa"), (PHONE, "600111222")) == [("V1", case.reference)]
    assert found(runtime, ana, (NAME, "Rosa"), (PHONE, "600111223")) == []


def test_nobody_is_found_in_cases_that_one_does_not_see(runtime, ana, case, rosa):
    eva = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    assert found(runtime, eva, (NAME, "Rosa")) == []
    share(runtime.units, ana, case, eva)
    assert found(runtime, eva, (NAME, "Rosa")) == []


def test_the_function_that_finds_persons_tells_of_nobody_in_a_sealed_case_or_another_section(runtime, ana, section):
    lucia = make_actor(runtime.units, (section, Role.CASEWORKER))
    sealed = make_case(runtime.units, lucia, confidentiality=Confidentiality.SEALED)
    hidden = make_person(runtime.units, lucia, sealed, **ROSA)
    eva = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    known = {}
    for by in (lucia, ana, eva):
        with runtime.units.begin(by) as uow:
            digests = [one for word in asked_tokens(uow.keys, section.id, NAME, "Rosa Núñez") for one in word]
            asked = func.caseflow_persons_known_by(section.id, digests, [0] * len(digests), 10)
            known[by] = uow.session.scalar(select(asked))
    assert known == {lucia: [hidden.person_id], ana: [], eva: []}
    assert found(runtime, ana, (NAME, "Rosa")) == []


def test_somebody_who_was_recorded_twice_is_found_by_words_of_both_records(runtime, carmen, case, rosa):
    other = make_person(runtime.units, carmen, make_case(runtime.units, carmen), name="Rosita Molina")
    assert found(runtime, carmen, (NAME, "Molina"), (PHONE, "600111222")) == []
    merge(runtime.units, carmen, rosa, other)
    assert ("V1", case.reference) in found(runtime, carmen, (NAME, "Molina Núñez"), (PHONE, "600111222"))
    assert found(runtime, carmen, (NAME, "Molina Nobody")) == []


def test_a_changed_identity_is_found_by_the_new_name_alone(runtime, ana, case, rosa):
    with runtime.units.begin(ana) as uow, pytest.raises(Conflict, match="no longer shown"):
        service.change_identity(
            uow, editable_case(uow, case.id), one_person(uow, case, rosa.id), IdentityDetails(name="Other")
        )
    reveal(runtime, ana, case, rosa)
    with runtime.units.begin(ana) as uow:
        row = one_person(uow, case, rosa.id)
        details = replace(service.read_identity(uow, row.person), name="Rosa Vega")
        service.change_identity(uow, editable_case(uow, case.id), row, details)
    assert found(runtime, ana, (NAME, "Vega")) == [("V1", case.reference)]
    assert found(runtime, ana, (NAME, "Núñez")) == []
    with runtime.units.begin(ana) as uow, pytest.raises(Conflict):
        service.change_identity(uow, editable_case(uow, case.id), one_person(uow, case, rosa.id), details)


def test_a_date_of_birth_is_a_day(runtime, ana, case):
    with pytest.raises(Invalid) as refused:
        make_person(runtime.units, ana, case, birth_date="31/02/1984")
    assert set(refused.value.fields) == {"birth_date"}


def test_a_section_may_ask_for_a_second_person(runtime, ana, carmen, case, rosa):
    with runtime.units.begin(carmen) as uow:
        service.set_second_person(uow, case.section_id, 0, is_needed=True)
    asked = reveal(runtime, ana, case, rosa)
    assert shown(runtime, ana, case, rosa) is None
    with runtime.units.begin(ana) as uow:
        own, row = queries.one_reveal(uow, asked.id), one_person(uow, case, rosa.id)
        with pytest.raises(Forbidden):
            service.agree_to_reveal(uow, own, row)
    with runtime.units.begin(carmen) as uow:
        service.agree_to_reveal(uow, queries.one_reveal(uow, asked.id), one_person(uow, case, rosa.id))
    assert shown(runtime, ana, case, rosa).name == ROSA["name"]
    with runtime.units.begin(carmen) as uow:
        rows = queries.reveals_of_section(uow, case.section_id)
        assert [(one.reveal.user.name, one.code_name, one.reveal.approved_by_id) for one in rows] == [
            (ana.name, "V1", carmen.user_id)
        ]


def test_nobody_agrees_to_an_own_reveal_in_sql_either(runtime, ana, carmen, case, rosa):
    with runtime.units.begin(carmen) as uow:
        service.set_second_person(uow, case.section_id, 0, is_needed=True)
    asked = reveal(runtime, ana, case, rosa)
    with runtime.units.begin(ana) as uow:
        agreed = "UPDATE identity_reveal SET expires_at = now() + interval '1 hour' WHERE id = :id"
        assert uow.session.execute(text(agreed), {"id": asked.id}).rowcount == 0


def test_no_reveal_lasts_longer_than_the_database_allows(runtime, ana, case, rosa):
    asked = text(
        "INSERT INTO identity_reveal (id, section_id, case_id, person_id, user_id, reason, requested_at, expires_at) "
        "VALUES (gen_random_uuid(), :section, :case, :person, :user, '-', now(), now() + CAST(:length AS interval))"
    )
    values = {"section": case.section_id, "case": case.id, "person": rosa.person_id, "user": ana.user_id}
    with runtime.units.begin(ana) as uow:
        with pytest.raises(ProgrammingError, match="row-level security"), uow.session.begin_nested():
            uow.session.execute(asked, values | {"length": "1 hour"})
        assert uow.session.execute(asked, values | {"length": "15 minutes"}).rowcount == 1


def test_a_value_that_is_moved_or_altered_is_refused(runtime, ana, case, rosa):
    other = make_person(runtime.units, ana, case, name="Somebody Else")
    for person in (rosa, other):
        reveal(runtime, ana, case, person)
    moves = (
        "UPDATE person_identity SET name_sealed = (SELECT name_sealed FROM person_identity WHERE person_id = :other) WHERE person_id = :rosa",
        "UPDATE person_identity SET phone_sealed = name_sealed WHERE person_id = :rosa",
        "UPDATE person_identity SET name_sealed = overlay(name_sealed placing '\\x00' from octet_length(name_sealed)) WHERE person_id = :rosa",
    )
    for move in moves:
        with runtime.units.begin(ana) as uow, uow.session.begin_nested() as attempt:
            uow.session.execute(text(move), {"rosa": rosa.person_id, "other": other.person_id})
            with pytest.raises(Conflict, match="can't be opened"):
                service.read_identity(uow, one_person(uow, case, rosa.id).person)
            attempt.rollback()
