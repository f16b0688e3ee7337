"""The moves between the stages of a case: which are allowed, who may make them, and what they require.

Buttons, checks and tests use this table.
"""

from dataclasses import dataclass
from enum import StrEnum

from caseflow.access import Permission
from caseflow.models import STAGES_AFTER_FILING, STAGES_BEFORE_FILING, Stage


class Needs(StrEnum):
    """What a move requires."""

    CLAIM = "claim"
    """At least one claim with a right."""
    REMEDY = "remedy"
    """At least one domestic remedy recorded: used, or not used with a reason."""
    REASON = "reason"
    """The person gives a reason."""
    SIGN_OFF = "sign_off"
    """A version of the case is approved, by people who neither asked for its review nor own the case."""
    FILING = "filing"
    """The filing is recorded, with its day and proof."""
    RECENT_FILING = "recent_filing"
    """The filing was recorded a short time ago: later it is a mistake no longer, but a matter for the Committee."""


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move."""

    start: Stage
    to: Stage
    permission: Permission = Permission.CASE_EDIT
    needs: tuple[Needs, ...] = ()
    page: str = ""
    """Endpoint of the page on which it is made, if it has one of its own."""


S, P = Stage, Permission
_FORWARD = (
    Move(S.INTAKE, S.VERIFICATION),
    Move(S.VERIFICATION, S.DOMESTIC_REMEDIES, needs=(Needs.CLAIM,)),
    Move(S.DOMESTIC_REMEDIES, S.READINESS_REVIEW, needs=(Needs.CLAIM, Needs.REMEDY)),
    Move(S.READINESS_REVIEW, S.DOMESTIC_REMEDIES),
    Move(S.READINESS_REVIEW, S.APPROVED, P.CASE_APPROVE, (Needs.CLAIM, Needs.REMEDY, Needs.SIGN_OFF), "review.show"),
    Move(S.APPROVED, S.READINESS_REVIEW, P.CASE_APPROVE, (Needs.REASON,)),
    Move(S.APPROVED, S.FILED, P.CASE_APPROVE, (Needs.SIGN_OFF, Needs.FILING), "filings.record"),
    Move(S.FILED, S.APPROVED, P.CASE_APPROVE, (Needs.REASON, Needs.RECENT_FILING), "filings.take_back"),
    Move(S.FILED, S.REGISTERED, P.CASE_APPROVE),
    Move(S.REGISTERED, S.PENDING, P.CASE_APPROVE),
    Move(S.PENDING, S.DECIDED, P.CASE_APPROVE),
    Move(S.DECIDED, S.FOLLOW_UP, P.CASE_APPROVE),
    Move(S.FOLLOW_UP, S.CLOSED, P.CASE_APPROVE, (Needs.REASON,)),
    Move(S.DECIDED, S.CLOSED, P.CASE_APPROVE, (Needs.REASON,)),
)
_ENDING = (
    *(Move(stage, S.CLOSED_WITHOUT_FILING, P.CASE_APPROVE, (Needs.REASON,)) for stage in STAGES_BEFORE_FILING),
    *(
        Move(stage, to, P.CASE_EDIT, (Needs.REASON,))
        for stage in STAGES_BEFORE_FILING + STAGES_AFTER_FILING
        for to in (S.SUSPENDED, S.WITHDRAWN)
    ),
    *(Move(stage, S.REFERRED, P.CASE_APPROVE, (Needs.REASON,)) for stage in STAGES_BEFORE_FILING),
)
_REOPENING = (
    *(
        # Only to the stage it was suspended from (`Case.suspended_from`): so suspending can't bypass an approval.
        Move(S.SUSPENDED, stage, P.CASE_EDIT, (Needs.REASON,))
        for stage in STAGES_BEFORE_FILING + STAGES_AFTER_FILING
    ),
    *(
        Move(stage, S.VERIFICATION, P.CASE_APPROVE, (Needs.REASON,))
        for stage in (S.CLOSED_WITHOUT_FILING, S.WITHDRAWN, S.REFERRED)
    ),
)
_ORDER = tuple(Stage)
MOVES = (*_FORWARD, *_ENDING, *_REOPENING)


def moves_from(stage: Stage) -> list[Move]:
    """Return the moves from a stage, in the order in which pages offer them."""
    return [move for move in MOVES if move.start == stage]


def is_forward(move: Move) -> bool:
    """Return whether a move takes a case on along its way."""
    return move in _FORWARD and _ORDER.index(move.to) > _ORDER.index(move.start)


def find_move(start: Stage, to: Stage) -> Move | None:
    """Return the move between two stages, or None if it is not allowed."""
    return next((move for move in MOVES if move.start == start and move.to == to), None)
