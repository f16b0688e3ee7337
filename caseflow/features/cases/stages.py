"""The life of a case as data: which moves are allowed, who may make each, and what must be true first.

Buttons, checks and tests come from this table.
"""

from dataclasses import dataclass
from enum import StrEnum

from caseflow.access import Permission
from caseflow.models import STAGES_AFTER_FILING, STAGES_BEFORE_FILING, Stage


class Needs(StrEnum):
    """What must be true of a case before a move."""

    CLAIM = "claim"
    """At least one claim with a right."""
    REMEDY = "remedy"
    """At least one domestic remedy recorded: used, or not used with a reason."""
    REASON = "reason"
    """The person says why."""


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move."""

    start: Stage
    to: Stage
    permission: Permission = Permission.CASE_EDIT
    needs: tuple[Needs, ...] = ()


S, P = Stage, Permission
_FORWARD = (
    Move(S.INTAKE, S.VERIFICATION),
    Move(S.VERIFICATION, S.DOMESTIC_REMEDIES, needs=(Needs.CLAIM,)),
    Move(S.DOMESTIC_REMEDIES, S.READINESS_REVIEW, needs=(Needs.CLAIM, Needs.REMEDY)),
    Move(S.READINESS_REVIEW, S.DOMESTIC_REMEDIES),
    Move(S.READINESS_REVIEW, S.APPROVED, P.CASE_APPROVE, (Needs.CLAIM, Needs.REMEDY)),
    Move(S.APPROVED, S.READINESS_REVIEW, P.CASE_APPROVE, (Needs.REASON,)),
    Move(S.APPROVED, S.FILED, P.CASE_APPROVE),
    Move(S.FILED, S.REGISTERED, P.CASE_APPROVE),
    Move(S.REGISTERED, S.PENDING, P.CASE_APPROVE),
    Move(S.PENDING, S.DECIDED, P.CASE_APPROVE),
    Move(S.DECIDED, S.FOLLOW_UP, P.CASE_APPROVE),
    Move(S.FOLLOW_UP, S.CLOSED, P.CASE_APPROVE, (Needs.REASON,)),
    Move(S.DECIDED, S.CLOSED, P.CASE_APPROVE, (Needs.REASON,)),
)
_OUT = (
    *(Move(stage, S.CLOSED_WITHOUT_FILING, P.CASE_APPROVE, (Needs.REASON,)) for stage in STAGES_BEFORE_FILING),
    *(
        Move(stage, to, P.CASE_EDIT, (Needs.REASON,))
        for stage in STAGES_BEFORE_FILING + STAGES_AFTER_FILING
        for to in (S.SUSPENDED, S.WITHDRAWN)
    ),
    *(Move(stage, S.REFERRED, P.CASE_APPROVE, (Needs.REASON,)) for stage in STAGES_BEFORE_FILING),
)
_BACK = (
    *(
        # Only to the stage it was suspended from (`Case.suspended_from`): suspending is no way round an approval.
        Move(S.SUSPENDED, stage, P.CASE_EDIT, (Needs.REASON,))
        for stage in STAGES_BEFORE_FILING + STAGES_AFTER_FILING
    ),
    *(
        Move(stage, S.VERIFICATION, P.CASE_APPROVE, (Needs.REASON,))
        for stage in (S.CLOSED_WITHOUT_FILING, S.WITHDRAWN, S.REFERRED)
    ),
)
MOVES = (*_FORWARD, *_OUT, *_BACK)


def moves_from(stage: Stage) -> list[Move]:
    """Return the moves that leave a stage, in the order in which they are offered."""
    return [move for move in MOVES if move.start == stage]


def find_move(start: Stage, to: Stage) -> Move | None:
    """Return the move between two stages, if it is allowed at all."""
    return next((move for move in MOVES if move.start == start and move.to == to), None)
