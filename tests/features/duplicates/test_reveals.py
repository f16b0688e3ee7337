"""A merge is no way around a reveal: what is sealed is shown only by a reveal that was allowed after it."""

import pytest

from caseflow.db.identity_tokens import IdentityField
from caseflow.errors import Conflict, NotFound
from caseflow.features.cases.service import editable_case
from caseflow.features.contacts.queries import channels_of
from caseflow.features.contacts.service import read_values
from caseflow.features.duplicates.service import pair_of
from caseflow.features.people.commands import IdentityDetails, RoleDetails
from caseflow.features.people.identity.queries import found_people
from caseflow.features.people.identity.service import ask_for_identity, change_identity, read_identities
from caseflow.features.people.queries import one_person
from caseflow.features.people.service import add_known_person
from caseflow.models import KeptIdentity, Role
from tests.factories import make_actor, make_case, make_channel, make_person, make_section, seal
from tests.factories.merging import merge, undo

pytestmark = pytest.mark.commits


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def cases(runtime, ana):
    return [make_case(runtime.units, ana) for _ in range(2)]


@pytest.fixture
def twice(runtime, ana, cases):
    names = ("Rosa Navarro", "Rosa Navaro")
    return [make_person(runtime.units, ana, case, name=name) for case, name in zip(cases, names, strict=True)]


def reveal(runtime, ana, case, role):
    with runtime.units.begin(ana) as uow:
        ask_for_identity(uow, editable_case(uow, case.id), one_person(uow, case, role.id), "To call back")


def names(runtime, ana, case, role):
    with runtime.units.begin(ana) as uow:
        return [one.name for one in read_identities(uow, one_person(uow, case, role.id).person)]


def test_a_reveal_before_the_merge_does_not_show_the_merged_identity(runtime, ana, cases, twice):
    reveal(runtime, ana, cases[0], twice[0])
    merge(runtime.units, ana, *twice)
    assert names(runtime, ana, cases[0], twice[0]) == ["Rosa Navarro"]


def test_a_reveal_after_the_merge_shows_both_and_the_ways_to_reach_the_person(runtime, ana, cases, twice):
    make_channel(runtime.units, ana, cases[1], twice[1])
    merge(runtime.units, ana, *twice)
    reveal(runtime, ana, cases[0], twice[0])
    assert names(runtime, ana, cases[0], twice[0]) == ["Rosa Navarro", "Rosa Navaro"]
    with runtime.units.begin(ana) as uow:
        role = one_person(uow, cases[0], twice[0].id)
        (channel,) = channels_of(uow, role)
        assert read_values(uow, role)[channel.id]["address"] == "+34 600 111 222"


@pytest.mark.parametrize("kept", [(KeptIdentity.KEPT, "Rosa Navarro"), (KeptIdentity.MERGED, "Rosa Navaro")])
def test_one_of_two_identities_is_chosen_without_opening_either(runtime, ana, cases, twice, kept):
    identity, shown = kept
    merge(runtime.units, ana, *twice, identity=identity)
    reveal(runtime, ana, cases[0], twice[0])
    assert names(runtime, ana, cases[0], twice[0]) == [shown]


def test_a_merged_person_is_found_by_both_names(runtime, ana, cases, twice):
    merge(runtime.units, ana, *twice, identity=KeptIdentity.KEPT)
    with runtime.units.begin(ana) as uow:
        found = found_people(uow, [twice[0].section_id], [(IdentityField.NAME, "Navaro")])
    assert {one.case_person_id for one in found} == {one.id for one in twice}
    assert {one.person_id for one in found} == {twice[0].person_id}


def test_a_change_of_what_identifies_the_person_ends_undoing(runtime, ana, cases, twice):
    made = merge(runtime.units, ana, *twice)
    reveal(runtime, ana, cases[0], twice[0])
    with runtime.units.begin(ana) as uow:
        role = one_person(uow, cases[0], twice[0].id)
        (first, _second) = read_identities(uow, role.person)
        details = IdentityDetails(version=first.version, name=first.name, address="Calle Mayor")
        change_identity(uow, editable_case(uow, cases[0].id), role, details)
    with pytest.raises(Conflict):
        undo(runtime.units, ana, made.id)


def test_a_reveal_does_not_end_undoing(runtime, ana, cases, twice):
    made = merge(runtime.units, ana, *twice)
    reveal(runtime, ana, cases[0], twice[0])
    assert undo(runtime.units, ana, made.id).undone_at is not None
    assert names(runtime, ana, cases[0], twice[0]) == ["Rosa Navarro"]


def test_people_of_another_section_merge_nobody(runtime, ana, cases, twice):
    other = make_actor(runtime.units, (make_section(runtime.units, "FI"), Role.CASEWORKER))
    with runtime.units.begin(other) as uow, pytest.raises(NotFound):
        pair_of(uow, twice[0].id, twice[1].id)


def test_roles_in_cases_that_are_not_seen_stay_and_are_not_mentioned(runtime, section, ana, cases, twice):
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    sealed = seal(runtime.units, eva, make_case(runtime.units, eva))
    with runtime.units.begin(eva) as uow:
        known = one_person(uow, cases[1], twice[1].id)
        hidden = add_known_person(uow, editable_case(uow, sealed.id), known, RoleDetails(roles=("witness",)))
    made = merge(runtime.units, ana, *twice)
    with runtime.units.begin(eva) as uow:
        assert one_person(uow, sealed, hidden.id).person_id == twice[1].person_id
    assert undo(runtime.units, ana, made.id).undone_at is not None


def test_a_person_who_is_merged_is_not_merged_again(runtime, ana, cases, twice):
    third = make_person(runtime.units, ana, cases[0], name="Rosa Navarro")
    merge(runtime.units, ana, *twice)
    with runtime.units.begin(ana) as uow:
        pair = pair_of(uow, third.id, twice[0].id)
        assert pair.kept.person_id == twice[0].person_id  # whoever stands for others stays
