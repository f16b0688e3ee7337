"""Which gaps of readiness are open, by a key that stays while the facts of a case change."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select

from caseflow.models import Assessment, Case, Claim
from caseflow.unit_of_work import UnitOfWork

WITHOUT_CLAIM: Final = "claim"
"""Stands for the rule where many rules wait for a first claim."""
MET: Final = "met"


def gap_key(rule: str, claim_id: UUID | None = None, victim: str | None = None) -> str:
    """Return the key of what a rule finds, of a claim and a victim where it is theirs."""
    return f"{rule}:{claim_id or ''}:{victim or ''}"


def parts_of(key: str) -> tuple[str, UUID | None, str]:
    """Return the rule, the claim and the code name of the victim of a key; none of them if it is no key.

    Keys come back from addresses, which people can change.
    """
    rule, _, rest = key.partition(":")
    claim, _, victim = rest.partition(":")
    try:
        return rule, UUID(claim) if claim else None, victim
    except ValueError:
        return "", None, ""


def open_gaps(uow: UnitOfWork, case: Case, claims: Sequence[Claim]) -> frozenset[str] | None:
    """Return the keys of what is not met, not confirmed or arguable in a case, by its stored answer: one statement.

    None once the case is filed: nothing is assessed any more.
    """
    if not case.is_before_filing:
        return None
    found = select(Assessment.findings).where(Assessment.case_id == case.id, Assessment.is_current)
    document: Mapping[str, Sequence[Mapping[str, str]]] | None = uow.session.scalar(found)  # type: ignore[assignment]  # JSONB
    if document is None:
        return None
    ids = {f"claim-{claim.position}": claim.id for claim in claims}
    keys = {
        gap_key(one["rule"], ids.get(one["claim"] or ""), one["victim"])
        for one in document["findings"]
        if one["result"] != MET
    }
    return frozenset(keys if claims else keys | {gap_key(WITHOUT_CLAIM)})
