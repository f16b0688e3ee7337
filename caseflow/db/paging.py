"""Lists that grow are read page by page, by key and not by number."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list ends: the next one begins behind it. Written into addresses as `<moment>_<id>`."""

    moment: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """Read a place; None for nothing or for what somebody made up: the list then begins at its beginning."""
        moment, _, row_id = text.partition("_")
        try:
            read = datetime.fromisoformat(moment)
            return cls(read if read.tzinfo else read.replace(tzinfo=UTC), UUID(row_id))
        except ValueError:
            return None
