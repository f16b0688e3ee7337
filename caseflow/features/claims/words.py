"""The words of claims, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.saving import RemovalWords
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "act_kind": {"claims": _l("Claims and acts")},
    "action": {
        "claim.added": _l("Added a claim"),
        "claim.changed": _l("Changed a claim"),
        "act.added": _l("Added an act"),
        "act.changed": _l("Changed an act"),
        "act.removed": _l("Removed an act"),
        "housing_application.added": _l("Added a request for housing"),
        "housing_application.changed": _l("Changed a request for housing"),
        "housing_application.removed": _l("Removed a request for housing"),
    },
    "field": {
        "violation_types": _l("Types of violation"),
        "articles": _l("Articles"),
        "label": _l("Short name"),
        "disadvantage": _l("What was lost"),
        "general_importance": _l("General importance"),
        "delay_claimed": _l("Unreasonable delay"),
        "delay_since": _l("Delay since"),
        "delay_explanation": _l("Why the delay"),
        "what": _l("Act"),
        "began": _l("Began"),
        "ended": _l("Ended"),
        "is_continuing": _l("Continuing"),
        "continuing_reason": _l("Why it is continuing"),
        "is_attributable": _l("The State's act"),
        "applied": _l("Asked"),
        "answered": _l("Answered"),
        "answer": _l("Answer"),
    },
    "place": {
        "new_claim": _l("Add a claim"),
        "new_act": _l("Add an act"),
        "new_housing_application": _l("Add a request for housing"),
    },
}
HISTORY: Final = {
    "violation_types": "violation_type",
    "answer": "housing_answer",
}
"""Fields of the history whose values are codes, and their vocabulary."""

REMOVE_ACT: Final = RemovalWords(
    heading=_l("Remove an act"),
    question=_l("Remove this act from the claim?"),
    consequence=_l(
        "This act will be removed from the claim and deadlines recalculated. The history keeps its content."
    ),
    button=_l("Remove the act"),
)

REMOVE_HOUSING_APPLICATION: Final = RemovalWords(
    heading=_l("Remove a request for housing"),
    question=_l("Remove this request for housing from the claim?"),
    consequence=_l("It no longer counts as asked for. The history keeps its content."),
    button=_l("Remove the request"),
)
