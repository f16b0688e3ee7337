"""Commands for merging two cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Taken(StrEnum):
    """Which value of two cases stands after a merge."""

    KEPT = "kept"
    MERGED = "merged"
    BOTH = "both"
    """Of a long text: one below the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergingCases:
    """A merge as it was confirmed. `seen` is the digest of all that belonged to both when the page was drawn."""

    reason: str
    seen: str
    taken: Mapping[str, Taken] = field(default_factory=dict)
    """By the names of `planning.CHOICES`; where nothing is said, the case that stays stands."""
