"""Commands of flags."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from caseflow.models import FlagKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFlag:
    """What a flag says, and why it is raised."""

    kind: FlagKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagCases:
    """Several cases, and the flag that each of them gets."""

    case_ids: Sequence[UUID]
    flag: NewFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveFlags:
    """Several flags, and what came of all of them."""

    flag_ids: Sequence[UUID]
    resolution: str
