"""The people of some demo cases, by the title of their case. All names are invented; the code names are those of the narratives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseflow.features.cases.service import EditableCase
from caseflow.features.people.commands import IdentityDetails, NewRelation, PersonDetails, RoleDetails
from caseflow.features.people.service import add_person, add_relation
from caseflow.models import CasePerson, LifeStatus, PersonKind, RelationKind
from caseflow.unit_of_work import UnitOfWork

VICTIM: Final = ("victim",)
VICTIM_AND_AUTHOR: Final = ("victim", "author")


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """A person of a case. `of` is the relation to the first person of the case, such as that the first is the parent."""

    roles: tuple[str, ...]
    description: str
    name: str = ""
    phone: str = ""
    kind: PersonKind = PersonKind.INDIVIDUAL
    size: int | None = None
    is_child: bool | None = None
    life_status: LifeStatus | None = None
    is_affected: bool | None = True
    is_within_jurisdiction: bool | None = True
    is_identified: bool | None = None
    of: RelationKind | None = None


def _child(description: str, name: str) -> PersonPlan:
    return PersonPlan(VICTIM, description, name, is_child=True, of=RelationKind.PARENT)


def _group(description: str, size: int, kind: PersonKind = PersonKind.COMMUNITY) -> PersonPlan:
    return PersonPlan(VICTIM, description, kind=kind, size=size, is_identified=False)


def _helper(role: str, description: str, name: str = "", phone: str = "") -> PersonPlan:
    return PersonPlan((role,), description, name, phone, is_affected=None, is_within_jurisdiction=None)


PEOPLE: Final[Mapping[str, tuple[PersonPlan, ...]]] = {
    "Mother with three children to be evicted without alternative housing": (
        PersonPlan(VICTIM_AND_AUTHOR, "mother of three", "Amaya Lerín Osoro", "+34 600 000 101"),
        _child("daughter, 11 years", "Nerea Lerín"),
        _child("son, 7 years", "Ibai Lerín"),
        _child("son, 2 years", "Unax Lerín"),
        _helper("representative", "lawyer of the tenants' union", "Gorka Zubialde"),
        _helper("perpetrator", "heirs of the owner"),
        _helper("authority", "social services of the city"),
    ),
    "Windowless room let to a couple without electricity": (
        PersonPlan(VICTIM, "tenant of the room", "Ilse Marchante"),
        PersonPlan(VICTIM, "husband", "Doru Marchante", of=RelationKind.SPOUSE),
    ),
    "Foreclosure on a family home after notices never delivered": (
        PersonPlan(VICTIM_AND_AUTHOR, "owner of the flat, unemployed", "Rufino Almansa Tello", "+34 600 000 102"),
        PersonPlan(VICTIM, "wife", "Delia Carbonero", of=RelationKind.SPOUSE),
        _helper("perpetrator", "the bank"),
    ),
    "Tenant of 81 evicted at the end of a lease by an investment fund": (
        PersonPlan(VICTIM_AND_AUTHOR, "tenant, 81 years", "Consuelo Marchena", "+34 600 000 103"),
        _helper("witness", "neighbour on the same floor", "Eladio Roca"),
        # Recorded a second time, by a colleague: he is the spokesman of the settlement below.
        _helper("source", "man who knows both evictions", "Ndour, Idrissa", "600 000 104"),
    ),
    "Settlement of forty huts demolished at dawn": (
        _group("households of day labourers", 40, PersonKind.HOUSEHOLD),
        PersonPlan(VICTIM_AND_AUTHOR, "spokesman of the settlement", "Idrissa Ndour", "+34 600 000 104"),
        _helper("source", "journalist who filmed the demolition"),
    ),
    "Eviction of a couple suspended, then carried out against interim measures": (
        PersonPlan(VICTIM_AND_AUTHOR, "man, 58 years", "Celso Barrondo", "+34 600 000 105"),
        PersonPlan(VICTIM, "woman, 55 years", "Mercedes Ayllón", of=RelationKind.SPOUSE),
    ),
    "Girl kept out of school for want of a residence paper": (
        PersonPlan(VICTIM_AND_AUTHOR, "mother, without residence permit", "Fatou Camara", "+34 600 000 106"),
        _child("girl, 9 years", "Mariama Camara"),
        # Recorded a second time: the mother, who called again.
        _helper("source", "woman who called about the school", "Fatou Câmara", "600 000 106"),
    ),
    "Widow's pension recovered in full after an error of the office": (
        PersonPlan(VICTIM_AND_AUTHOR, "widow, 74 years", "Herminia Salvatierra", "+34 600 000 107"),
        # Not the same, although she has the same name (`duplicates.py`).
        _helper("witness", "cousin of the same name, 51 years", "Herminia Salvatierra"),
    ),
    "Women in labour turned away from a rural hospital": (
        PersonPlan(VICTIM_AND_AUTHOR, "lost her child on the road", "Nina Quishpe", "+593 90 000 0108"),
        PersonPlan(VICTIM, "second woman", "Zoila Guamán"),
        PersonPlan(VICTIM, "died after the birth", "Luz Toaquiza", life_status=LifeStatus.DEAD),
        PersonPlan(("author",), "sister of the dead woman", "Marta Toaquiza", is_affected=None),
    ),
    "School of a hamlet closed, eleven children walk three hours": (
        PersonPlan(("author",), "mother of two of the children", "Blanca Chuquimarca", "+593 90 000 0109"),
        _group("the pupils of the hamlet", 11),
    ),
    "Follow-up of Views on evictions without alternative housing": (
        PersonPlan(VICTIM_AND_AUTHOR, "woman, evicted with her son", "Adela Fontán", "+34 600 000 110"),
    ),
    "Roma settlement without water, claim unanswered for five years": (
        _group("the settlement", 60),
        PersonPlan(VICTIM_AND_AUTHOR, "elected speaker of the settlement", "Janko Hudorović"),
    ),
}


def add_people_of(uow: UnitOfWork, case: EditableCase) -> list[CasePerson]:
    """Record the people of a demo case, and how they are related to the first of them."""
    added: list[CasePerson] = []
    for one in PEOPLE.get(case.title, ()):
        person = PersonDetails(kind=one.kind, size=one.size, is_child=one.is_child, life_status=one.life_status)
        role = RoleDetails(
            roles=one.roles,
            description=one.description,
            is_affected=one.is_affected,
            is_within_jurisdiction=one.is_within_jurisdiction,
            is_identified=one.is_identified,
        )
        added.append(add_person(uow, case, person, role, IdentityDetails(name=one.name, phone=one.phone)))
        if one.of is not None:
            add_relation(uow, case, NewRelation(person_id=added[0].id, other_id=added[-1].id, kind=one.of))
        uow.flush()
    return added
