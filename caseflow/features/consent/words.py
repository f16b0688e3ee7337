"""The words of consent, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

SCOPES: Final[Vocabulary] = {
    "record": _l("Keep a record of what the person said"),
    "contact": _l("Contact the person"),
    "share": _l("Share the case inside the coalition"),
    "refer": _l("Refer the case to another organisation"),
    "submit": _l("Submit the case to the United Nations"),
    "disclose": _l("Disclose the identity to the State"),
    "publish": _l("Publish"),
    "sensitive": _l("Record sensitive grounds: health, origin, religion"),
}
VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "consent_scope": SCOPES,
    "consent_short": {
        "record": _l("Record"),
        "contact": _l("Contact"),
        "share": _l("Share"),
        "refer": _l("Refer"),
        "submit": _l("UN"),
        "disclose": _l("Identity"),
        "publish": _l("Publish"),
        "sensitive": _l("Sensitive grounds"),
    },
    "consent_status": {
        "given": _l("Yes"),
        "refused": _l("No"),
        "withdrawn": _l("Withdrawn"),
        "not_needed": _l("Not needed"),
    },
    "consent_standing": {
        "given": _l("Given"),
        "not_needed": _l("Not needed"),
        "not_asked": _l("Not asked yet"),
        "expired": _l("Expired"),
        "refused": _l("Refused"),
        "withdrawn": _l("Withdrawn"),
    },
    "consent_answer": {
        "given": _l("yes"),
        "not_needed": _l("not needed"),
        "not_asked": _l("not asked"),
        "expired": _l("expired"),
        "refused": _l("no"),
        "withdrawn": _l("withdrawn"),
    },
    "no_consent_reason": {
        "dead": _l("The person is dead"),
        "missing": _l("The person is missing"),
        "child": _l("The person is a child"),
        "detained": _l("The person is detained"),
        "reprisals": _l("Fear of reprisals"),
    },
    "consent_form": {
        "signed": _l("In writing and signed"),
        "witnessed": _l("Spoken, before a witness"),
        "telephone": _l("By telephone"),
    },
    "act_kind": {"people": _l("People")},
    "action": {
        "consent.recorded": _l("Recorded a consent"),
        "consent.changed": _l("Changed a consent"),
        "consent.withdrawn": _l("Recorded that a consent was withdrawn"),
        "consent.answered_again": _l("Recorded a new answer after a withdrawal"),
        "person.groups_recorded": _l("Recorded grounds and vulnerability"),
        "person.groups_removed": _l("Removed grounds and vulnerability"),
    },
    "field": {
        "consent_of": _l("Consent of"),
        "scope": _l("Consent for"),
        "status": _l("Status"),
        "reason": _l("Reason"),
        "words": _l("In words"),
        "decided_on": _l("Day of the answer"),
        "how": _l("How"),
        "until": _l("Until"),
        "proof": _l("Proof"),
        "note": _l("Note"),
    },
}
HISTORY: Final = {
    "consent.scope": "consent_scope",
    "consent.status": "consent_status",
    "consent.reason": "no_consent_reason",
    "consent.how": "consent_form",
}
"""Fields of the history whose values are codes, and their vocabulary."""

WHY_CONSENT: Final = _l(
    "Each use has its own answer. What a person does not allow is refused here: a filing without consent to submit is not recorded. A communication on behalf of victims needs their consent, unless the author can justify acting without it (OP-ICESCR art. 2)."
)
WHY_GROUNDS: Final = _l(
    "Grounds and vulnerability are recorded only with the person's consent for them. If it is withdrawn, they are removed from the case file."
)
