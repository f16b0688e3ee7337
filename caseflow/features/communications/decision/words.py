"""The words of decisions, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.saving import RemovalWords
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "claim_result": {
        "violation": _l("Violation"),
        "no_violation": _l("No violation"),
        "inadmissible": _l("Inadmissible"),
        "not_examined": _l("Not examined"),
    },
    "recommendation_kind": {
        "individual": _l("For the people of the case"),
        "general": _l("For everyone: law, policy, practice"),
    },
    "recommendation_status": {
        "open": _l("Nothing done yet"),
        "partly": _l("Done in part"),
        "done": _l("Done"),
        "refused": _l("Refused by the State"),
    },
    "action": {
        "claim_decision.added": _l("Added the outcome of a claim"),
        "claim_decision.changed": _l("Corrected the outcome of a claim"),
        "claim_decision.removed": _l("Removed the outcome of a claim"),
        "recommendation.added": _l("Added a recommendation of the Committee"),
        "recommendation.changed": _l("Changed a recommendation of the Committee"),
        "recommendation.removed": _l("Removed a recommendation of the Committee"),
    },
    "field": {
        "result": _l("Result"),
        "why_inadmissible": _l("Why it is inadmissible"),
        "text": _l("Text"),
        "progress": _l("Status"),
        "as_of": _l("As of"),
        "note": _l("Note"),
    },
}
HISTORY: Final = {
    "claim_decision.result": "claim_result",
    "claim_decision.why_inadmissible": "objection_ground",
    "recommendation.kind": "recommendation_kind",
    "recommendation.progress": "recommendation_status",
}
"""Fields of the history whose values are codes, and their vocabulary."""
REMOVE_OUTCOME: Final = RemovalWords(
    heading=_l("Remove the outcome of a claim"),
    question=_l("Remove this outcome, because it was entered by mistake?"),
    consequence=_l("The history keeps its content."),
    button=_l("Remove the outcome"),
)
REMOVE_RECOMMENDATION: Final = RemovalWords(
    heading=_l("Remove a recommendation"),
    question=_l("Remove this recommendation, because it was entered by mistake?"),
    consequence=_l("The history keeps its content."),
    button=_l("Remove the recommendation"),
)
WHY_OUTCOME: Final = _l(
    "A decision may find a violation for one claim, and another one inadmissible. The outcome of each claim says what can be relied on later, and what can be brought again once the reason has gone."
)
WHY_RECOMMENDATION: Final = _l(
    "The Committee follows up its Views for years, and asks the author what the State has done. Each recommendation has its own answer: what was done, what is missing, and on which day you looked."
)
