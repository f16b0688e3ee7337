"""The words of cases, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "stage": {
        "intake": _l("Intake"),
        "verification": _l("Verification"),
        "domestic_remedies": _l("Domestic remedies"),
        "readiness_review": _l("Readiness review"),
        "approved": _l("Approved"),
        "filed": _l("Filed"),
        "registered": _l("Registered"),
        "pending": _l("Pending before the Committee"),
        "decided": _l("Decided"),
        "follow_up": _l("Follow-up"),
        "closed": _l("Closed"),
        "referred": _l("Referred elsewhere"),
        "suspended": _l("Suspended"),
        "withdrawn": _l("Withdrawn"),
        "closed_without_filing": _l("Closed without filing"),
    },
    "stage_action": {
        "verification": _l("Start verification"),
        "domestic_remedies": _l("Open domestic remedies"),
        "readiness_review": _l("Send to review"),
        "approved": _l("Review and approve"),
        "filed": _l("Record the filing"),
        "registered": _l("Record the registration"),
        "pending": _l("Record that it is pending"),
        "decided": _l("Record the decision"),
        "follow_up": _l("Start the follow-up"),
        "closed": _l("Close the case"),
    },
    "urgency": {"normal": _l("Normal"), "urgent": _l("Urgent"), "emergency": _l("Emergency: a threatened act")},
    "confidentiality": {
        "section": _l("People of the section who work on cases"),
        "sealed": _l("Sealed: only the owner and people with individual access"),
    },
    "flag_kind": {
        "safety": _l("Danger to someone"),
        "lawyer": _l("Needs a lawyer"),
        "papers": _l("Papers awaited"),
        "contact": _l("Contact lost"),
        "media": _l("In the media"),
        "strategic": _l("Strategic case"),
        "other": _l("Another flag"),
    },
    "case_relation": {
        "incident": _l("Same incident"),
        "opponent": _l("Same perpetrator, landlord or office"),
        "law": _l("Same law or policy"),
        "leads": _l("This case leads, the other follows"),
        "follows": _l("This case follows, the other leads"),
    },
    "act_kind": {
        "flags": _l("Flags"),
        "facts": _l("Facts of the case"),
        "stage": _l("Stages and filing"),
        "owner": _l("Owner"),
        "access": _l("Access and safe contact"),
    },
    "action": {
        "case.opened": _l("Opened the case"),
        "case.described": _l("Edited the case details"),
        "case.assigned": _l("Assigned the case"),
        "case.moved": _l("Changed the stage"),
        "case.contact_note_read": _l("Opened the safe contact note"),
        "case.contact_note_written": _l("Changed or removed the safe contact note"),
        "case.shared": _l("Shared the case"),
        "case_list.exported": _l("Downloaded a list with the case"),
        "flag.raised": _l("Flagged the case"),
        "flag.resolved": _l("Resolved a flag"),
        "case_link.added": _l("Linked two cases"),
        "case_link.removed": _l("Removed a link between two cases"),
        "case.unshared": _l("Ended the access of a person who left"),
    },
    "field": {
        "reference": _l("Reference"),
        "title": _l("Title"),
        "state_code": _l("State"),
        "place_region": _l("Region or city"),
        "place_district": _l("District or neighbourhood"),
        "happened": _l("When it happened"),
        "narrative": _l("What happened"),
        "lateness_reason": _l("Reason for lateness"),
        "urgency": _l("Urgency"),
        "confidentiality": _l("Who may see the case"),
        "stage": _l("Stage"),
        "reason": _l("Reason"),
        "owner_id": _l("Owner"),
        "contact_note_sealed": _l("Safe contact"),
        "flag": _l("Flag"),
        "cases": _l("Cases"),
        "resolution": _l("What came of it"),
        "rights": _l("Rights"),
    },
    "chronology_kind": {
        "case": _l("First report"),
    },
    "chronology": {
        "case.happened": _l("What happened, as first reported"),
    },
}
HISTORY: Final = {
    "rights": "right",
    "stage": "stage",
    "urgency": "urgency",
    "confidentiality": "confidentiality",
    "flag": "flag_kind",
}
"""Fields of the history whose values are codes, and their vocabulary."""
