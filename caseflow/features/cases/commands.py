"""What services of cases take. Forms fill them, imports and the demo build them."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from caseflow.db.paging import Cursor
from caseflow.law.dates import UncertainDate
from caseflow.models import Confidentiality, Stage, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """The five questions of quick capture, and where the case belongs."""

    section_id: UUID
    state_code: str
    right: str
    title: str
    happened: UncertainDate | None = None
    contact_note: str = ""
    urgency: Urgency = Urgency.NORMAL
    opened_on: date | None = None
    """The day the case was opened; today unless it comes from elsewhere."""
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDescription:
    """What a case is about, as the form of its first panel has it."""

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
    """A move along the stages."""

    version: int
    to: Stage
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilters:
    """What the list is narrowed to. Empty means all."""

    section: str = ""
    state: str = ""
    right: str = ""
    stage: str = ""
    owner: str = ""
    """A user's id, or `none` for cases that wait for an owner."""
    opened_from: date | None = None
    opened_until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which page of the list is asked for."""

    cursor: Cursor | None = None
    size: int = 50
    count_up_to: int = field(default=1000)
    """How far the total is counted: beyond it the page says "more than"."""
