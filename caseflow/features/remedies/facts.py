"""The remedies of a case as facts for the law engine, and where each fact is entered.

The page uses the same functions, so that page and engine agree on a ladder.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from caseflow import law
from caseflow.features.remedies.queries import remedies_of_case, remedies_of_cases
from caseflow.law import UncertainDate
from caseflow.law.ladder import Ladder, ladders, untaken_next_steps
from caseflow.models import Case, DomesticRemedy
from caseflow.sources import FactsPart, FieldPlace
from caseflow.unit_of_work import UnitOfWork

NAMES = (
    "stage", "authority", "kind", "filed", "decided", "notified", "outcome", "raised_right", "could_repair",
    "next_step", "next_step_due", "explanation",
)  # fmt: skip
COLUMNS = {**{name: name for name in NAMES}, "reason": "reason_not_used", "documented": "is_documented"}
"""Name of a fact in a remedy -> name of the column."""
DATES = frozenset({"filed", "decided", "notified", "next_step_due"})


def facts(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, FactsPart]:
    """Return the remedies of each claim of cases, used and not used: one statement, none for a single cached case."""
    if len(cases) == 1:
        return {cases[0].id: _facts(cases[0], uow.cached(remedies_of_case, cases[0]))}
    found: dict[UUID, list[DomesticRemedy]] = {case.id: [] for case in cases}
    for remedy in remedies_of_cases(uow, found):
        found[remedy.case_id].append(remedy)
    return {case.id: _facts(case, found[case.id]) for case in cases}


def _facts(case: Case, remedies: Sequence[DomesticRemedy]) -> FactsPart:
    values: dict[UUID, Mapping[str, object]] = {}
    places: dict[str, FieldPlace] = {}
    for number, claim in enumerate(case.claims):
        own = [remedy for remedy in remedies if remedy.claim_id == claim.id]
        used, unused = [one for one in own if one.is_used], [one for one in own if not one.is_used]
        for name, rows in (("remedies", used), ("remedies_not_used", unused)):
            here = f"/claims/{number}/{name}"
            places[here] = FieldPlace(
                endpoint="remedies.add",
                anchor="stage",
                words=("place", "new_remedy"),
                ids={"claim_id": claim.id},
                row_id=claim.id,
            )
            for index, remedy in enumerate(rows):
                places[f"{here}/{index}"] = _place(remedy, "stage")
                places.update({f"{here}/{index}/{fact}": _place(remedy, column) for fact, column in COLUMNS.items()})
        values[claim.id] = {
            "remedies": tuple(map(used_facts, used)) or (() if unused else None),
            "remedies_not_used": tuple(map(unused_facts, unused)),
        }
    return FactsPart(claims=values, places=places)


def _place(remedy: DomesticRemedy, column: str) -> FieldPlace:
    return FieldPlace(
        endpoint="remedies.edit",
        anchor=f"{column}-day" if column in DATES else column,
        words=("field", column),
        subject=(remedy.is_used and remedy.authority) or ("remedy_stage", remedy.stage),
        subject_in=None if remedy.is_used else ("place", "unused_remedy"),
        ids={"remedy_id": remedy.id},
        row_id=remedy.id,
    )


def used_facts(remedy: DomesticRemedy) -> law.Remedy:
    """Return the facts of a remedy that was used."""
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
    """Return the facts of a remedy that was not used."""
    return law.RemedyNotUsed(
        stage=remedy.stage,
        kind=remedy.kind.value,
        reason=remedy.reason_not_used,
        explanation=remedy.explanation or None,
        documented=remedy.is_documented,
    )


def in_order(ladder: Sequence[DomesticRemedy]) -> list[DomesticRemedy]:
    """Return the remedies that were used, in the order of the law engine."""
    used = [remedy for remedy in ladder if remedy.is_used]
    return [used[step.place] for step in _engine_ladder(_claim(ladder))]


def open_steps(ladder: Sequence[DomesticRemedy], on: date) -> frozenset[UUID]:
    """Return the ids of remedies whose next step is still open on a day, according to the law engine."""
    used, claim = [remedy for remedy in ladder if remedy.is_used], _claim(ladder)
    return frozenset(used[step.place].id for step in untaken_next_steps(_engine_ladder(claim), claim, on))


def is_awaited(remedy: DomesticRemedy, on: date) -> bool:
    """Return whether the decision on a remedy is unknown or still to come on a day."""
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
