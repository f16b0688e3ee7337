"""What services of cases take. Forms fill them, imports and the demo build them."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from caseflow.law.dates import UncertainDate
from caseflow.models import Confidentiality, Stage, Urgency


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class ClaimDetails:
    """One claim: rights, types of violation, and what arts. 3(1) and 4 of the Protocol ask about it."""

    version: int | None
    rights: tuple[str, ...]
    violation_types: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    label: str = ""
    disadvantage: str = ""
    general_importance: str = ""
    delay_claimed: bool = False
    delay_since: UncertainDate | None = None
    delay_explanation: str = ""


@dataclass(frozen=True, slots=True)
class ActDetails:
    """One act behind a claim."""

    version: int | None
    what: str
    began: UncertainDate | None = None
    ended: UncertainDate | None = None
    is_continuing: bool = False
    continuing_reason: str = ""
    is_attributable: bool | None = None


@dataclass(frozen=True, slots=True)
class ProcedureDetails:
    """One filing before another international body, or an earlier one before the Committee."""

    version: int | None
    body: str
    status: str | None = None
    file_number: str = ""
    began: UncertainDate | None = None
    ended: UncertainDate | None = None
    same_persons: bool | None = None
    same_facts: bool | None = None
    same_rights: bool | None = None
    has_anything_new: bool | None = None


@dataclass(frozen=True, slots=True)
class MoveCase:
    """A move along the stages."""

    version: int
    to: Stage
    reason: str = ""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list: the case after or before which a page begins."""

    opened_on: date
    case_id: UUID
    is_backwards: bool = False

    def __str__(self) -> str:
        return f"{'<' if self.is_backwards else '>'}{self.opened_on.isoformat()}_{self.case_id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Read a cursor from an address; anything unreadable is the beginning of the list."""
        try:
            day, _, case_id = text[1:].partition("_")
            return cls(date.fromisoformat(day), UUID(case_id), is_backwards=text[0] == "<")
        except (ValueError, IndexError):
            return None


@dataclass(frozen=True, slots=True)
class Window:
    """Which page of the list is asked for."""

    cursor: Cursor | None = None
    size: int = 50
    count_up_to: int = field(default=1000)
    """How far the total is counted: beyond it the page says "more than"."""
