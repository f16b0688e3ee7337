"""The words of persons and cases that were recorded twice."""

from collections.abc import Mapping
from typing import Final

from caseflow.db.identity_tokens import IdentityField
from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "kept_identity": {
        "both": _l("Both are shown"),
        "kept": _l("That of the person who stays"),
        "merged": _l("That of the person who was merged"),
    },
    "merge_obstacle": {
        "undone": _l("It was undone already."),
        "merged_again": _l("Another person was merged into this one later. Undo that merge first."),
        "hidden": _l("You do not see all cases that it changed. Someone who does can undo it."),
        "person": _l("What is recorded of the person, or what identifies them, was changed since."),
        "case_person": _l("A role of the person in a case was added, changed or removed since."),
        "consent": _l("A consent of the person was added or changed since."),
        "contact_attempt": _l("An attempt to reach the person was added or removed since."),
        "claim_person": _l("Which claims concern the person, or the harm, was changed since."),
        "remedy_person": _l("Which remedies concern the person was changed since."),
        "evidence_support": _l("Which evidence supports the person was changed since."),
        "person_relation": _l("A relation of the person was added, changed or removed since."),
        "contact_channel": _l("A way to reach the person was added, changed or removed since."),
    },
    "case_merge_obstacle": {
        "hidden": _l("You do not see both cases, or may not change them."),
        "section": _l("They are of different sections."),
        "state": _l(
            "They are against different States: a communication is against one. Correct the State of one of them first, if it is wrong."
        ),
        "sealed": _l(
            "One of them is sealed: the merge would show it to the section, or hide the other one. Its owner can open it first."
        ),
        "ended": _l("The case that stays is closed. Let the other one stay, or open it again first."),
        "filed": _l("One of them was filed. What was filed stays as it was filed."),
        "letters": _l("One of them has letters or decisions of the Committee, which belong to one communication."),
        "shared": _l(
            "They are shared with different people, who would see more than was shared with them. Share both with the same people first."
        ),
        "different": _l("They are marked as different. If they are the same, take that back first."),
        "reviewed": _l("One of them is under review or was reviewed: what was approved is the case as it was."),
        "dossier": _l(
            "The dossier of the case that goes was begun: its texts and annexes are numbered in that case. Let that case stay instead."
        ),
        "interim": _l("A request for interim measures was written in the case that goes. Let that case stay instead."),
        "linked": _l(
            "The case that goes is linked with others. Link the case that stays instead, and remove the link first."
        ),
        "merged_before": _l(
            "Another case was merged into the one that goes. Undo that merge first, or let the other case stay."
        ),
    },
    "case_merge_change": {
        "undone": _l("It was undone already."),
        "merged_again": _l("Another case was merged into this one later. Undo that merge first."),
        "case": _l("The description, the stage or the owner of the case was changed since."),
        "claim": _l("A claim was added, changed or removed since."),
        "act": _l("An act of a claim was added, changed or removed since."),
        "housing_application": _l("A request for housing was added, changed or removed since."),
        "other_treaty_article": _l("An article of another treaty was added, changed or removed since."),
        "case_person": _l("A person was added, changed or removed since."),
        "claim_person": _l("Which claims concern a person, or the harm, was changed since."),
        "consent": _l("A consent was added or changed since."),
        "contact_attempt": _l("An attempt to reach a person was added or removed since."),
        "domestic_remedy": _l("A domestic remedy was added, changed or removed since."),
        "remedy_person": _l("Which persons a remedy concerns was changed since."),
        "intervention": _l("An intervention was added, changed or removed since."),
        "other_procedure": _l("An international procedure was added, changed or removed since."),
        "state_objection": _l("An objection of the State was added, changed or removed since."),
        "evidence": _l("Evidence was added or changed since."),
        "evidence_content": _l("The description of evidence was changed since."),
        "evidence_support": _l("What evidence supports was changed since."),
        "note": _l("A note was added or amended since."),
        "task": _l("A task was added, changed or done since."),
        "deadline": _l("A deadline that someone set was added, changed or done since."),
        "case_flag": _l("A flag was raised or resolved since."),
        "reprisal": _l("A reprisal was recorded since."),
        "case_review": _l("A review was asked for since."),
        "review_comment": _l("A comment of a review was written since."),
        "prepared_filing": _l("A filing was prepared since."),
        "dossier_text": _l("A text of the dossier was written since."),
        "dossier_annex": _l("The annexes of the dossier were changed since."),
        "interim_request": _l("A request for interim measures was written since."),
        "interim_breach": _l("A breach of interim measures was recorded since."),
        "dossier_build": _l("Documents of the dossier were built since."),
        "filing": _l("The case was filed since."),
        "letter": _l("A letter was added since."),
        "claim_decision": _l("A decision was recorded since."),
        "recommendation": _l("A recommendation was recorded since."),
        "follow_up_step": _l("The follow-up of a recommendation was recorded since."),
    },
    "case_part": {
        "claim": _l("Claims"),
        "case_person": _l("Persons"),
        "consent": _l("Answers on consent"),
        "contact_attempt": _l("Attempts to reach persons"),
        "domestic_remedy": _l("Domestic remedies"),
        "intervention": _l("Interventions"),
        "other_procedure": _l("International procedures"),
        "state_objection": _l("Objections of the State"),
        "evidence": _l("Pieces of evidence"),
        "note": _l("Notes"),
        "task": _l("Tasks"),
        "deadline": _l("Deadlines"),
        "case_flag": _l("Flags"),
        "reprisal": _l("Reprisals"),
    },
    "same_event": {
        "person": _l("Same person: %(people)s"),
        "place": _l("Same place: %(place)s"),
        "named_place": _l("Its text names the place"),
        "day": _l("Same time: %(when)s"),
        "text": _l("Similar text"),
        "right": _l("Same right: %(right)s"),
        "state": _l("Same State: %(state)s"),
    },
    "action": {
        "case.said_different": _l("Said that two cases that look the same are not"),
        "case.different_taken_back": _l("Took back that two cases are not the same"),
        "case.merged": _l("Merged two cases about the same event"),
        "case.unmerged": _l("Undid the merge of two cases"),
        "person.merged": _l("Merged two records of a person"),
        "person.values_merged": _l("Two records of a person said different things: the second value is kept"),
        "consent.merged": _l("Two records of a person had different answers: the second value is kept"),
        "person.unmerged": _l("Undid the merge of two records of a person"),
        "person.said_different": _l("Said that two persons who look the same are not"),
        "person.different_taken_back": _l("Took back that two persons are not the same"),
    },
    "field": {"identity": _l("What identifies the person")},
}
HISTORY: Final = {
    "case_merge.scope": "consent_scope",
    "case_merge.status": "consent_status",
    "case_merge.how": "consent_form",
    "case_merge.urgency": "urgency",
    "case_merge.rights": "right",
    "person_merge.identity": "kept_identity",
    "person_merge.kind": "person_kind",
    "person_merge.life_status": "life_status",
    "person_merge.scope": "consent_scope",
    "person_merge.status": "consent_status",
    "person_merge.reason": "no_consent_reason",
    "person_merge.how": "consent_form",
}
SAME: Final = {
    IdentityField.EMAIL: _l("Same email"),
    IdentityField.NUMBER: _l("Same identity document"),
    IdentityField.PHONE: _l("Same phone number"),
    IdentityField.WHOLE_NAME: _l("Same whole name"),
    IdentityField.BIRTH_DATE: _l("Same date of birth"),
    IdentityField.NAME: _l("A word of the name in common"),
}
"""Why two persons may be the same, the strongest reasons first."""
WHY_DIGESTS: Final = _l(
    "Names and numbers are compared as sealed digests. Nobody's name is read or shown, and only people in cases that you may see are listed. What more than five people share, such as the phone of a shelter, is no reason."
)
WHY_STRICTER: Final = _l(
    "Nothing is lost. Roles, consents, attempts, claims and relations come to the person who stays. Where both answered the same question on consent, the stricter answer is kept, and the history has both. It can be undone while nothing was added or changed."
)
WHAT_A_CASE_MERGE_DOES: Final = _l(
    "Nothing is lost. All that belongs to the case that goes comes to the case that stays, behind what is there; a person who is in both has one role, with the stricter answer on consent. The case that goes leaves all lists; its address leads to the one that stays, whose history shows that of both. It can be undone while nothing was added or changed."
)
WHY_NEAR: Final = _l(
    "Two cases of one State are compared if they are of the same place, of about the same time, or about the same person. They are listed for two such reasons, or for one and a similar text. A date that says less than a month is no reason, nor is a place or a time that more than 30 cases share."
)
