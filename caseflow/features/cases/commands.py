"""Commands for the service of cases. Forms, imports and the demo make them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from caseflow.db.paging import Cursor
from caseflow.law.dates import UncertainDate
from caseflow.models import Confidentiality, Stage, Urgency

WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """The five answers of quick capture, and the section of the case."""

    section_id: UUID
    state_code: str
    right: str
    title: str
    happened: UncertainDate | None = None
    contact_note: str = ""
    place_region: str = ""
    urgency: Urgency = Urgency.NORMAL
    opened_on: date | None = None
    """The day the case was opened; by default today."""
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDescription:
    """The fields of a case that its form edits."""

    version: int
    title: str
    state_code: str
    place_region: str
    place_district: str
    happened: UncertainDate | None
    narrative: str
    urgency: Urgency
    confidentiality: Confidentiality
    lateness_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCase:
    """A move to another stage."""

    version: int
    to: Stage
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySearch:
    """Which entries of the history of a case are wanted; all by default."""

    actions: Collection[str] = ()
    person_id: UUID | None = None
    is_unnamed: bool = False
    """Only those by the application, or by somebody whose name the reader may not see."""
    begins_at: datetime | None = None
    ends_at: datetime | None = None


class ListView(StrEnum):
    """The views of the list: the cases that people look for most often."""

    MINE = "mine"
    DUE = "due"
    FILEABLE = "fileable"
    REVIEW = "review"
    UNOWNED = "unowned"
    QUIET = "quiet"


class Sort(StrEnum):
    """What the list is sorted by."""

    DUE = "due"
    """First the days that cannot be undone, then the others."""
    CLOCK = "clock"
    ACTIVITY = "activity"
    OPENED = "opened"


class Column(StrEnum):
    """The columns of the list besides that of the case."""

    STAGE = "stage"
    CLOCK = "clock"
    DUE = "due"
    MISSING = "missing"
    OWNER = "owner"
    ACTIVE = "active"
    OPENED = "opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilters:
    """Filters of the list. An empty one does not filter."""

    view: ListView | None = None
    on: date | None = None
    """Today, for the view."""
    section: str = ""
    state: str = ""
    right: str = ""
    stage: tuple[str, ...] = ()
    """Any of these stages."""
    owner: str = ""
    """A user's id, `none` for cases without an owner, or `WAITING` for open ones without one who works in their section."""
    urgency: str = ""
    outlook: str = ""
    flag: str = ""
    """A kind of open flag, or `any`."""
    clock_before: date | None = None
    """The one-year clock ends on this day at the latest."""
    active_before: date | None = None
    """Nobody did anything in the case after this day."""
    opened_from: date | None = None
    opened_until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which page of the list to return."""

    sort: Sort = Sort.OPENED
    is_reversed: bool = False
    """Whether the order is the opposite of the usual one: soonest first for days to come, latest first for days that passed."""
    cursor: Cursor | None = None
    size: int = 50
    count_up_to: int = field(default=1000)
    """The total is counted up to this number; beyond it the page says "more than"."""
