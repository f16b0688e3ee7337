"""The acts of claims, and requests for housing, for the chronology."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from caseflow.models import Act, Case, Claim, HousingApplication
from caseflow.sources import DatedEntry, Term
from caseflow.unit_of_work import UnitOfWork

PLACE: Final = {"page": "facts"}
CONTINUES: Final[Term] = ("chronology", "act.continues")


def chronology(_uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return the beginning and the end of acts, requests for housing and their answers, and since when there is delay. No statement."""
    return [entry for claim in case.claims for entry in _of_claim(claim)]


def _of_claim(claim: Claim) -> Iterator[DatedEntry]:
    of_claim: dict[str, Any] = {"claim_ids": frozenset({claim.id}), "values": PLACE}
    for act in claim.acts:
        yield from _of_act(act, {**of_claim, "kind": "act", "subject": act.what, "anchor": f"act-{act.id}"})
    for asked in claim.housing_applications:
        yield from _of_housing(asked, {**of_claim, "kind": "housing", "anchor": f"housing-{asked.id}"})
    if claim.delay_claimed and claim.delay_since is not None:
        yield DatedEntry(
            on=claim.delay_since, kind="remedy", what="claim.delay_since", anchor=f"delay-{claim.id}", **of_claim
        )


def _of_act(act: Act, shared: dict[str, Any]) -> Iterator[DatedEntry]:
    is_of_one_day = act.began is not None and act.began == act.ended and not act.began.is_vague
    if act.began is not None:
        details = (CONTINUES,) if act.is_continuing and act.ended is None else ()
        yield DatedEntry(on=act.began, what="act.on" if is_of_one_day else "act.began", details=details, **shared)
    if act.ended is not None and not is_of_one_day:
        yield DatedEntry(on=act.ended, what="act.ended", **shared)


def _of_housing(asked: HousingApplication, shared: dict[str, Any]) -> Iterator[DatedEntry]:
    if asked.applied is not None:
        yield DatedEntry(on=asked.applied, what="housing.applied", subject=asked.authority, **shared)
    if asked.answered is not None:
        answer: tuple[Term, ...] = (("housing_answer", asked.answer),) if asked.answer else ()
        yield DatedEntry(on=asked.answered, what="housing.answered", subject=asked.authority, details=answer, **shared)
