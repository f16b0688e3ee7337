"""What services of deadlines take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from caseflow.models import DeadlineKind

EXPLAINED_ANEW = "explained anew"
"""The date stays and its explanation changed: a newer ruleset, a better sentence. No act of the trail."""
NO_LONGER_APPLIES = "no longer applies"
"""The outcome of a computed deadline whose clock is gone, as it is stored."""


@dataclass(frozen=True, slots=True)
class ComputedDeadline:
    """A last day that the law engine computed from the facts of a case.

    `key` names it within its case (such as `one_year:<claim id>`), so that the same clock is found again when its date
    moves. `basis` holds what explains the date: rule, citation, facts used, sentence. JSON values only.
    """

    kind: DeadlineKind
    key: str
    due_on: date
    claim_id: UUID | None = None
    basis: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mended:
    """What was put right of a computed deadline: the act of the trail (or `EXPLAINED_ANEW`), and the day it is due."""

    what: str
    due_on: date


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """A last day that somebody types: what must be done, and by when."""

    title: str
    due_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A reminder that a sweep holds until its lease ends."""

    reminder_id: UUID
    recipient_id: UUID
    attempts: int
    at: datetime
    """When it was due, or written if that was later: the date of the mail."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list ends: the next one begins behind it. Written into addresses as `<moment>_<id>`."""

    moment: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """Read a place; None for nothing or for what somebody made up: the list then begins at its beginning."""
        moment, _, row_id = text.partition("_")
        try:
            read = datetime.fromisoformat(moment)
            return cls(read if read.tzinfo else read.replace(tzinfo=UTC), UUID(row_id))
        except ValueError:
            return None
