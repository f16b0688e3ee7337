"""The lengths of texts are checked before the database, which would refuse a whole transaction without naming the field."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, String, Text, event, inspect
from sqlalchemy.orm import Mapper, Session

from caseflow.db.base import LONGEST_LINE, WIDTH_OF_A_LINE
from caseflow.errors import Invalid


@event.listens_for(Session, "before_flush")
def check_lengths(session: Session, _context: object, _rows: object) -> None:
    """Check the changed texts of all rows that would be written.

    Raises:
        Invalid: at the field, if a text is too long.
    """
    for row in (*session.new, *session.dirty):
        for name, most in _limits(inspect(row).mapper).items():
            for text in _changed(row, name):
                if len(text) > most:
                    raise Invalid(
                        "Nothing was saved: %(field)s has %(length)s characters, and at most %(most)s fit.",
                        {name: "Use at most %(most)s characters. You have entered %(length)s."},
                        values={"field": name, "length": len(text), "most": most},
                    )


@cache
def _limits(model: Mapper[Any]) -> dict[str, int]:
    """Return the longest text of each column of a model by its name. A line is as long as the boxes of pages let it be."""
    found = {}
    for attribute in model.column_attrs:
        kind = attribute.columns[0].type
        kind = kind.item_type if isinstance(kind, ARRAY) else kind
        if isinstance(kind, String) and not isinstance(kind, Text) and kind.length:
            found[attribute.key] = LONGEST_LINE if kind.length == WIDTH_OF_A_LINE else kind.length
    return found


def _changed(row: object, name: str) -> Iterator[str]:
    values: list[Any] = list(inspect(row).attrs[name].history.added or ())
    for value in values:
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
