"""Evidence of a case with all that belongs to it, for the oracle of row security."""

from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from caseflow.models import (
    CasePerson,
    Claim,
    CustodyKind,
    DossierAnnex,
    Evidence,
    EvidenceContent,
    EvidenceCustody,
    EvidenceKind,
    EvidenceSupport,
    EvidenceUpload,
    Note,
    NoteKind,
    NoteMention,
)

CHILDREN_OF_EVIDENCE = (DossierAnnex, Evidence, EvidenceSupport)
"""Tables that are seen with the case."""


def add_evidence(session: Session, claim: Claim, role: CasePerson, user_id: UUID) -> set[UUID]:
    """Add two pieces of evidence of a case, with content, custody, number as annex, what they support and a note for somebody, and an upload of a person.

    Return the restricted one and the note on it.
    """
    pieces = [
        Evidence(case_id=claim.case_id, number=number, kind=EvidenceKind.MEDICAL, is_restricted=number > 1)
        for number in (1, 2)
    ]
    session.add_all(pieces)
    session.flush()
    notes = [
        Note(case_id=claim.case_id, evidence_id=one.id, kind=NoteKind.CALL, text="x", written_by_id=user_id)
        for one in pieces
    ]
    session.add_all(notes)
    session.flush()
    for one, note in zip(pieces, notes, strict=True):
        of_piece = {"evidence_id": one.id, "case_id": claim.case_id}
        session.add_all(
            [
                EvidenceContent(
                    **of_piece, title="Report", media_type="application/pdf", size=1, sha256=bytes(32), stored_as=uuid4(),
                    key_sealed=b"sealed",
                ),
                DossierAnnex(**of_piece, number=one.number),
                EvidenceCustody(**of_piece, kind=CustodyKind.RECEIVED, user_id=user_id),
                NoteMention(case_id=claim.case_id, note_id=note.id, user_id=user_id, mentioned_by_id=user_id),
                EvidenceSupport(**of_piece, claim_id=claim.id),
                EvidenceSupport(**of_piece, case_person_id=role.id),
            ]
        )  # fmt: skip
    upload = EvidenceUpload(
        case_id=claim.case_id, user_id=user_id, size=1, beginning=bytes(32), stored_as=uuid4(), key_sealed=b"sealed"
    )
    session.add(upload)
    session.flush()
    return {pieces[1].id, notes[1].id}
