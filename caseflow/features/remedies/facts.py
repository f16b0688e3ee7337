"""Steps of a ladder as the law engine takes them, so that the page and the engine can't tell two stories of one ladder."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from caseflow import law
from caseflow.law import UncertainDate
from caseflow.law.ladder import Ladder, ladders, untaken_next_steps
from caseflow.models import DomesticRemedy


def used_facts(remedy: DomesticRemedy) -> law.Remedy:
    """Return a step that was used."""
    return law.Remedy(
        stage=remedy.stage,
        authority=remedy.authority or None,
        kind=remedy.kind.value,
        filed=remedy.filed,
        decided=remedy.decided,
        notified=remedy.notified,
        outcome=remedy.outcome,
        raised_right=remedy.raised_right,
        could_repair=remedy.could_repair,
        next_step=remedy.next_step,
        next_step_due=UncertainDate.of(remedy.next_step_due) if remedy.next_step_due else None,
    )


def unused_facts(remedy: DomesticRemedy) -> law.RemedyNotUsed:
    """Return a step that was not used."""
    return law.RemedyNotUsed(
        stage=remedy.stage,
        kind=remedy.kind.value,
        reason=remedy.reason_not_used,
        explanation=remedy.explanation or None,
        documented=remedy.is_documented,
    )


def in_order(ladder: Sequence[DomesticRemedy]) -> list[DomesticRemedy]:
    """Return the steps that were used, in the order in which the law engine takes them."""
    used = [remedy for remedy in ladder if remedy.is_used]
    return [used[step.place] for step in _engine_ladder(_claim(ladder))]


def open_steps(ladder: Sequence[DomesticRemedy], on: date) -> frozenset[UUID]:
    """Return the ids of the steps whose next step is still to be taken on a day, as the law engine finds them."""
    used, claim = [remedy for remedy in ladder if remedy.is_used], _claim(ladder)
    return frozenset(used[step.place].id for step in untaken_next_steps(_engine_ladder(claim), claim, on))


def is_awaited(remedy: DomesticRemedy, on: date) -> bool:
    """Tell whether the decision on a step is still to come on a day, or nothing is known of it."""
    if remedy.outcome is None and remedy.decided is None and remedy.notified is None:
        return True
    (step,) = _engine_ladder(_claim([remedy]))
    return step.is_pending(on)


def _claim(ladder: Sequence[DomesticRemedy]) -> law.Claim:
    return law.Claim(
        "claim",
        remedies=tuple(used_facts(one) for one in ladder if one.is_used),
        remedies_not_used=tuple(unused_facts(one) for one in ladder if not one.is_used),
    )


def _engine_ladder(claim: law.Claim) -> Ladder:
    ((_, steps),) = ladders(law.CaseFacts(claims=(claim,)), 0, claim)
    return steps
