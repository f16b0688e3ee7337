"""Rows that belong to a claim, what the State objected to, a note, a task and a letter, for the oracle of row security."""

from uuid import UUID

from caseflow.clock import today
from caseflow.db.base import Base
from caseflow.models import (
    Case,
    Claim,
    HousingApplication,
    Letter,
    LetterDirection,
    LetterKind,
    Note,
    NoteKind,
    OtherTreatyArticle,
    StateObjection,
    Task,
)

CHILDREN_OF_CLAIMS = (HousingApplication, Letter, Note, OtherTreatyArticle, StateObjection, Task)


def rows_of_claim(case: Case, claim: Claim, user_id: UUID) -> list[Base]:
    """Return a request for housing, articles of another treaty, a note and a task of a claim; an objection of the State and a letter of the case."""
    of_claim = {"case_id": case.id, "claim_id": claim.id}
    return [
        HousingApplication(**of_claim, position=1, authority="Social services"),
        OtherTreatyArticle(**of_claim, position=1, treaty="ICCPR", article="17"),
        Note(**of_claim, kind=NoteKind.CALL, text="She called", written_by_id=user_id),
        Task(**of_claim, title="Copy the file", asked_by_id=user_id),
        StateObjection(case_id=case.id, position=1, ground="exhaustion"),
        Letter(
            case_id=case.id,
            kind=LetterKind.OTHER,
            direction=LetterDirection.RECEIVED,
            dated_on=today(),
            entered_by_id=user_id,
        ),
    ]
