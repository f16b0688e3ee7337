"""Commands of uploads in parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from caseflow.features.evidence.commands import Arrived, NewEvidence
from caseflow.storage import Incoming


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """A file that is about to be sent. `beginning`: the SHA-256 of its first bytes, in hexadecimal digits."""

    name: str
    size: int | None
    beginning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a file, as it was sealed on arrival, and where in the file it begins."""

    start: int
    incoming: Incoming


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFiles:
    """Files that are to become evidence: those that came with the form, and those that were sent in parts."""

    files: Sequence[Arrived]
    upload_ids: Sequence[UUID]
    new: NewEvidence
