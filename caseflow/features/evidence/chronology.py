"""The dates of evidence, for the chronology."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from caseflow.features.evidence.queries import evidence_of_case
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.law.dates import UncertainDate
from caseflow.models import Case, Evidence
from caseflow.sources import DatedEntry, Term
from caseflow.unit_of_work import UnitOfWork


def chronology(uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return from when each document is, and when it was received: one statement. What is restricted to others is missing."""
    claims = {claim.id: claim.id for claim in case.claims}
    claims |= {act.id: claim.id for claim in case.claims for act in claim.acts}
    claims |= {remedy.id: remedy.claim_id for remedy in uow.cached(remedies_of_case, case)}
    return [entry for one in evidence_of_case(uow, case) for entry in _of_evidence(one, claims)]


def _of_evidence(one: Evidence, claims: Mapping[UUID, UUID]) -> Iterator[DatedEntry]:
    content = one.content
    if content is None or one.removed_at is not None:
        return
    kind: list[str | Term] = [("evidence_kind", one.kind.value)] if one.kind else []
    source: list[str | Term] = [content.source] if content.source else []
    supported = {row.claim_id or row.act_id or row.remedy_id for row in one.supports}
    received = UncertainDate.of(content.received_on) if content.received_on else None
    for name, on, more in (("dated", content.dated, kind), ("received", received, source)):
        if on is not None:
            yield DatedEntry(
                on=on,
                kind="evidence",
                what=f"evidence.{name}",
                subject=content.title or (kind[0] if kind else ""),
                details=(one.label, *(more if content.title or name == "received" else ())),
                claim_ids=frozenset(claims[row_id] for row_id in supported if row_id is not None and row_id in claims),
                remedy_ids=frozenset(row.remedy_id for row in one.supports if row.remedy_id),
                endpoint="evidence.show",
                values={"evidence_id": one.id},
            )
