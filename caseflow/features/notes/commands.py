"""Commands for the service of notes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseflow.models import NoteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDetails:
    """The fields of a note. It is on the whole case, or on one claim, remedy, person or piece of evidence.

    `version` is that of the row when the form was drawn; None for a new one.
    """

    version: int | None = None
    kind: NoteKind
    text: str
    held_on: date | None = None
    claim_id: UUID | None = None
    domestic_remedy_id: UUID | None = None
    person_id: UUID | None = None
    evidence_id: UUID | None = None
