"""Commands for the service of reprisals."""

from dataclasses import dataclass
from uuid import UUID

from caseflow.law.dates import UncertainDate
from caseflow.models import ReportedTo, ReprisalEntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReprisal:
    """What happened, to a person of the case, to somebody else (`whom`), or to both."""

    text: str
    person_id: UUID | None = None
    whom: str = ""
    happened: UncertainDate | None = None
    by_whom: str = ""
    is_continuing: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReprisalEntry:
    """A later entry on what happened; `to_whom` of a report and of a request for protection."""

    kind: ReprisalEntryKind
    text: str
    to_whom: ReportedTo | None = None
    happened: UncertainDate | None = None
