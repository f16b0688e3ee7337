"""Moves of cases between their stages."""

from datetime import timedelta

from caseflow.access.policy import may_on_case, require_on_case
from caseflow.clock import now
from caseflow.errors import Invalid, stale
from caseflow.features.cases.commands import MoveCase
from caseflow.features.cases.moves.queries import current_filing, current_review
from caseflow.features.cases.queries import has_remedy, rights_of_claims
from caseflow.features.cases.stages import Move, Needs, find_move, moves_from
from caseflow.models import STAGES_BEFORE_FILING, Case, ReviewStatus, Stage
from caseflow.unit_of_work import UnitOfWork

TAKEN_BACK_WITHIN = timedelta(hours=72)
"""How long the filing of a case can be taken back."""


def allowed_moves(uow: UnitOfWork, case: Case) -> list[Move]:
    """Return the moves that the acting person may make with a case."""
    moves = [move for move in moves_from(case.stage) if case.suspended_from in (None, move.to)]
    allowed = {move.permission: may_on_case(uow.session, uow.actor, move.permission, case) for move in moves}
    return [move for move in moves if allowed[move.permission]]


def move_case(uow: UnitOfWork, case: Case, command: MoveCase) -> Case:
    """Move a case to another stage.

    Raises:
        Invalid: the move is not allowed from here, or something must be true first.
        Forbidden: the role does not allow this move.
        Conflict: somebody saved the case meanwhile.
    """
    if case.version != command.version:
        raise stale(case)
    move = find_move(case.stage, command.to)
    if move is None:
        raise Invalid("The stage was not changed.", {"to": "The case cannot go from its current stage to this one."})
    if case.suspended_from not in (None, command.to):
        raise Invalid("The stage was not changed.", {"to": "A suspended case goes back to the stage it left."})
    require_on_case(uow.session, uow.actor, move.permission, case)
    if problems := _missing_for(uow, case, move, command.reason):
        raise Invalid("The stage was not changed.", problems)
    for check in uow.sources.move_checks:
        check(uow, case, command.to, command.reason)
    before, case.stage = case.stage, command.to
    case.suspended_from = before if command.to is Stage.SUSPENDED else None
    changes: dict[str, list[object]] = {"stage": [before.value, case.stage.value]}
    if command.reason.strip():
        changes["reason"] = [None, command.reason.strip()]
    uow.audit.record("case.moved", case, section_id=case.section_id, case_id=case.id, changes=changes)
    if case.stage in STAGES_BEFORE_FILING and before not in STAGES_BEFORE_FILING:
        _end_filing(uow, case, command.reason.strip())
    if case.stage in STAGES_BEFORE_FILING and case.stage is not Stage.APPROVED:
        _end_review(uow, case, command.reason.strip())
    uow.facts_changed(case.id)
    return case


def _missing_for(uow: UnitOfWork, case: Case, move: Move, reason: str) -> dict[str, str]:
    """Return the requirements of a move that are not met, as messages by field of the form."""
    problems = {}
    if Needs.REMEDY in move.needs and not has_remedy(uow, case.id):
        problems["to"] = "Record a domestic remedy first: used, or not used and why."
    if Needs.CLAIM in move.needs and not rights_of_claims(uow, case.id):
        problems["to"] = "Add a claim with its right first."
    if Needs.REASON in move.needs and not reason.strip():
        problems["reason"] = "Give the reason in one sentence."
    if Needs.SIGN_OFF in move.needs and not _is_signed(uow, case):
        problems["to"] = (
            "Ask for a review of the case first: the case is approved by another person, version by version."
        )
    filing = current_filing(uow, case.id) if {Needs.FILING, Needs.RECENT_FILING} & {*move.needs} else None
    if Needs.FILING in move.needs and filing is None:
        problems["to"] = "Record the filing: its day, its channel and the proof."
    if Needs.RECENT_FILING in move.needs and (filing is None or filing.recorded_at < now() - TAKEN_BACK_WITHIN):
        problems["to"] = "The filing was recorded more than 72 hours ago, so it can no longer be taken back here."
    return problems


def _is_signed(uow: UnitOfWork, case: Case) -> bool:
    review = current_review(uow, case.id)
    return review is not None and review.status is ReviewStatus.SIGNED


def _end_review(uow: UnitOfWork, case: Case, because: str) -> None:
    """End the approval of a case that is not approved any more, and a review that it leaves undecided."""
    review = current_review(uow, case.id)
    if review is None or (case.stage is Stage.READINESS_REVIEW and review.status is not ReviewStatus.SIGNED):
        return
    is_signed = review.status is ReviewStatus.SIGNED
    review.status = ReviewStatus.ENDED if is_signed else ReviewStatus.REPLACED
    review.ended_at, review.ended_by_id, review.ended_because = now(), uow.person.user_id, because
    uow.audit.record("review.ended", review, section_id=case.section_id, case_id=case.id, changes={})


def _end_filing(uow: UnitOfWork, case: Case, because: str) -> None:
    """End the filing of a case that is before filing again; a case that was suspended before filing has none."""
    filing = current_filing(uow, case.id)
    if filing is not None:
        filing.ended_at, filing.ended_because = now(), because
        uow.audit.record("filing.ended", filing, section_id=case.section_id, case_id=case.id)
