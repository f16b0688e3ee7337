"""What a person refused or withdrew: no contact, and nothing more recorded of them. What nobody asked for stays possible."""

import pytest

from caseflow.errors import Invalid
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.claims.queries import one_claim
from caseflow.features.consent.commands import Grounds
from caseflow.features.consent.service import record_groups
from caseflow.features.contacts.commands import ChannelDetails
from caseflow.features.contacts.queries import channels_of
from caseflow.features.contacts.service import change_channel, remove_channel
from caseflow.features.duplicates.service import merge_persons, pair_of
from caseflow.features.evidence.queries import code_of
from caseflow.features.people.commands import ConcernedPerson, IdentityDetails, NewRelation, PersonDetails, RoleDetails
from caseflow.features.people.identity.service import change_identity
from caseflow.features.people.queries import one_person, people_of_case
from caseflow.features.people.service import add_relation, change_person, change_role, remove_person, set_concerned
from caseflow.models import ConsentScope, ConsentStatus, ContactKind, EvidenceKind, RelationKind, Role
from tests.factories import (
    in_days,
    make_actor,
    make_attempt,
    make_case,
    make_channel,
    make_claim,
    make_consent,
    make_person,
    make_section,
    withdraw_consent,
)
from tests.factories.evidence import describe_new_evidence
from tests.factories.merging import merging_of

RECORD, CONTACT = ConsentScope.RECORD, ConsentScope.CONTACT


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def person(runtime, ana, case):
    found = make_person(runtime.units, ana, case)
    make_channel(runtime.units, ana, case, found)
    make_claim(runtime.units, ana, case)
    make_person(runtime.units, ana, case, description="neighbour")
    return found


@pytest.fixture
def places(runtime, ana, case, person):
    """What factories take."""
    return runtime.units, ana, case, person


def answer(places, scope, how):
    """Record what the person said: nothing, yes, no, or yes and then no more."""
    if how == "not asked":
        return
    status = ConsentStatus.REFUSED if how == "refused" else ConsentStatus.GIVEN
    make_consent(*places, scope, status=status, how=None if how == "refused" else "signed", decided_on=in_days(-5))
    if how == "withdrawn":
        withdraw_consent(*places, scope)


def log(uow, case, person, places):
    make_attempt(*places)


def add_way(uow, case, person, places):
    make_channel(*places, kind="email")


def change_way(uow, case, person, places):
    (row,) = channels_of(uow, person)
    change_channel(
        uow, case, person, row, ChannelDetails(version=1, kind=ContactKind.PHONE, zone="UTC", note="at work")
    )


def change_the_role(uow, case, person, places):
    change_role(uow, case, person, RoleDetails(version=1, roles=("victim",), description="mother of four"))


def change_the_person(uow, case, person, places):
    change_person(uow, case, person, PersonDetails(version=person.person.version, is_child=True))


def change_the_name(uow, case, person, places):
    change_identity(uow, case, person, IdentityDetails(version=0, name="Rosa Núñez"))


def relate(uow, case, person, places):
    other = next(one for one in people_of_case(uow, case) if one.id != person.id)
    add_relation(uow, case, NewRelation(person_id=other.id, other_id=person.id, kind=RelationKind.SPOUSE))


def harm(uow, case, person, places):
    claim = one_claim(uow, case, whole_case(uow, case.id).claims[0].id)
    set_concerned(uow, case, claim, [ConcernedPerson(case_person_id=person.id, harm="Lost her home")])


def support(uow, case, person, places):
    describe_new_evidence(uow, case, kind=EvidenceKind.DECISION, supports=(code_of("case_person_id", person.id),))


def take_values_of_another(uow, case, person, places):
    other = next(one for one in people_of_case(uow, case) if one.id != person.id)
    pair = pair_of(uow, person.id, other.id)
    merge_persons(uow, pair, merging_of(uow, pair.kept, pair.merged, person=frozenset({"is_child"})))


TOUCHES_CONTACT = [log, add_way, change_way]
RECORDS = [
    *TOUCHES_CONTACT,
    change_the_role,
    change_the_person,
    change_the_name,
    relate,
    harm,
    support,
    take_values_of_another,
]


def do(act, places):
    units, ana, case, person = places
    with units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        act(uow, editable, one_person(uow, editable, person.id), places)


@pytest.mark.parametrize("how", ["not asked", "given"])
@pytest.mark.parametrize(("scope", "act"), [*((CONTACT, a) for a in TOUCHES_CONTACT), *((RECORD, a) for a in RECORDS)])
def test_it_is_done_unless_it_was_denied(places, scope, act, how):
    answer(places, scope, how)
    do(act, places)


@pytest.mark.parametrize("how", ["refused", "withdrawn"])
@pytest.mark.parametrize(("scope", "act"), [*((CONTACT, a) for a in TOUCHES_CONTACT), *((RECORD, a) for a in RECORDS)])
def test_it_is_refused_with_code_name_use_and_answer(places, scope, act, how):
    answer(places, scope, how)
    with pytest.raises(Invalid) as refused:
        do(act, places)
    assert str(refused.value).startswith(f"V1 does not allow this: “{scope.value}” ")
    assert refused.value.values["standing"].code == how


def test_an_attempt_before_the_answer_can_still_be_recorded(places):
    answer(places, CONTACT, "refused")
    make_attempt(*places, ago=6)
    with pytest.raises(Invalid):
        make_attempt(*places, ago=5)


def test_what_there_is_can_still_be_removed(runtime, ana, case, person, places):
    answer(places, RECORD, "withdrawn")
    answer(places, CONTACT, "withdrawn")
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        row = one_person(uow, editable, person.id)
        remove_channel(uow, editable, row, channels_of(uow, row)[0])
        remove_person(uow, editable, row)


def test_a_new_answer_allows_it_again(places):
    answer(places, RECORD, "withdrawn")
    make_consent(*places, RECORD)
    do(change_the_role, places)


def test_others_of_the_case_are_not_concerned(runtime, ana, case, places):
    answer(places, CONTACT, "refused")
    other = make_person(runtime.units, ana, case)
    make_attempt(runtime.units, ana, case, other)


def test_grounds_are_not_recorded_without_a_record(runtime, ana, case, person, places):
    make_consent(*places, ConsentScope.SENSITIVE)
    answer(places, RECORD, "withdrawn")
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        row = one_person(uow, editable, person.id)
        with pytest.raises(Invalid, match="V1 does not allow this"):
            record_groups(uow, editable, row, Grounds(version=row.version, groups=()))


def test_the_pages_say_it_and_keep_what_was_typed(pages, ana, case, person, places):
    answer(places, CONTACT, "withdrawn")
    page = pages(ana).get(f"/cases/{case.id}/people/{person.id}")
    assert "V1 does not allow us to make contact" in page.words
    assert "Add a way to reach V1" not in page.links
    path = f"/cases/{case.id}/people/{person.id}/contact/channels/new"
    page = pages(ana).submit(path, kind="email", address="rosa@x.example", note="in the evening", status=422)
    assert "V1 does not allow this: “Contact the person” (withdrawn)" in page.words
    assert page.form().values()["note"] == ["in the evening"]
