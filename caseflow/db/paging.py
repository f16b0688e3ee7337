"""Keyset pagination: lists that grow are read page by page, by key and not by offset."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list that is ordered by a day or moment and an id: a page begins behind it, or ends before it.

    Written into addresses as `<day or moment>_<id>`, with `<` in front when it is read backwards.
    """

    value: date | datetime
    id: UUID
    is_backwards: bool = False

    def __str__(self) -> str:
        return f"{'<' if self.is_backwards else ''}{self.value.isoformat()}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a cursor from an address; None for nothing or for what somebody made up: the list then begins at its start."""
        value, _, row_id = text.lstrip("<").partition("_")
        try:
            return cls(_read(value), UUID(row_id), is_backwards=text.startswith("<"))
        except ValueError:
            return None


def _read(value: str) -> date | datetime:
    if len(value) == len("2026-01-31"):
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
