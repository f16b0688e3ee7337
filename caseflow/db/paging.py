"""Keyset pagination: lists that grow are read page by page, by key and not by offset."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list that is ordered by a day or moment and an id: a page begins behind it, or ends before it.

    Written into addresses as `<day or moment>_<id>`, with `<` in front when it is read backwards. A list that is ordered by
    two days has the second one as `then`, written as `<day>,<day>_<id>`.
    """

    value: date | datetime
    id: UUID
    is_backwards: bool = False
    then: date | None = None

    def __str__(self) -> str:
        then = f",{self.then.isoformat()}" if self.then else ""
        return f"{'<' if self.is_backwards else ''}{self.value.isoformat()}{then}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a cursor from an address; None for nothing or for what somebody made up: the list then begins at its start."""
        values, _, row_id = text.lstrip("<").partition("_")
        value, _, second = values.partition(",")
        try:
            then = date.fromisoformat(second) if second else None
            return cls(_read(value), UUID(row_id), is_backwards=text.startswith("<"), then=then)
        except ValueError:
            return None


def _read(value: str) -> date | datetime:
    if len(value) == len("2026-01-31"):
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
