"""The words of the follow-up, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.saving import RemovalWords
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "follow_up_kind": {
        "state_reported": _l("The State reported"),
        "commented": _l("We commented to the Committee"),
        "observed": _l("We saw or heard"),
        "assessed": _l("The Committee assessed it"),
        "closed": _l("Closed"),
        "reopened": _l("Reopened"),
    },
    "follow_up_grade": {
        "satisfactory": _l("Satisfactory"),
        "partly": _l("Partly satisfactory"),
        "not_satisfactory": _l("Not satisfactory"),
        "no_reply": _l("The State did not reply"),
        "contrary": _l("Contrary to the recommendation"),
    },
    "closure_reason": {
        "carried_out": _l("The State carried it out"),
        "not_carried_out": _l("The Committee closed it, though it was not carried out"),
        "periodic_report": _l("The Committee goes on with it in the next report of the State"),
        "author": _l("The people of the case wish no more of it"),
        "other": _l("Another reason"),
    },
    "action": {
        "follow_up_step.added": _l("Added to the follow-up of a recommendation"),
        "follow_up_step.changed": _l("Corrected the follow-up of a recommendation"),
        "follow_up_step.removed": _l("Removed an entry of the follow-up of a recommendation"),
    },
    "field": {
        "on_day": _l("Day"),
        "grade": _l("Assessment of the Committee"),
        "closed_because": _l("Why it is closed"),
    },
    "chronology_kind": {"follow_up": _l("Follow-up of the Views")},
    "chronology": {
        "follow_up.state_reported": _l("The State reported on a recommendation"),
        "follow_up.commented": _l("Comments on the follow-up"),
        "follow_up.observed": _l("Seen or heard of a recommendation"),
        "follow_up.assessed": _l("Assessment by the Committee"),
        "follow_up.closed": _l("Recommendation closed"),
        "follow_up.reopened": _l("Recommendation reopened"),
    },
}
HISTORY: Final = {
    "follow_up_step.kind": "follow_up_kind",
    "follow_up_step.grade": "follow_up_grade",
    "follow_up_step.closed_because": "closure_reason",
}
"""Fields of the history whose values are codes, and their vocabulary."""
REMOVE_STEP: Final = RemovalWords(
    heading=_l("Remove an entry of the follow-up"),
    question=_l("Remove this entry, because it was entered by mistake?"),
    consequence=_l("The history keeps its content."),
    button=_l("Remove the entry"),
)
