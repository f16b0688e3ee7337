"""The words of reviews, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "review_status": {
        "open": _l("Waits for approval"),
        "half_signed": _l("Waits for a second person"),
        "signed": _l("Approved"),
        "returned": _l("Returned with comments"),
        "replaced": _l("Not decided"),
        "ended": _l("Approval taken back"),
    },
    "comment_kind": {
        "comment": _l("Comment"),
        "must_fix": _l("Must be fixed"),
        "accepted": _l("Accepted, because"),
        "answer": _l("Answer"),
    },
    "review_stop": {
        "barred": _l("The case is barred: at least one requirement can no longer be met"),
        "consent": _l("Consent to submit the case is missing"),
        "mandate": _l("No mandate: nothing on paper shows that the organisation may act"),
    },
    "review_part": {
        "case": _l("Case"),
        "claim": _l("Claim"),
        "act": _l("Act of claim"),
        "housing_application": _l("Request for housing, claim"),
        "other_treaty_article": _l("Article of another treaty, claim"),
        "domestic_remedy": _l("Remedy of claim"),
        "case_person": _l("Person"),
        "consent_submit": _l("Consent to submit the case"),
        "consent_disclose": _l("Consent that the State learns the identity"),
        "person_relation": _l("Relation"),
        "evidence": _l("Evidence"),
        "dossier_annex": _l("Annex: evidence"),
        "dossier_text": _l("Text of the dossier"),
        "other_procedure": _l("Procedure elsewhere"),
        "state_objection": _l("Objection of the State"),
        "finding": _l("Readiness"),
    },
    "review_field": {
        "position": _l("Order"),
        "person_ids": _l("Whom it concerns"),
        "concerned": _l("Claims that concern the person"),
        "identity": _l("What identifies the person"),
        "supports": _l("What it supports"),
        "sha256": _l("File"),
        "result": _l("Answer"),
        "outlook": _l("Outlook"),
        "given_by": _l("Answered by"),
        "person_kind": _l("Person or group"),
        "person_size": _l("Number of members"),
        "person_life_status": _l("Alive"),
        "person_is_child": _l("Child"),
        "person_lacks_capacity": _l("Someone else must decide"),
        "person_is_named": _l("Name recorded"),
    },
    "act_kind": {"review": _l("Review and approval")},
    "action": {
        "review.requested": _l("Asked for a review"),
        "review.commented": _l("Commented in the review"),
        "review.answered": _l("Answered a comment of the review"),
        "review.resolved": _l("Marked a comment of the review as resolved"),
        "review.returned": _l("Returned the case with comments"),
        "review.half_signed": _l("Approved a version, as the first of two people"),
        "review.seconded": _l("Approved a version, as the second person"),
        "review.signed": _l("Approved a version"),
        "review.ended": _l("Ended the review or the approval"),
    },
    "field": {
        "review_number": _l("Version"),
        "version_sha256": _l("Fingerprint of the version (SHA-256)"),
        "stops": _l("What stopped it"),
        "comment_kind": _l("What it is"),
    },
}
HISTORY: Final = {"stops": "review_stop", "comment_kind": "comment_kind"}
UNSPEAKABLE: Final = frozenset({"position", "person_ids", "concerned", "identity", "supports", "sha256", "groups"})
"""Fields of which only that they changed can be said: their values are ids, or digests of what is sealed."""
WHY_WE_ASK: Final = _l(
    "The version that you put up for review is kept with its fingerprint. A coordinator who does not own the case approves exactly this version. What is changed afterwards has to be approved again."
)
