"""Rows that belong to a claim, what the State objected to, and a note, for the oracle of row security."""

from uuid import UUID

from caseflow.db.base import Base
from caseflow.models import Case, Claim, HousingApplication, Note, NoteKind, OtherTreatyArticle, StateObjection

CHILDREN_OF_CLAIMS = (HousingApplication, Note, OtherTreatyArticle, StateObjection)


def rows_of_claim(case: Case, claim: Claim, user_id: UUID) -> list[Base]:
    """Return a request for housing, articles of another treaty and a note of a claim, and an objection of the State to the case."""
    of_claim = {"case_id": case.id, "claim_id": claim.id}
    return [
        HousingApplication(**of_claim, position=1, authority="Social services"),
        OtherTreatyArticle(**of_claim, position=1, treaty="ICCPR", article="17"),
        Note(**of_claim, kind=NoteKind.CALL, text="She called", written_by_id=user_id),
        StateObjection(case_id=case.id, position=1, ground="exhaustion"),
    ]
