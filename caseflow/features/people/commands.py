"""Commands for the service of persons."""

from dataclasses import dataclass
from uuid import UUID

from caseflow.models import LifeStatus, PersonKind, RelationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What is recorded of a person or group in every case, without anything that identifies them."""

    version: int | None = None
    kind: PersonKind = PersonKind.INDIVIDUAL
    size: int | None = None
    life_status: LifeStatus | None = None
    is_child: bool | None = None
    lacks_capacity: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDetails:
    """What a person is in one case."""

    version: int | None = None
    roles: tuple[str, ...]
    description: str = ""
    is_within_jurisdiction: bool | None = None
    is_affected: bool | None = None
    affected_how: str = ""
    is_identified: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDetails:
    """What identifies a person. Empty where it is not known."""

    version: int | None = None
    name: str = ""
    other_names: str = ""
    birth_date: str = ""
    number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernedPerson:
    """A person whom a claim concerns, and the harm."""

    case_person_id: UUID
    harm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRelation:
    """What one person of a case is to another."""

    person_id: UUID
    other_id: UUID
    kind: RelationKind
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForWhom:
    """For whom a case is opened, as quick capture asks: a name, and how many people it concerns with that person."""

    name: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of a household, as entered on one line."""

    name: str
    age: int | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHousehold:
    """A household in one pass. `size` counts all who live there, also those who are not listed."""

    members: tuple[Member, ...]
    size: int | None = None
    phone: str = ""
    is_parent: bool = False
    """Whether the first member is the parent of those who are children."""
    is_affected: bool | None = None
    is_within_jurisdiction: bool | None = None
