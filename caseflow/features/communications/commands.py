"""Commands for the service of the docket."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseflow.models import Awaited, FilingChannel, LetterDirection, LetterKind, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDetails:
    """The fields of a letter. `version` is that of the row when the form was drawn; None for a new one."""

    version: int | None = None
    kind: LetterKind
    direction: LetterDirection
    registration_number: str = ""
    dated_on: date
    received_on: date | None = None
    channel: FilingChannel | None = None
    asks: str = ""
    awaited: Awaited | None = None
    due_on: date | None = None
    answers: tuple[UUID, ...] = ()
    """The letters that this one answers."""
    evidence_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """That a letter needs no answer, with the reason; without one it waits for an answer again."""

    version: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A letter that was entered by mistake, with the reason."""

    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveByDocket:
    """The stage that the docket proposes. `version` is that of the case when the page was drawn."""

    version: int
    to: Stage
