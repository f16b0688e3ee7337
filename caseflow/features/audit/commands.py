"""What the page of the audit trail is asked for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailSearch:
    """Entries from a moment until another, which is not included."""

    begins_at: datetime
    ends_at: datetime
    case_id: UUID | None = None
    person_id: UUID | None = None
    action: str = ""
