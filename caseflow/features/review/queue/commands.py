"""What the queue of reviews is asked for, and its lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from caseflow.models import STAGES_BEFORE_FILING, DeadlineKind, Outlook, ReviewStatus, Stage, Urgency


class QueueView(StrEnum):
    """A part of the queue, with the name that it has in addresses. But for the last, it is what waits for the person."""

    MINE = "mine"
    """The person is asked to review."""
    SIGN = "sign"
    """One person approved against something that stops it, and this one may be the second."""
    CONFIRM = "confirm"
    """Somebody else prepared the filing, and this person may confirm it."""
    ANSWER = "answer"
    """The person's case, or one that they put up for review, with a comment that nobody has answered."""
    FILEABLE = "fileable"
    """Cases of every stage before filing that could be filed while the one-year clock runs."""


FOR_ME = (QueueView.MINE, QueueView.SIGN, QueueView.CONFIRM, QueueView.ANSWER)


class QueueState(StrEnum):
    """How far a case is between its review and its filing."""

    UNASKED = "unasked"
    OPEN = "open"
    HALF_SIGNED = "half-signed"
    RETURNED = "returned"
    APPROVED = "approved"
    CHANGED = "changed"
    PREPARED = "prepared"
    EARLIER = "earlier"
    """Before the review; such a case is in the view of those that could be filed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    """Which part of the queue, for whom and when. An empty filter does not filter."""

    user_id: UUID
    sections: Sequence[UUID]
    """Those in which the person works on cases."""
    approving: Sequence[UUID]
    """Those whose cases the person may approve."""
    view: QueueView | None = None
    state: QueueState | None = None
    section: str = ""
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A case of the queue with its latest review, if the reader sees it."""

    case_id: UUID
    reference: str
    title: str
    section_id: UUID
    zone: str
    stage: Stage
    urgency: Urgency
    owner_id: UUID | None
    due_on: date | None
    """The soonest day that cannot be undone."""
    kind: DeadlineKind | None
    outlook: Outlook | None
    blocking: Sequence[str] | None
    not_confirmed: Sequence[str] | None
    active_at: datetime
    number: int | None
    status: ReviewStatus | None
    asked_at: datetime | None
    changed_at: datetime | None
    reviewer_ids: Sequence[UUID] | None
    is_prepared: bool
    must_fix: int
    """Comments that say what must be fixed and are not resolved."""

    @property
    def is_before_filing(self) -> bool:
        """Return whether something can still be missing for the filing."""
        return self.stage in STAGES_BEFORE_FILING

    @property
    def state(self) -> QueueState:
        """Return how far the case is."""
        if self.stage is Stage.READINESS_REVIEW:
            return _OF_REVIEW.get(self.status, QueueState.UNASKED) if self.status else QueueState.UNASKED
        if self.is_prepared:
            return QueueState.PREPARED
        if self.stage is not Stage.APPROVED:
            return QueueState.EARLIER
        return QueueState.CHANGED if self.changed_at else QueueState.APPROVED


_OF_REVIEW = {
    ReviewStatus.OPEN: QueueState.OPEN,
    ReviewStatus.HALF_SIGNED: QueueState.HALF_SIGNED,
    ReviewStatus.RETURNED: QueueState.RETURNED,
}


@dataclass(frozen=True, slots=True)
class QueuePart:
    """The lines of a page of the queue; how many there are in all on the first one, at most one above a limit."""

    lines: list[QueueLine] = field(default_factory=list)
    total: int = 0
    is_more: bool = False
