"""Keyset pagination: lists that grow are read page by page, by key and not by offset."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """The last row of a page; the next page begins after it. Written into addresses as `<moment>_<id>`."""

    moment: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """Parse a place; None if it is empty or invalid, and the list then begins at its first page."""
        moment, _, row_id = text.partition("_")
        try:
            read = datetime.fromisoformat(moment)
            return cls(read if read.tzinfo else read.replace(tzinfo=UTC), UUID(row_id))
        except ValueError:
            return None
