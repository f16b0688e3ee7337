"""A history in words, as the macro `history` shows it for cases and for the register."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a history, in words."""

    what: str
    who: str
    when: str
    changes: Sequence[Change] = ()
