"""The words of persons, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.models import CasePerson, PersonKind
from caseflow.web.feature import Vocabulary
from caseflow.web.saving import RemovalWords
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import label

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "person_kind": {
        "individual": _l("One person"),
        "household": _l("Household"),
        "community": _l("Community"),
        "organisation": _l("Organisation"),
    },
    "life_status": {"alive": _l("Alive"), "dead": _l("Dead"), "missing": _l("Missing")},
    "person_role": {
        "victim": _l("Victim"),
        "author": _l("Author of the communication"),
        "representative": _l("Counsel or representative"),
        "witness": _l("Witness"),
        "source": _l("Source"),
        "perpetrator": _l("Alleged perpetrator or private actor"),
        "authority": _l("Responsible authority"),
    },
    "relation_kind": {
        "parent": _l("Parent of"),
        "guardian": _l("Guardian of"),
        "spouse": _l("Spouse or partner of"),
        "heir": _l("Heir of"),
        "member": _l("Member of"),
        "carer": _l("Carer of"),
    },
    "act_kind": {"people": _l("People")},
    "action": {
        "person.added": _l("Added a person"),
        "person.role_changed": _l("Changed a person's role"),
        "person.changed": _l("Changed a person"),
        "person.removed": _l("Removed a person from the case"),
        "person.identity_changed": _l("Changed what identifies a person"),
        "person.reveal_asked": _l("Asked to see who a person is"),
        "person.reveal_agreed": _l("Agreed to show who a person is"),
        "person.revealed": _l("Saw who a person is"),
        "person.relation_added": _l("Added a relation between persons"),
        "person.relation_removed": _l("Removed a relation between persons"),
        "claim.people_set": _l("Recorded whom a claim concerns"),
        "people.setting_changed": _l("Changed how identities are shown"),
    },
    "field": {
        "code_name": _l("Code name"),
        "roles": _l("Role"),
        "description": _l("Who it is, without names"),
        "is_within_jurisdiction": _l("Under the State's jurisdiction"),
        "is_affected": _l("Personally affected"),
        "affected_how": _l("How the person is affected"),
        "is_identified": _l("Members known one by one"),
        "groups": _l("Groups"),
        "kind": _l("Kind"),
        "size": _l("Number of people"),
        "life_status": _l("Alive or dead"),
        "is_child": _l("Child"),
        "lacks_capacity": _l("Needs someone to decide for them"),
        "is_named": _l("Name recorded"),
        "concerned": _l("People the claim concerns"),
        "relation": _l("Relation"),
        "reason": _l("Reason"),
        "name_sealed": _l("Name"),
        "other_names_sealed": _l("Other names"),
        "birth_date_sealed": _l("Date of birth"),
        "number_sealed": _l("Number of an identity document"),
        "address_sealed": _l("Address"),
        "phone_sealed": _l("Phone"),
        "email_sealed": _l("Email"),
        "reveal_needs_second_person": _l("A second person must agree before an identity is shown"),
    },
    "place": {"new_person": _l("A new person"), "name": _l("Name")},
}
HISTORY: Final = {
    "case_person.roles": "person_role",
    "person.kind": "person_kind",
    "person.life_status": "life_status",
    "person_relation.kind": "relation_kind",
}
"""Fields of the history whose values are codes, and their vocabulary."""

REMOVE_PERSON: Final = RemovalWords(
    heading=_l("Remove a person from the case"),
    question=_l("Remove this person from the case?"),
    consequence=_l(
        "The role in this case will be removed and the case reassessed. The history keeps it, and the code name is not given to anybody else."
    ),
    button=_l("Remove the person"),
)
REMOVE_RELATION: Final = RemovalWords(
    heading=_l("Remove a relation"),
    question=_l("Remove this relation?"),
    consequence=_l("The history keeps it."),
    button=_l("Remove the relation"),
)
WHY_CODE_NAMES: Final = _l(
    "Names stay sealed. Everywhere else this person is a code name such as V1: on pages, in emails, in the calendar and in what is exported. Put no name into a description."
)
WHY_VICTIMS: Final = _l(
    "A communication comes from people who claim to be victims, or is submitted on their behalf (OP-ICESCR art. 2). Each must be identified, under the State's jurisdiction and personally affected."
)


def kind_of(one: CasePerson) -> str:
    """Return the kind of a person in words, with the size of a group, and what matters of one person."""
    person = one.person
    if person.kind is not PersonKind.INDIVIDUAL:
        words = label("person_kind", person.kind.value)
        return f"{words} ({person.size})" if person.size else words
    known = [str(_("Child")) if person.is_child else "", label("life_status", person.life_status)]
    return ", ".join(word for word in known if word and word != label("life_status", "alive"))
