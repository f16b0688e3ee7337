"""The remedies of a case as facts for the law engine, and where each fact is entered.

The page uses the same functions, so that page and engine agree on a ladder.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from caseflow import law
from caseflow.features.people.queries import people_of_case, people_of_cases, victims_of_claim
from caseflow.features.remedies.queries import remedies_of_case, remedies_of_cases
from caseflow.law import UncertainDate
from caseflow.law.ladder import Ladder, ladders, untaken_next_steps
from caseflow.models import Case, CasePerson, DomesticRemedy
from caseflow.sources import FactsPart, FieldPlace
from caseflow.unit_of_work import UnitOfWork

NAMES = (
    "stage", "authority", "kind", "filed", "decided", "notified", "outcome", "raised_right", "could_repair",
    "next_step", "next_step_due", "explanation",
)  # fmt: skip
COLUMNS = {
    **{name: name for name in NAMES},
    "reason": "reason_not_used",
    "documented": "is_documented",
    "victims": "concerns_some",
}
"""Name of a fact in a remedy -> name of the column."""
DATES = frozenset({"filed", "decided", "notified", "next_step_due"})


def facts(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, FactsPart]:
    """Return the remedies of each claim of cases, used and not used: one statement, none for a single cached case.

    Where remedies name their victims, two statements more read the persons of those cases, none for a single cached case.
    """
    if len(cases) == 1:
        remedies, people = uow.cached(remedies_of_case, cases[0]), uow.cached(people_of_case, cases[0])
        return {cases[0].id: _facts(cases[0], remedies, people)}
    found: dict[UUID, list[DomesticRemedy]] = {case.id: [] for case in cases}
    named: dict[UUID, list[CasePerson]] = {}
    for remedy in remedies_of_cases(uow, found):
        found[remedy.case_id].append(remedy)
        if remedy.concerns_some:
            named[remedy.case_id] = []
    for person in people_of_cases(uow, named) if named else ():
        named[person.case_id].append(person)
    return {case.id: _facts(case, found[case.id], named.get(case.id, ())) for case in cases}


def _facts(case: Case, remedies: Sequence[DomesticRemedy], people: Sequence[CasePerson]) -> FactsPart:
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
        victims = victims_of_claim(people, claim)
        values[claim.id] = {
            "remedies": tuple(used_facts(one, victims) for one in used) or (() if unused else None),
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


def used_facts(remedy: DomesticRemedy, victims: Sequence[CasePerson] = ()) -> law.Remedy:
    """Return the facts of a remedy that was used. Of the victims of its claim it names those whom it concerns, unless all."""
    named = set(remedy.person_ids)
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
        victims=tuple(one.code_name for one in victims if one.id in named) if remedy.concerns_some else None,
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


def by_victim(ladder: Sequence[DomesticRemedy], victims: Sequence[CasePerson]) -> list[Sequence[DomesticRemedy]]:
    """Return the ladder of each victim of a claim, equal ones once; the whole ladder where no remedy names its victims."""
    if not victims or not any(remedy.concerns_some for remedy in ladder):
        return [ladder]
    own = (tuple(remedy for remedy in ladder if _concerns(remedy, victim)) for victim in victims)
    return list({tuple(remedy.id for remedy in one): one for one in own}.values())


def _concerns(remedy: DomesticRemedy, victim: CasePerson) -> bool:
    return not remedy.concerns_some or victim.id in remedy.person_ids


def in_order(ladder: Sequence[DomesticRemedy]) -> list[DomesticRemedy]:
    """Return the remedies of one victim, or of a whole claim, that were used, in the order of the law engine."""
    used = [remedy for remedy in ladder if remedy.is_used]
    return [used[step.place] for step in _engine_ladder(_claim(ladder))]


def open_steps(ladder: Sequence[DomesticRemedy], on: date, victims: Sequence[CasePerson] = ()) -> frozenset[UUID]:
    """Return the ids of remedies whose next step is still open on a day for some victim, according to the law engine."""
    return frozenset(remedy_id for one in by_victim(ladder, victims) for remedy_id in _open_steps(one, on))


def _open_steps(ladder: Sequence[DomesticRemedy], on: date) -> list[UUID]:
    used, claim = [remedy for remedy in ladder if remedy.is_used], _claim(ladder)
    return [used[step.place].id for step in untaken_next_steps(_engine_ladder(claim), claim, on)]


def is_awaited(remedy: DomesticRemedy, on: date) -> bool:
    """Return whether the decision on a remedy is unknown or still to come on a day."""
    if remedy.outcome is None and remedy.decided is None and remedy.notified is None:
        return True
    (step,) = _engine_ladder(_claim([remedy]))
    return step.is_pending(on)


def _claim(ladder: Sequence[DomesticRemedy]) -> law.Claim:
    """Return a claim with a ladder that is that of everybody whom it concerns."""
    return law.Claim(
        "claim",
        remedies=tuple(replace(used_facts(one), victims=None) for one in ladder if one.is_used),
        remedies_not_used=tuple(unused_facts(one) for one in ladder if not one.is_used),
    )


def _engine_ladder(claim: law.Claim) -> Ladder:
    ((_, steps),) = ladders(law.CaseFacts(claims=(claim,)), 0, claim)
    return steps
