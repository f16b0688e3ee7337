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
WHY_NEAR: Final = _l(
    "Two cases of one State are compared if they are of the same place, of about the same time, or about the same person. They are listed for two such reasons, or for one and a similar text. A date that says less than a month is no reason, nor is a place or a time that more than 30 cases share."
)
