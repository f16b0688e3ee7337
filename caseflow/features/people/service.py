"""The service of persons: record them in cases, their roles, the claims that concern them, their relations.

OP-ICESCR art. 2: a communication comes from or on behalf of individuals or groups who claim to be victims.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from caseflow.audit import assign_changes
from caseflow.errors import Invalid, stale
from caseflow.features.cases.service import EditableCase, add_child, change_child, remove_child
from caseflow.features.people.commands import (
    ConcernedPerson,
    ForWhom,
    IdentityDetails,
    NewHousehold,
    NewRelation,
    PersonDetails,
    RoleDetails,
)
from caseflow.features.people.identity.service import record_identity
from caseflow.features.people.queries import concerned_by, concerning_only, is_related, next_code_name, people_of_case
from caseflow.models import (
    Case,
    CasePerson,
    Claim,
    ClaimPerson,
    Person,
    PersonKind,
    PersonRelation,
    PersonRole,
    RelationKind,
)
from caseflow.unit_of_work import UnitOfWork

LETTERS: Final[Mapping[PersonRole, str]] = {
    PersonRole.VICTIM: "V",
    PersonRole.AUTHOR: "A",
    PersonRole.REPRESENTATIVE: "R",
    PersonRole.WITNESS: "W",
    PersonRole.SOURCE: "S",
    PersonRole.PERPETRATOR: "P",
    PersonRole.AUTHORITY: "O",
}
MOST_PEOPLE: Final = 500
"""Of a case. More are a community with a size."""
ADULT: Final = 18
"""Years (Convention on the Rights of the Child, art. 1)."""
LARGEST_GROUP: Final = 10_000_000
LARGEST_HOUSEHOLD: Final = 20
"""People. Where only a number is known, more are taken for a community."""
_TOO_MANY = Invalid("A case can hold 500 persons. Record a community with its size instead of its members.")


def add_person(
    uow: UnitOfWork,
    case: EditableCase,
    person: PersonDetails,
    role: RoleDetails,
    identity: IdentityDetails | None = None,
) -> CasePerson:
    """Record a person in a case, with a new code name, and seal what identifies them.

    Raises:
        Invalid: no role, an unknown one, or an impossible size.
    """
    _check_person(person)
    _check_role(role)
    row = Person(section_id=case.section_id)
    assign_changes(row, person)
    uow.session.add(row)
    child = _add_role(uow, case, row, role)
    uow.flush()
    if identity is not None:
        record_identity(uow, case, child, identity)
    return child


def add_victims(uow: UnitOfWork, case: EditableCase, new: ForWhom) -> list[CasePerson]:
    """Record for whom a case is opened: a person, whose name is sealed, and the others as one group that can be named later.

    Raises:
        Invalid: the number is impossible.
    """
    number = 1 if new.number is None else new.number
    if not 0 < number <= LARGEST_GROUP:
        raise Invalid(
            "The number of people is not possible.",
            {"people_number": "Enter how many people it concerns, in digits, or leave this empty."},
        )
    victim = RoleDetails(roles=(PersonRole.VICTIM.value,))
    people = []
    if new.name.strip() or number == 1:
        people.append(add_person(uow, case, PersonDetails(), victim, IdentityDetails(name=new.name)))
    others = number - len(people)
    if others:
        kind = PersonKind.HOUSEHOLD if number <= LARGEST_HOUSEHOLD else PersonKind.COMMUNITY
        people.append(add_person(uow, case, PersonDetails(kind=kind, size=others), victim))
    return people


def add_household(uow: UnitOfWork, case: EditableCase, new: NewHousehold) -> list[CasePerson]:
    """Record the members of a household as victims, and those who are not listed as a group with its size.

    Raises:
        Invalid: nobody is listed, or the size is smaller than the list.
    """
    if not new.members:
        raise Invalid("Nobody is listed.", {"people": "Enter one person on each line."})
    unlisted = (new.size or len(new.members)) - len(new.members)
    if unlisted < 0:
        raise Invalid(
            "The size is smaller than the list.", {"size": "Enter how many live there in all, or leave this empty."}
        )
    victim = RoleDetails(
        roles=(PersonRole.VICTIM.value,),
        is_affected=new.is_affected,
        is_within_jurisdiction=new.is_within_jurisdiction,
    )
    added = [
        add_person(
            uow,
            case,
            PersonDetails(is_child=None if one.age is None else one.age < ADULT),
            replace(victim, description=one.description),
            IdentityDetails(name=one.name, phone="" if number else new.phone),
        )
        for number, one in enumerate(new.members)
    ]
    if unlisted:
        added.append(add_person(uow, case, PersonDetails(kind=PersonKind.HOUSEHOLD, size=unlisted), victim))
    if new.is_parent:
        for child in (one for one in added[1:] if one.person.is_child):
            relation = NewRelation(person_id=added[0].id, other_id=child.id, kind=RelationKind.PARENT)
            add_relation(uow, case, relation)
    return added


def add_known_person(uow: UnitOfWork, case: EditableCase, known: CasePerson, role: RoleDetails) -> CasePerson:
    """Give a person of another case of the section a role in this one.

    Raises:
        Invalid: the person is of another section, or has a role in this case already.
    """
    _check_role(role)
    if known.section_id != case.section_id:
        raise Invalid("This person is recorded in another section. Record them again.")
    if any(one.person_id == known.person_id for one in people_of_case(uow, case)):
        raise Invalid("This person has a role in this case already. Change that role instead.")
    return _add_role(uow, case, known.person, role)


def _add_role(uow: UnitOfWork, case: EditableCase, person: Person, role: RoleDetails) -> CasePerson:
    letter = LETTERS[next(one for one in PersonRole if one in role.roles)]
    child = CasePerson(person=person, section_id=case.section_id, code_name=next_code_name(uow, case.id, letter))
    among = CasePerson.case_id == case.id
    return add_child(uow, case, child, role, "person.added", among=among, most=MOST_PEOPLE, too_many=_TOO_MANY)


def change_role(uow: UnitOfWork, case: EditableCase, child: CasePerson, role: RoleDetails) -> CasePerson:
    """Change what a person is in a case. The code name stays.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: no role, or an unknown one; or the person does not allow a record.
    """
    _require_record(uow, case, child)
    return change_child(uow, case, child, role, "person.role_changed", check=_check_role)


def change_person(uow: UnitOfWork, case: EditableCase, child: CasePerson, details: PersonDetails) -> Person:
    """Change what is recorded of a person in every case.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: an impossible size, or the person does not allow a record.
    """
    _require_record(uow, case, child)
    person = child.person
    if person.version != details.version:
        raise stale(person)
    _check_person(details)
    assign_changes(person, details)
    uow.audit.record("person.changed", person, section_id=case.section_id, case_id=case.id)
    uow.facts_changed(case.id)
    return person


def remove_person(uow: UnitOfWork, case: EditableCase, child: CasePerson) -> CasePerson:
    """Remove a person from a case and return the role. The history keeps it, and the code name is not given again.

    Raises:
        Invalid: a claim concerns this person alone. Without anybody it would concern all victims of the case.
    """
    if alone := concerning_only(uow, child):
        raise Invalid(
            "Claims that concern %(code)s alone: %(number)s. Without anybody they would concern all victims of the case. Say first whom they concern, under “What happened to whom”.",
            values={"number": alone, "code": child.code_name},
        )
    return remove_child(uow, case, child, "person.removed")


def set_concerned(
    uow: UnitOfWork,
    case: EditableCase,
    claim: Claim,
    concerned: Iterable[ConcernedPerson],
    *,
    everybody: bool = False,
) -> Claim:
    """Record whom a claim concerns, and the harm to each. Nobody means all victims of the case.

    Raises:
        Invalid: a person has no role in the case; one with another harm does not allow a record; or nobody is left of those
            whom it concerned, and it was not said that it concerns everybody.
    """
    wanted = {one.case_person_id: one.harm.strip() for one in concerned}
    people = {one.id: one for one in people_of_case(uow, case)}
    names = {key: one.code_name for key, one in people.items()}
    if not names.keys() >= wanted.keys():
        raise Invalid("A person has been removed from the case meanwhile. Reload the page and choose again.")
    known = {row.case_person_id: row for row in concerned_by(uow, claim)}
    before = {names[key]: row.harm for key, row in known.items() if key in names}
    _check_everybody(claim, everybody=everybody, is_anybody=bool(wanted), was_anybody=bool(known))
    if {key: row.harm for key, row in known.items()} == wanted:
        return claim
    for key, harm in wanted.items():
        if harm and harm != (known[key].harm if key in known else ""):
            _require_record(uow, case, people[key])
    for key in known.keys() - wanted.keys():
        uow.session.delete(known[key])
    for key, harm in wanted.items():
        row = known.get(key) or ClaimPerson(claim_id=claim.id, case_person_id=key, case_id=case.id)
        row.harm = harm
        uow.session.add(row)
    after = {names[key]: harm for key, harm in wanted.items()}
    changes: dict[str, list[object]] = {"concerned": [before, after]}
    uow.audit.record("claim.people_set", claim, section_id=case.section_id, case_id=case.id, changes=changes)
    uow.facts_changed(case.id)
    return claim


def _check_everybody(claim: Claim, *, everybody: bool, is_anybody: bool, was_anybody: bool) -> None:
    """Refuse that a claim comes to concern all victims only because the last box was cleared."""
    box = f"everybody_{claim.id.hex}"
    if was_anybody and not is_anybody and not everybody:
        raise Invalid(
            "Nothing was saved. A claim would concern all victims of the case, because nobody is chosen any more.",
            {box: "Tick this if the claim concerns all victims, or choose whom it concerns."},
        )
    if everybody and is_anybody:
        raise Invalid("Nothing was saved.", {box: "Choose persons, or all victims, but not both."})


def set_all_concerned(
    uow: UnitOfWork, case: EditableCase, concerned: Iterable[tuple[Claim, Iterable[ConcernedPerson], bool]]
) -> EditableCase:
    """Record for several claims whom they concern, and whether that is everybody, as `set_concerned` does for one.

    Raises:
        Invalid: as `set_concerned` does.
    """
    for claim, people, everybody in concerned:
        set_concerned(uow, case, claim, people, everybody=everybody)
    return case


def add_relation(uow: UnitOfWork, case: EditableCase, new: NewRelation) -> PersonRelation:
    """Record what one person of a case is to another.

    Raises:
        Invalid: they are the same person, not of this case, or the relation is recorded already; or one of them does not allow
            a record.
    """
    people = {one.id: one for one in people_of_case(uow, case)}
    if new.person_id == new.other_id or not {new.person_id, new.other_id} <= people.keys():
        raise Invalid("Choose two different persons of this case.", {"other_id": "Choose another person."})
    first, second = people[new.person_id], people[new.other_id]
    for one in (first, second):
        _require_record(uow, case, one)
    relation = PersonRelation(
        section_id=case.section_id,
        person_id=first.person_id,
        other_id=second.person_id,
        kind=new.kind,
        note=new.note.strip(),
    )
    if is_related(uow, relation):
        raise Invalid("This relation is recorded already.", {"kind": "Choose another relation."})
    uow.session.add(relation)
    changes: dict[str, list[object]] = {
        "relation": [None, f"{first.code_name} → {second.code_name}"],
        "kind": [None, new.kind.value],
    }
    uow.audit.record("person.relation_added", relation, section_id=case.section_id, case_id=case.id, changes=changes)
    uow.facts_changed(case.id)
    return relation


def remove_relation(uow: UnitOfWork, case: EditableCase, relation: PersonRelation) -> PersonRelation:
    """Remove a relation. The history keeps it."""
    changes: dict[str, list[object]] = {"kind": [relation.kind.value, None], "note": [relation.note, None]}
    uow.audit.record("person.relation_removed", relation, section_id=case.section_id, case_id=case.id, changes=changes)
    uow.session.delete(relation)
    uow.facts_changed(case.id)
    return relation


def _require_record(uow: UnitOfWork, case: Case, child: CasePerson) -> None:
    for check in uow.sources.person_checks:
        check(uow, case, child)


def _check_role(role: RoleDetails) -> None:
    if not role.roles:
        raise Invalid("The role is missing.", {"roles": "Choose what the person is in this case."})
    if not set(role.roles) <= set(PersonRole):
        raise Invalid("The role is not known.", {"roles": "Choose the roles from the list."})


def _check_person(details: PersonDetails) -> None:
    if details.kind is PersonKind.INDIVIDUAL and details.size is not None:
        raise Invalid("A size belongs to a group.", {"size": "Leave this empty, or choose a group."})
    if details.size is not None and not 0 < details.size <= LARGEST_GROUP:
        raise Invalid("The size is not possible.", {"size": "Enter how many people belong to the group, in digits."})
