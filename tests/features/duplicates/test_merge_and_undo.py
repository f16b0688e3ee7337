"""A merge that is undone leaves every table as it was, for persons with random children; and what a merge brings together."""

import os
from random import Random

import pytest

from caseflow.errors import Invalid
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.people.commands import ConcernedPerson, NewRelation, RoleDetails
from caseflow.features.people.identity.service import ask_for_identity
from caseflow.features.people.queries import one_person, people_of_case
from caseflow.features.people.service import add_known_person, add_relation, set_concerned
from caseflow.models import (
    ConsentScope,
    ConsentStatus,
    KeptIdentity,
    NoConsentReason,
    PersonRole,
    RelationKind,
    Role,
)
from tests.factories import (
    make_actor,
    make_attempt,
    make_case,
    make_channel,
    make_claim,
    make_consent,
    make_person,
    make_remedy,
    make_section,
    withdraw_consent,
)
from tests.factories.dates import in_days
from tests.factories.merging import merge, tables, undo

pytestmark = pytest.mark.commits
EXAMPLES = int(os.environ.get("CASEFLOW_MERGES", "3"))
NAMES = ("Rosa Navarro", "Rosa Navaro", "Luis Ortega", "")
ANSWERS = tuple(ConsentStatus)


def random_person(units, ana, cases, chance):
    """Record a person with random children in some of the cases; return their roles."""
    details = {
        "name": chance.choice(NAMES),
        "phone": chance.choice(["600 100 200", "600 100 201", ""]),
        "is_child": chance.choice([True, False, None]),
        "affected_how": chance.choice(["Lost the home", ""]),
        "is_affected": chance.choice([True, False, None]),
        "description": chance.choice(["mother of four", "tenant", ""]),
    }
    first, *others = chance.sample(cases, chance.randint(1, len(cases)))
    roles = [
        make_person(units, ana, first, *dict.fromkeys([PersonRole.VICTIM, chance.choice([*PersonRole])]), **details)
    ]
    with units.begin(ana) as uow:
        for case in others:
            known = one_person(uow, first, roles[0].id)
            command = RoleDetails(
                roles=(chance.choice([*PersonRole]).value,), description=chance.choice(["tenant", ""])
            )
            roles.append(add_known_person(uow, editable_case(uow, case.id), known, command))
    by_id = {case.id: case for case in cases}
    for role in roles:
        _children(units, ana, by_id[role.case_id], role, chance)
    for role in roles:  # last: whoever refuses is not contacted any more
        _answers(units, ana, by_id[role.case_id], role, chance)
    return roles


def _children(units, ana, case, role, chance):
    for _ in range(chance.randint(0, 2)):
        make_attempt(units, ana, case, role, chance.choice(["reached", "no_answer"]), ago=chance.randint(0, 5))
    if chance.random() < 0.5:
        make_channel(units, ana, case, role)
    if "victim" in role.roles and chance.random() < 0.7:
        with units.begin(ana) as uow:
            claim = whole_case(uow, case.id).claims[0]
        make_remedy(units, ana, claim, concerns_some=True, person_ids=(role.id,))
    _relate(units, ana, case, role, chance)


def _answers(units, ana, case, role, chance):
    for scope in chance.sample([*ConsentScope], 3):
        status = chance.choice(ANSWERS)
        given = {"status": status, "decided_on": in_days(-chance.randint(0, 9)), "words": "As said"}
        if status is ConsentStatus.NOT_NEEDED:
            given["reason"] = NoConsentReason.DEAD
        if status is ConsentStatus.WITHDRAWN:
            make_consent(units, ana, case, role, scope, decided_on=in_days(-9))
            withdraw_consent(units, ana, case, role, scope)
            continue
        if status is ConsentStatus.GIVEN:
            given["until"] = chance.choice([None, in_days(30), in_days(60)])
        make_consent(units, ana, case, role, scope, **given)


def _relate(units, ana, case, role, chance):
    with units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        others = [one for one in people_of_case(uow, case) if one.id != role.id]
        if others and chance.random() < 0.7:
            pair = [role.id, chance.choice(others).id]
            chance.shuffle(pair)
            new = NewRelation(person_id=pair[0], other_id=pair[1], kind=chance.choice([*RelationKind]))
            try:
                with uow.attempt():
                    add_relation(uow, editable, new)
            except Invalid:
                pass
        if chance.random() < 0.5:
            claim = whole_case(uow, case.id).claims[0]
            already = {
                row.case_person_id: row.harm for one in others for row in one.concerned if row.claim_id == claim.id
            }
            harm = chance.choice(["Slept outside", "Lost work", ""])
            concerned = [
                ConcernedPerson(case_person_id=key, harm=value) for key, value in {**already, role.id: harm}.items()
            ]
            set_concerned(uow, editable, claim, concerned)
    with units.begin(ana) as uow:
        if chance.random() < 0.5:
            ask_for_identity(uow, editable_case(uow, case.id), one_person(uow, case, role.id), "To call back")


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_a_merge_that_is_undone_leaves_every_row_as_it_was(runtime, database, seed):
    chance = Random(seed)
    section = make_section(runtime.units, "ES")
    ana = make_actor(runtime.units, (section, Role.CASEWORKER))
    cases = [make_case(runtime.units, ana) for _ in range(3)]
    for case in cases:
        make_claim(runtime.units, ana, case)
        make_person(runtime.units, ana, case)
    first, second = (random_person(runtime.units, ana, cases, chance) for _ in range(2))
    before = tables(database)
    choices = {
        "identity": chance.choice([*KeptIdentity]),
        "person": frozenset(chance.sample(["kind", "is_child"], chance.randint(0, 2))),
        "roles": frozenset({(role.case_id, "description") for role in second}),
    }
    pair = chance.choice(first), chance.choice(second)
    try:
        made = merge(runtime.units, ana, *pair, **choices)
    except Invalid:  # the one who stays allows no record, so nothing of the other is written over it
        made = merge(runtime.units, ana, *pair, identity=choices["identity"])
    after = tables(database)
    assert after != before
    for sealed in ("person_identity", "identity_token", "identity_reveal", "contact_channel", "contact_channel_value"):
        assert after[sealed] == before[sealed]
    undo(runtime.units, ana, made.id)
    assert tables(database) == before
