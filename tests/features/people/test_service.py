"""Persons in cases: code names, roles, the claims that concern them, relations."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from caseflow.errors import Conflict, Forbidden, Invalid, NotFound
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.claims.queries import one_claim
from caseflow.features.people import service
from caseflow.features.people.commands import ConcernedPerson, NewRelation, PersonDetails, RoleDetails
from caseflow.features.people.facts import facts
from caseflow.features.people.queries import one_person, other_cases_of, people_of_case, relations_in_case
from caseflow.models import AuditEntry, Person, PersonKind, RelationKind, Role
from tests.factories import make_actor, make_case, make_claim, make_person, make_section, share


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def names(runtime, ana, case):
    with runtime.units.begin(ana) as uow:
        return [one.code_name for one in people_of_case(uow, case)]


def test_code_names_are_given_by_role_and_never_twice(runtime, ana, case):
    made = [make_person(runtime.units, ana, case, *roles) for roles in (["victim"], ["author", "victim"], ["witness"])]
    assert [one.code_name for one in made] == ["V1", "V2", "W1"]
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        service.remove_person(uow, editable, one_person(uow, case, made[1].id))
    make_person(runtime.units, ana, case)
    assert names(runtime, ana, case) == ["V1", "W1", "V3"]


def test_a_role_is_changed_and_the_code_name_stays(runtime, ana, case):
    person = make_person(runtime.units, ana, case)
    with runtime.units.begin(ana) as uow:
        row = one_person(uow, case, person.id)
        details = RoleDetails(version=row.version, roles=("author",), is_affected=True)
        service.change_role(uow, editable_case(uow, case.id), row, details)
    with runtime.units.begin(ana) as uow:
        row = one_person(uow, case, person.id)
        assert (row.code_name, row.roles, row.is_affected) == ("V1", ["author"], True)
        with pytest.raises(Conflict):
            service.change_role(uow, editable_case(uow, case.id), row, details)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ((PersonDetails(), RoleDetails(roles=())), "roles"),
        ((PersonDetails(), RoleDetails(roles=("landlord",))), "roles"),
        ((PersonDetails(size=3), RoleDetails(roles=("victim",))), "size"),
        ((PersonDetails(kind=PersonKind.HOUSEHOLD, size=0), RoleDetails(roles=("victim",))), "size"),
        ((PersonDetails(kind=PersonKind.COMMUNITY, size=10**9), RoleDetails(roles=("victim",))), "size"),
    ],
)
def test_what_can_not_be_is_refused(runtime, ana, case, given, field):
    with runtime.units.begin(ana) as uow:
        with pytest.raises(Invalid) as refused:
            service.add_person(uow, editable_case(uow, case.id), *given)
        assert set(refused.value.fields) == {field}


def test_one_person_stands_in_several_cases_of_a_section(runtime, ana, case):
    person = make_person(runtime.units, ana, case)
    other = make_case(runtime.units, ana)
    with runtime.units.begin(ana) as uow:
        known = one_person(uow, case, person.id)
        service.add_known_person(uow, editable_case(uow, other.id), known, RoleDetails(roles=("witness",)))
    with runtime.units.begin(ana) as uow:
        known = one_person(uow, case, person.id)
        assert other_cases_of(uow, known.person, case) == [(other.id, other.reference, "W1")]
        with pytest.raises(Invalid, match="already"):
            service.add_known_person(uow, editable_case(uow, other.id), known, RoleDetails(roles=("victim",)))
        assert uow.session.query(Person).count() == 1


def test_a_person_of_another_section_is_recorded_again(runtime, ana, case):
    fr = make_section(runtime.units, "FR")
    eva = make_actor(runtime.units, (fr, Role.CASEWORKER))
    foreign = make_case(runtime.units, eva)
    person = make_person(runtime.units, eva, foreign)
    share(runtime.units, eva, foreign, ana)
    with runtime.units.begin(ana) as uow:
        known = one_person(uow, foreign, person.id)
        with pytest.raises(Invalid, match="another section"):
            service.add_known_person(uow, editable_case(uow, case.id), known, RoleDetails(roles=("victim",)))


def test_claims_name_whom_they_concern_and_the_engine_hears_of_it(runtime, ana, case):
    claim = make_claim(runtime.units, ana, case)
    first = make_person(runtime.units, ana, case, "victim", "author", name="Rosa Navarro", is_affected=True)
    second = make_person(runtime.units, ana, case, kind=PersonKind.HOUSEHOLD, size=4)
    with runtime.units.begin(ana) as uow:
        claim = one_claim(uow, case, claim.id)
        concerned = [ConcernedPerson(case_person_id=first.id, harm="Lost her home")]
        service.set_concerned(uow, editable_case(uow, case.id), claim, concerned)
    with runtime.units.begin(ana) as uow:
        found = facts(uow, [whole_case(uow, case.id)])[case.id]
    victims = found.case["victims"]
    assert [(one.id, one.kind, one.identified, one.personally_affected, one.consent) for one in victims] == [
        ("V1", "individual", True, True, "author"),
        ("V2", "group", None, None, None),
    ]
    assert found.case["author"].named
    assert found.claims[claim.id]["victims"] == ("V1",)
    assert found.places["/victims/1/personally_affected"].ids == {"case_person_id": second.id}


def test_a_claim_can_not_concern_somebody_of_another_case(runtime, ana, case):
    claim = make_claim(runtime.units, ana, case)
    stranger = make_person(runtime.units, ana, make_case(runtime.units, ana))
    with runtime.units.begin(ana) as uow, pytest.raises(Invalid, match="removed from the case"):
        service.set_concerned(uow, editable_case(uow, case.id), claim, [ConcernedPerson(case_person_id=stranger.id)])


def test_relations_are_recorded_once_and_removed(runtime, ana, case):
    mother, child = make_person(runtime.units, ana, case), make_person(runtime.units, ana, case, is_child=True)
    new = NewRelation(person_id=mother.id, other_id=child.id, kind=RelationKind.PARENT)
    with runtime.units.begin(ana) as uow:
        service.add_relation(uow, editable_case(uow, case.id), new)
    with runtime.units.begin(ana) as uow:
        assert [(one.code_name, one.kind, one.other) for one in relations_in_case(uow, case)] == [
            ("V1", "parent", "V2")
        ]
        for wrong in (new, replace(new, other_id=mother.id)):
            with pytest.raises(Invalid):
                service.add_relation(uow, editable_case(uow, case.id), wrong)


def test_the_history_tells_of_people_by_their_code_names_alone(runtime, ana, case):
    make_person(runtime.units, ana, case, name="Rosa Navarro", phone="+34 600 111 222", description="mother of four")
    with runtime.units.begin(ana) as uow:
        changes = uow.session.scalars(select(AuditEntry.changes).where(AuditEntry.case_id == case.id)).all()
    assert "mother of four" in str(changes)
    assert "Navarro" not in str(changes)
    assert "600 111" not in str(changes)


def test_whoever_may_only_read_a_case_records_nobody(runtime, ana, case):
    fr = make_section(runtime.units, "FR")
    reader = make_actor(runtime.units, (fr, Role.CASEWORKER))
    share(runtime.units, ana, case, reader)
    with pytest.raises(Forbidden):
        make_person(runtime.units, reader, case)
    stranger = make_actor(runtime.units, (fr, Role.CASEWORKER))
    with pytest.raises(NotFound):
        make_person(runtime.units, stranger, case)
