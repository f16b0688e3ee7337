"""The command that removes a claim."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveClaim:
    """Why a claim is removed, and which claim gets what belongs to it: None if that is removed with it.

    `seen` is the digest of what the person saw that belongs to it.
    """

    reason: str
    move_to: UUID | None
    seen: str
