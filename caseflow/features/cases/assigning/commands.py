"""The command for assigning several cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignCases:
    """Several cases, each with the version that the person saw, and who shall own them: None for nobody."""

    versions: Mapping[UUID, int]
    owner_id: UUID | None
