"""Rows that belong to a claim, and what the State objected to, for the oracle of row security."""

from caseflow.models import Case, Claim, HousingApplication, OtherTreatyArticle, StateObjection
from caseflow.models.case import CaseChild

CHILDREN_OF_CLAIMS = (HousingApplication, OtherTreatyArticle, StateObjection)


def rows_of_claim(case: Case, claim: Claim) -> list[CaseChild]:
    """Return a request for housing and articles of another treaty of a claim, and an objection of the State to the case."""
    of_claim = {"case_id": case.id, "claim_id": claim.id, "position": 1}
    return [
        HousingApplication(**of_claim, authority="Social services"),
        OtherTreatyArticle(**of_claim, treaty="ICCPR", article="17"),
        StateObjection(case_id=case.id, position=1, ground="exhaustion"),
    ]
