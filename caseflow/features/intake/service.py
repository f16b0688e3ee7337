"""The service of intake: a case, its claims, its people, what the first of them allows, and how they are reached, in one act.

OP-ICESCR art. 2: a communication comes from or on behalf of individuals or groups who claim to be victims, with their consent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from caseflow.clock import today
from caseflow.errors import Invalid
from caseflow.features.cases.service import EditableCase, editable_case, open_case
from caseflow.features.claims.commands import ClaimDetails
from caseflow.features.claims.service import add_claim
from caseflow.features.consent.commands import ConsentDetails
from caseflow.features.consent.service import record_consent
from caseflow.features.contacts.service import add_channel
from caseflow.features.intake.commands import NewIntake, NewMember, SpokenConsent, ToFirst
from caseflow.features.people.commands import IdentityDetails, NewRelation, PersonDetails, RoleDetails
from caseflow.features.people.service import LARGEST_GROUP, add_known_person, add_person, add_relation
from caseflow.models import (
    CasePerson,
    ConsentScope,
    ConsentStatus,
    ContactKind,
    PersonKind,
    PersonRole,
    RelationKind,
)
from caseflow.unit_of_work import UnitOfWork

RELATIONS: Final[Mapping[ToFirst, RelationKind]] = {
    ToFirst.CHILD: RelationKind.PARENT,
    ToFirst.WARD: RelationKind.GUARDIAN,
    ToFirst.SPOUSE: RelationKind.SPOUSE,
    ToFirst.PARENT: RelationKind.PARENT,
    ToFirst.CARED_FOR: RelationKind.CARER,
}
"""What is recorded between the first person and a member: of a parent, that the member is the parent of the first."""
ANSWERED_FOR: Final = frozenset({ToFirst.CHILD, ToFirst.WARD})
BY_NUMBER: Final = frozenset({ContactKind.PHONE, ContactKind.MESSENGER})


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """The case of an intake and its people, in the order of the form."""

    case: EditableCase
    people: Sequence[CasePerson]


def open_intake(
    uow: UnitOfWork,
    new: NewIntake,
    known: CasePerson | None = None,
    then: Callable[[UnitOfWork, EditableCase], object] | None = None,
) -> OpenedCase:
    """Open a case with its claims and its people, and record what the first person allows and how to reach them.

    `known` is the role of the first person in another case, if they are recorded already. `then` is called with the new case,
    in the same act.

    Raises:
        Forbidden: the acting person may not open cases in that section.
        Invalid: something is missing or impossible; what concerns one person is at `p<number>_<field>`. Nothing is recorded
            where the person does not wish it.
    """
    _check(new)
    case = open_case(uow, new.case)
    uow.flush()
    case = editable_case(uow, case.id)  # with its section, whose zone the days are counted in
    if then is not None:
        then(uow, case)
    for right in new.rights:
        add_claim(uow, case, ClaimDetails(version=None, rights=(right,)))
        uow.flush()
    people = [_add_member(uow, case, new, one, known if not number else None) for number, one in enumerate(new.members)]
    _relate(uow, case, new.members, people)
    if others := (new.size or len(people)) - len(people):
        victim = RoleDetails(roles=(PersonRole.VICTIM.value,))
        people.append(add_person(uow, case, PersonDetails(kind=PersonKind.HOUSEHOLD, size=others), victim))
    uow.flush()
    _record_consent(uow, case, new, people)
    if new.channel is not None:
        add_channel(uow, case, people[0], replace(new.channel, zone=new.channel.zone or case.section.time_zone))
    return OpenedCase(case, people)


def _add_member(
    uow: UnitOfWork, case: EditableCase, new: NewIntake, one: NewMember, known: CasePerson | None
) -> CasePerson:
    role = RoleDetails(roles=one.roles, description=one.description)
    if known is not None:
        return add_known_person(uow, case, known, role)
    by_number = one is new.members[0] and new.channel is not None and new.channel.kind in BY_NUMBER
    phone = (new.channel.address or "") if by_number and new.channel else ""
    person = PersonDetails(is_child=one.is_child)
    return add_person(uow, case, person, role, IdentityDetails(name=one.name, phone=phone))


def _relate(uow: UnitOfWork, case: EditableCase, members: Sequence[NewMember], people: Sequence[CasePerson]) -> None:
    first = people[0]
    for member, person in zip(members[1:], people[1:], strict=True):
        if member.to_first is not None:
            pair = (person, first) if member.to_first is ToFirst.PARENT else (first, person)
            kind = RELATIONS[member.to_first]
            add_relation(uow, case, NewRelation(person_id=pair[0].id, other_id=pair[1].id, kind=kind))
    uow.flush()


def _record_consent(uow: UnitOfWork, case: EditableCase, new: NewIntake, people: Sequence[CasePerson]) -> None:
    given = _details(new.consent, case)
    for scope, details in given:
        record_consent(uow, case, people[0], scope, details)
    if new.consent.for_children:
        for member, person in zip(new.members, people, strict=False):
            if member.to_first in ANSWERED_FOR and member.is_child is not False:  # adult children answer themselves
                for scope, details in given:
                    record_consent(uow, case, person, scope, replace(details, given_by_id=people[0].id))


def _details(consent: SpokenConsent, case: EditableCase) -> list[tuple[ConsentScope, ConsentDetails]]:
    on = today(case.section.time_zone)
    return [
        (scope, ConsentDetails(status=status, how=consent.how, words=consent.words, decided_on=on))
        for scope, status in consent.answers.items()
    ]


def check_consent(consent: SpokenConsent) -> None:
    """Refuse answers with which nothing may be recorded.

    Raises:
        Invalid: no record may be kept, or it is not said how something was allowed.
    """
    problems: dict[str, str] = {}
    if consent.answers.get(ConsentScope.RECORD) is ConsentStatus.REFUSED:
        problems["scope_record"] = (
            "The person does not wish a record to be kept, so nothing may be saved about them. Leave this page, or log the violation without anyone's name."
        )
    if consent.how is None and ConsentStatus.GIVEN in consent.answers.values():
        problems["how"] = "Choose how the person consented."
    if problems:
        raise Invalid("The answers cannot be recorded.", problems)


def _check(new: NewIntake) -> None:
    check_consent(new.consent)
    problems: dict[str, str] = {}
    if new.channel is not None and new.consent.answers.get(ConsentScope.CONTACT) is ConsentStatus.REFUSED:
        problems["address"] = "The person does not wish to be contacted. Leave this empty, or ask again."
    if new.size is not None and not len(new.members) <= new.size <= LARGEST_GROUP:
        problems["people_number"] = "Enter how many people it concerns in all, or leave this empty."
    problems |= _faults_of_members(new.members)
    if problems:
        raise Invalid("Nothing was saved.", problems)


def _faults_of_members(members: Iterable[NewMember]) -> dict[str, str]:
    problems = {}
    for one in members:
        if one.is_child and one.to_first in {ToFirst.SPOUSE, ToFirst.PARENT}:
            problems[f"p{one.number}_to_first"] = "This does not go together with “child”. Check both answers."
    return problems
