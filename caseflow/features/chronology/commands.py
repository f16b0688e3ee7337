"""What the chronology can be asked for."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which entries are wanted: of these kinds (none for all), and of one claim or remedy."""

    kinds: frozenset[str] = frozenset()
    claim_id: UUID | None = None
    remedy_id: UUID | None = None
