"""Evidence as facts for the law engine, and where each is entered: of which kind the evidence of each claim is.

A piece counts for a claim that it supports, or whose act or remedy it supports. An authorisation or a proof of consent shows who may
act, not what happened, so it is none of them. That a case has no evidence for a claim means that it is not known: nobody has confirmed
that there is none.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from caseflow import law
from caseflow.features.evidence.queries import Support, supports, supports_of_case
from caseflow.models import Case, EvidenceKind
from caseflow.sources import FactsPart, FieldPlace
from caseflow.unit_of_work import UnitOfWork

OF_PERSONS: Final = frozenset({EvidenceKind.AUTHORISATION, EvidenceKind.CONSENT_PROOF})


def facts(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, FactsPart]:
    """Return the evidence of each claim of cases: one statement, none for a single cached case."""
    one = cases[0] if len(cases) == 1 else None
    rows = uow.cached(supports_of_case, one) if one else supports(uow, [case.id for case in cases])
    found: dict[UUID, list[Support]] = {}
    for row in rows:
        if row.claim_id is not None and row.kind not in OF_PERSONS:
            found.setdefault(row.claim_id, []).append(row)
    once = {claim_id: _each_once(own) for claim_id, own in found.items()}
    return {case.id: _facts(case, once) for case in cases}


def _each_once(rows: Sequence[Support]) -> list[Support]:
    """Return each piece once for each stage that it proves; for the claim itself only if it supports no remedy of it."""
    with_stage = {row.evidence_id for row in rows if row.stage}
    kept = {(row.evidence_id, row.stage): row for row in rows if row.stage or row.evidence_id not in with_stage}
    return list(kept.values())


def _facts(case: Case, found: Mapping[UUID, Sequence[Support]]) -> FactsPart:
    values: dict[UUID, Mapping[str, object]] = {}
    places: dict[str, FieldPlace] = {}
    for number, claim in enumerate(case.claims):
        rows, here = found.get(claim.id, ()), f"/claims/{number}/evidence"
        values[claim.id] = {"evidence": tuple(map(_evidence, rows)) or None}
        places[here] = FieldPlace(
            endpoint="evidence.add", anchor="files", words=("place", "new_evidence"), row_id=claim.id
        )
        places.update({f"{here}/{index}": _place(row) for index, row in enumerate(rows)})
        places.update({f"{here}/{index}/kind": _place(row) for index, row in enumerate(rows)})
    return FactsPart(claims=values, places=places)


def _evidence(row: Support) -> law.Evidence:
    """Return a piece of evidence as the engine takes it. A decision proves the stage of the remedy that it supports."""
    return law.Evidence(kind=row.kind.value if row.kind else None, proves=row.stage)


def _place(row: Support) -> FieldPlace:
    return FieldPlace(
        endpoint="evidence.edit",
        anchor="kind",
        words=("field", "kind"),
        subject=f"E{row.number}",
        ids={"evidence_id": row.evidence_id},
        row_id=row.evidence_id,
    )
