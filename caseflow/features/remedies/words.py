"""The labels of remedies, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.saving import RemovalWords
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "act_kind": {"remedies": _l("Domestic remedies")},
    "action": {
        "remedy.added": _l("Added a domestic remedy"),
        "remedy.changed": _l("Changed a domestic remedy"),
        "remedy.moved": _l("Changed the order of remedies"),
        "remedy.removed": _l("Removed a domestic remedy"),
    },
    "field": {
        "kind": _l("Kind"),
        "authority": _l("Authority"),
        "file_number": _l("File number"),
        "filed": _l("Filed"),
        "decided": _l("Decided"),
        "notified": _l("Notified"),
        "notified_to": _l("Notified to"),
        "outcome": _l("Outcome"),
        "raised_right": _l("Right raised"),
        "could_repair": _l("Could repair"),
        "is_suspensive": _l("Suspensive"),
        "next_step": _l("Next step"),
        "next_step_due": _l("Deadline of the next step"),
        "next_step_reason": _l("Reason for keeping this deadline"),
        "next_step_computed": _l("Calculated by the remedy map"),
        "reason_not_used": _l("Reason for not using it"),
        "explanation": _l("Explanation"),
        "is_documented": _l("Documented"),
        "is_used": _l("Used"),
        "concerns_some": _l("Concerns only some victims"),
        "remedy_victims": _l("Victims it concerns"),
    },
    "place": {
        "new_remedy": _l("Add a remedy"),
        "unused_remedy": _l("Not used (%(subject)s)"),
    },
    "chronology_kind": {
        "remedy": _l("Domestic remedies"),
    },
    "chronology": {
        "remedy.filed": _l("Remedy filed"),
        "remedy.decided": _l("Decision"),
        "remedy.notified": _l("Decision notified"),
    },
}
HISTORY: Final = {
    "outcome": "outcome",
    "reason_not_used": "reason_not_used",
    "next_step": "remedy_stage",
    "domestic_remedy.stage": "remedy_stage",
    "domestic_remedy.kind": "remedy_kind",
}
"""Fields of the history whose values are codes, and their vocabulary."""

REMOVE_REMEDY: Final = RemovalWords(
    heading=_l("Remove a remedy"),
    question=_l("Remove this remedy?"),
    consequence=_l("This remedy will be removed and deadlines recalculated. The history keeps its content."),
    button=_l("Remove the remedy"),
)
