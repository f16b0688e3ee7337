"""The facts document of a case for the law engine, joined from what each feature contributes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from caseflow import law
from caseflow.models import Case
from caseflow.sources import FactsPart, FieldPlace
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """The facts of a case, and where each is entered, by its path."""

    facts: law.CaseFacts
    claim_ids: Mapping[str, UUID]
    """The id of a claim in the document -> the claim's row."""
    places: Mapping[str, FieldPlace]
    fields: frozenset[str]
    """Names of facts for which some feature has a field; facts of a claim as `claims/<name>`."""

    def has_field(self, path: str) -> bool:
        """Return whether the case file has a field for a fact."""
        root, *rest = path.removeprefix("/").split("/")
        return f"claims/{rest[1]}" in self.fields if root == "claims" and len(rest) > 1 else root in self.fields

    def place_of(self, path: str) -> FieldPlace | None:
        """Return where a fact is entered: the place of its path, or of the nearest path above. None without a field."""
        if not self.has_field(path):
            return None
        while path and path not in self.places:
            path = path.rpartition("/")[0]
        return self.places.get(path)


def case_document(uow: UnitOfWork, case: Case) -> CaseDocument:
    """Return the document of a case whose claims, acts and procedures are loaded; cached in the unit of work."""
    return uow.cached(_case_document, case)


def _case_document(uow: UnitOfWork, case: Case) -> CaseDocument:
    return case_documents(uow, [case])[case.id]


def case_documents(uow: UnitOfWork, cases: Sequence[Case]) -> dict[UUID, CaseDocument]:
    """Return the documents of cases, in as many statements as for one. Facts without a field are not known."""
    parts = [source(uow, cases) for source in uow.sources.facts]
    return {case.id: _joined(case, [part[case.id] for part in parts]) for case in cases}


def _joined(case: Case, parts: Sequence[FactsPart]) -> CaseDocument:
    names = {claim.id: f"claim-{claim.position}" for claim in case.claims}
    of_claims = {claim_id: _merged(part.claims.get(claim_id, {}) for part in parts) for claim_id in names}
    claims = tuple(law.Claim(id=names[claim_id], **values) for claim_id, values in of_claims.items())
    of_case = _merged(part.case for part in parts)
    facts = law.CaseFacts(reference=case.reference, claims=claims, **of_case)
    places = _merged(part.places for part in parts)
    fields = {"claims", *of_case, *(f"claims/{name}" for values in of_claims.values() for name in values)}
    return CaseDocument(facts, {name: claim_id for claim_id, name in names.items()}, places, frozenset(fields))


def _merged(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.items()}
