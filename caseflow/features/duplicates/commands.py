"""Commands for the service of duplicates."""

from dataclasses import dataclass, field
from uuid import UUID

from caseflow.models import KeptIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeChoices:
    """What is taken from the second person; everything else is that of the first, or of whoever has it."""

    identity: KeptIdentity = KeptIdentity.BOTH
    person: frozenset[str] = field(default_factory=frozenset)
    """Fields of `PERSON_FIELDS`."""
    roles: frozenset[tuple[UUID, str]] = field(default_factory=frozenset)
    """Cases in which both have a role, and fields of `ROLE_FIELDS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """A merge as it was confirmed. `seen` is the digest of all rows of both when the page was drawn."""

    choices: MergeChoices
    seen: str
