"""Commands for the service of intake."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from caseflow.features.cases.commands import NewCase
from caseflow.features.contacts.commands import ChannelDetails
from caseflow.law.dates import UncertainDate
from caseflow.models import ConsentForm, ConsentScope, ConsentStatus


class ToFirst(StrEnum):
    """What a member of a household is to the first person, who usually calls."""

    CHILD = "child"
    WARD = "ward"
    SPOUSE = "spouse"
    PARENT = "parent"
    CARED_FOR = "cared_for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is searched for before anything is recorded. Name and phone are compared by their keyed digests only."""

    name: str = ""
    phone: str = ""
    state_code: str = ""
    right: str = ""
    place: str = ""
    happened: UncertainDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """One person. `number` is that of the row in the form, from 1, which messages name."""

    number: int
    name: str = ""
    roles: tuple[str, ...]
    is_child: bool | None = None
    to_first: ToFirst | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenConsent:
    """What the first person answered, for each use that was asked for."""

    answers: Mapping[ConsentScope, ConsentStatus] = field(default_factory=dict)
    how: ConsentForm | None = None
    words: str = ""
    for_children: bool = False
    """Whether the person answered for their children and wards too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIntake:
    """A case with its people. `members` has at least the first person, of whom nothing but the role need be known."""

    case: NewCase
    rights: tuple[str, ...]
    """Each becomes a claim."""
    members: tuple[NewMember, ...]
    size: int | None = None
    """How many people it concerns in all, also those who are not listed."""
    consent: SpokenConsent = field(default_factory=SpokenConsent)
    channel: ChannelDetails | None = None
    """How the first person is reached without danger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """Whom one claim concerns in the grid of a case, and the harm to each, by the id of the role."""

    claim_id: UUID
    harm: Mapping[UUID, str]
