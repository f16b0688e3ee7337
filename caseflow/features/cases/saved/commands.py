"""Commands of saved lists."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSavedList:
    """A list to save: for the person, or with a section for all who work on its cases. `query` is its query string."""

    name: str
    query: str
    section_id: UUID | None = None
