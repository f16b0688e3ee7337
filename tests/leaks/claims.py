"""Rows that belong to a claim, what the State objected to, a note, a task, a letter and the dossier, for the oracle of row security."""

from hashlib import sha256
from uuid import UUID, uuid5

from caseflow.clock import now, today
from caseflow.db.base import Base
from caseflow.models import (
    Act,
    Case,
    CaseFlag,
    CaseReview,
    Claim,
    ClaimDecision,
    ClaimResult,
    CommentKind,
    DossierBuild,
    DossierKind,
    DossierPart,
    DossierText,
    FilingChannel,
    FlagKind,
    FollowUpKind,
    FollowUpStep,
    HousingApplication,
    InterimBreach,
    InterimRequest,
    Letter,
    LetterDirection,
    LetterKind,
    Note,
    NoteKind,
    OtherTreatyArticle,
    PreparedFiling,
    Recommendation,
    RecommendationKind,
    RecommendationStatus,
    Reprisal,
    ReprisalEntryKind,
    ReviewComment,
    StateObjection,
    Task,
)

CHILDREN_OF_CLAIMS = (
    CaseFlag,
    ClaimDecision,
    DossierText,
    FollowUpStep,
    HousingApplication,
    InterimBreach,
    InterimRequest,
    Letter,
    OtherTreatyArticle,
    PreparedFiling,
    Recommendation,
    StateObjection,
    Task,
)
ADDITIONS_OF_CLAIMS = {
    "prepared_filing": "INSERT INTO prepared_filing (id, case_id, filed_on, channel, proof, prepared_by_id, prepared_at, ended_at) VALUES (:id, :case, now(), 'post', 'x', :user, now(), now())",
    "letter": "INSERT INTO letter (id, case_id, kind, direction, dated_on, entered_by_id, version, created_at) VALUES (:id, :case, 'other', 'received', now(), :user, 1, now())",
    "interim_request": "INSERT INTO interim_request (id, case_id, number, writer_ids, version, created_at) VALUES (:id, :case, 9, '{}', 1, now())",
    "interim_breach": "INSERT INTO interim_breach (id, case_id, letter_id, act_id, recorded_by_id, created_at) SELECT :id, case_id, letter.id, act.id, :user, now() FROM letter JOIN act USING (case_id) WHERE case_id = :case AND act.id NOT IN (SELECT act_id FROM interim_breach) LIMIT 1",
    "reprisal": "INSERT INTO reprisal (id, case_id, kind, text, written_by_id, created_at) VALUES (:id, :case, 'event', 'x', :user, now())",
    "note": "INSERT INTO note (id, case_id, kind, text, written_by_id, version, created_at) VALUES (:id, :case, 'call', 'x', :user, 1, now())",
    "note_mention": "INSERT INTO note_mention (id, note_id, case_id, user_id, mentioned_by_id, created_at) SELECT :id, id, case_id, :user, :user, now() FROM note WHERE case_id = :case AND evidence_id IS NULL",
    "dossier_text": "INSERT INTO dossier_text (id, case_id, part, version, text, written_by_id, created_at) VALUES (:id, :case, 'facts', 1, 'x', :user, now())",
    "dossier_build": "INSERT INTO dossier_build (id, case_id, number, kind, language, asked_by_id, created_at, state) VALUES (:id, :case, 9, 'redacted', 'en', :user, now(), 'waiting')",
    "task": "INSERT INTO task (id, case_id, title, asked_by_id, version, created_at) VALUES (:id, :case, 'x', :user, 1, now())",
}
"""One more row of each table, by who may change the case."""


def rows_of_claim(case: Case, claim: Claim, user_id: UUID) -> list[Base]:
    """Return a request for housing, articles of another treaty, a note, a task and a text of a claim; an objection, a letter and documents of the case."""
    of_claim = {"case_id": case.id, "claim_id": claim.id}
    return [
        HousingApplication(**of_claim, position=1, authority="Social services"),
        OtherTreatyArticle(**of_claim, position=1, treaty="ICCPR", article="17"),
        Note(**of_claim, kind=NoteKind.CALL, text="She called", written_by_id=user_id),
        Reprisal(case_id=case.id, kind=ReprisalEntryKind.EVENT, text="They followed her", written_by_id=user_id),
        Task(**of_claim, title="Copy the file", asked_by_id=user_id),
        DossierText(**of_claim, part=DossierPart.MERITS, version=1, text="They had no choice", written_by_id=user_id),
        *(
            DossierBuild(case_id=case.id, number=1, kind=kind, language="en", reason="-", asked_by_id=user_id)
            for kind in DossierKind
        ),
        StateObjection(case_id=case.id, position=1, ground="exhaustion"),
        CaseFlag(
            case_id=case.id, section_id=case.section_id, kind=FlagKind.SAFETY, reason="Threats", raised_by_id=user_id
        ),
        Act(id=_act_of(claim), **of_claim, position=9, what="Evicted against interim measures"),
        InterimRequest(
            case_id=case.id,
            number=1,
            writer_ids=[user_id],
            alone_because="-",
            content="{}",
            sha256=sha256(b"{}").digest(),
            signed_by_id=user_id,
            signed_at=now(),
            sent_on=today(),
            channel=FilingChannel.EMAIL,
            proof="Confirmation no. 7",
            sent_by_id=user_id,
            recorded_at=now(),
        ),
        Letter(
            id=_letter_of(claim),
            case_id=case.id,
            kind=LetterKind.VIEWS,
            direction=LetterDirection.RECEIVED,
            dated_on=today(),
            entered_by_id=user_id,
        ),
        PreparedFiling(
            case_id=case.id, filed_on=today(), channel=FilingChannel.POST, proof="Receipt no. 7", prepared_by_id=user_id
        ),
        CaseReview(
            id=_review_of(claim),
            case_id=case.id,
            number=1,
            content="{}",
            sha256=sha256(b"{}").digest(),
            requested_by_id=user_id,
        ),
    ]


def _letter_of(claim: Claim) -> UUID:
    return uuid5(claim.id, "letter")


def _act_of(claim: Claim) -> UUID:
    return uuid5(claim.id, "breach")


def _review_of(claim: Claim) -> UUID:
    return uuid5(claim.id, "review")


def rows_of_decision(claim: Claim, user_id: UUID) -> list[Base]:
    """Return what the Views decided on a claim, a recommendation, a step of its follow-up, and a comment of a review; their rows are written already."""
    of_letter = {"case_id": claim.case_id, "letter_id": _letter_of(claim), "position": 1}
    status, kind = RecommendationStatus.OPEN, RecommendationKind.GENERAL
    recommendation = Recommendation(**of_letter, kind=kind, text="A law", progress=status)
    return [
        ClaimDecision(**of_letter, claim_id=claim.id, result=ClaimResult.VIOLATION),
        recommendation,
        FollowUpStep(**of_letter, recommendation=recommendation, kind=FollowUpKind.OBSERVED, on_day=today()),
        InterimBreach(
            case_id=claim.case_id, letter_id=_letter_of(claim), act_id=_act_of(claim), recorded_by_id=user_id
        ),
        ReviewComment(
            case_id=claim.case_id,
            review_id=_review_of(claim),
            kind=CommentKind.COMMENT,
            text="See the date",
            written_by_id=user_id,
        ),
    ]
