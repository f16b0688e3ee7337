"""What is compared of two cases, and what is found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from caseflow.law.dates import UncertainDate


class SameEvent(StrEnum):
    """Why two cases may be about the same event."""

    PERSON = "person"
    PLACE = "place"
    NAMED_PLACE = "named_place"
    DAY = "day"
    TEXT = "text"
    RIGHT = "right"
    STATE = "state"


WEIGHTS: Final[Mapping[SameEvent, int]] = {
    SameEvent.PERSON: 8,
    SameEvent.PLACE: 3,
    SameEvent.NAMED_PLACE: 3,
    SameEvent.DAY: 3,
    SameEvent.TEXT: 3,
    SameEvent.RIGHT: 1,
    SameEvent.STATE: 1,
}
"""How much a reason says. Each but a right and the State says much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is known of an event: from a case, or from what somebody asks for before there is one."""

    state_code: str = ""
    district: str = ""
    region: str = ""
    happened: UncertainDate | None = None
    rights: Sequence[str] = ()
    text: str = ""
    """Title and narrative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvent(Event):
    """The event of a case."""

    id: UUID
    section_id: UUID
    reference: str
    title: str
    opened_on: date

    @property
    def order(self) -> tuple[date, UUID]:
        """Return its place in the list, in which the latest come first."""
        return self.opened_on, self.id


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with the values that its words name."""

    what: SameEvent
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """Return how much it says."""
        return WEIGHTS[self.what]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The reasons for which two events may be the same."""

    reasons: Sequence[Reason]
    speaks_against: int = 0
    """Weight of what speaks against it."""

    @property
    def weight(self) -> int:
        """Return how much speaks for it."""
        return sum(one.weight for one in self.reasons) - self.speaks_against
