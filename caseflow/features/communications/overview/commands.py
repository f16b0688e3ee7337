"""The lines of lists of letters."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from caseflow.models import LetterKind


class Due(StrEnum):
    """By when a letter must be answered, with the name that it has in addresses."""

    OVERDUE = "overdue"
    SOON = "soon"
    """Within fourteen days."""
    LATER = "later"
    NO_DAY = "no-day"


@dataclass(frozen=True, slots=True)
class OpenLetter:
    """A letter without an answer."""

    letter_id: UUID
    kind: LetterKind
    dated_on: date
    due_on: date | None
    case_id: UUID
    reference: str
    title: str
    zone: str
    person_id: UUID | None
    person: str | None
    """The owner of the case; None if the reader does not see them."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A case with interim measures in force, and since when."""

    case_id: UUID
    reference: str
    title: str
    since: date
    letter_id: UUID
    person_id: UUID | None
    person: str | None
