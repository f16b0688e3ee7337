"""What the pages of a section are asked for, and the lines of its lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from caseflow.models import DeadlineKind, Stage


class Block(StrEnum):
    """A list of the page, with the name that it has in addresses."""

    EMERGENCIES = "emergencies"
    IRREVERSIBLE = "cannot-be-undone"
    OVERDUE = "overdue"
    FILEABLE = "can-be-filed"
    OTHER = "other-deadlines"
    """Due within seven days and of a kind that can be made good later."""
    WEEK = "due-this-week"
    """Due within seven days, of any kind."""
    QUIET = "without-activity"
    WITHOUT_CLAIM = "without-claim"
    WITHOUT_STEP = "without-next-step"
    CLOCKS = "clocks"
    """What cannot be undone, in some week."""
    NEARLY_READY = "nearly-ready"
    """Cases that can be filed and lack little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which cases, at which moment. Without sections: all that the acting person sees."""

    sections: tuple[UUID, ...] | None
    at: datetime
    person_id: UUID | None = None
    """Only deadlines for which this person is responsible, or cases that they own."""
    without_person: UUID | None = None
    """Only deadlines for which this person is not responsible."""
    week: int = 0
    """Which week of the clocks, counted from today."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """A deadline, with what its case lacks. The numbers are None once the case is filed."""

    deadline_id: UUID
    kind: DeadlineKind
    title: str
    due_on: date
    due_at: datetime | None
    place_zone: str
    case_id: UUID
    reference: str
    case_title: str
    section_id: UUID
    zone: str
    person_id: UUID | None
    person: str | None
    """None if the reader does not see the person."""
    is_given: bool
    """It was given to a person, and does not follow the owner of the case."""
    is_seen: bool
    seen_by: str | None
    blocking: int | None
    not_confirmed: int | None


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """A case with a threatened act; the deadline is None if no time is recorded."""

    case_id: UUID
    reference: str
    case_title: str
    section_id: UUID
    zone: str
    person_id: UUID | None
    person: str | None
    is_given: bool
    deadline_id: UUID | None
    due_on: date | None
    due_at: datetime | None
    place_zone: str | None
    is_seen: bool


@dataclass(frozen=True, slots=True)
class FileableLine:
    """A case that could be filed before the end of its one-year clock. `blocking` and `not_confirmed` are codes of rules."""

    case_id: UUID
    reference: str
    case_title: str
    section_id: UUID
    zone: str
    stage: Stage
    safe_until: date
    blocking: Sequence[str]
    not_confirmed: Sequence[str]
    person_id: UUID | None
    person: str | None


@dataclass(frozen=True, slots=True)
class InStage:
    """How many cases are in a stage, and how many of them for long."""

    stage: Stage
    number: int
    stuck: int


@dataclass(frozen=True, slots=True)
class StuckCase:
    """A case that has been in its stage for long."""

    case_id: UUID
    reference: str
    case_title: str
    stage: Stage
    since: date
    person_id: UUID | None
    person: str | None
    opened_on: date


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case of a list."""

    case_id: UUID
    reference: str
    case_title: str
    stage: Stage
    opened_on: date
    person_id: UUID | None
    person: str | None
