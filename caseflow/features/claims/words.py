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
        "claim.removed": _l("Removed a claim"),
        "act.given_to_claim": _l("Gave an act to another claim"),
        "housing_application.given_to_claim": _l("Gave a request for housing to another claim"),
        "other_treaty.given_to_claim": _l("Gave articles of another treaty to another claim"),
        "remedy.given_to_claim": _l("Gave a remedy to another claim"),
        "evidence.given_to_claim": _l("Evidence supports another claim"),
        "act.added": _l("Added an act"),
        "act.changed": _l("Changed an act"),
        "act.removed": _l("Removed an act"),
        "housing_application.added": _l("Added a request for housing"),
        "housing_application.changed": _l("Changed a request for housing"),
        "housing_application.removed": _l("Removed a request for housing"),
        "other_treaty.added": _l("Added articles of another treaty"),
        "other_treaty.changed": _l("Changed articles of another treaty"),
        "other_treaty.removed": _l("Removed articles of another treaty"),
    },
    "claim_stays": {
        "filed": _l(
            "A claim can be removed only before the case is filed or closed. Correct the claim, or tell the Committee in a letter that it is withdrawn."
        ),
        "decided": _l("The outcome of this claim is recorded. If that was a mistake, remove the outcome first."),
        "evidence": _l(
            "Evidence supports this claim, and there is no other claim that it could support. Add the right claim first, or change what the evidence supports."
        ),
    },
    "field": {
        "violation_types": _l("Types of violation"),
        "articles": _l("Articles"),
        "claim_number": _l("Number of the claim"),
        "dossier_texts": _l("Texts of the dossier"),
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
        "treaty": _l("Treaty"),
        "article": _l("Articles of the treaty"),
    },
    "place": {
        "new_claim": _l("Add a claim"),
        "new_act": _l("Add an act"),
        "new_housing_application": _l("Add a request for housing"),
        "new_other_treaty": _l("Add articles of another treaty"),
    },
    "chronology_kind": {
        "act": _l("Acts and omissions"),
        "housing": _l("Requests for housing"),
    },
    "chronology": {
        "act.on": _l("Act or omission"),
        "act.began": _l("Act or omission began"),
        "act.ended": _l("Act or omission ended"),
        "act.continues": _l("continues"),
        "housing.applied": _l("Housing asked for"),
        "housing.answered": _l("Answer to a request for housing"),
        "claim.delay_since": _l("Unreasonable delay since"),
    },
}
HISTORY: Final = {
    "violation_types": "violation_type",
    "answer": "housing_answer",
    "other_treaty_article.treaty": "other_treaty",
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

REMOVE_OTHER_TREATY: Final = RemovalWords(
    heading=_l("Remove articles of another treaty"),
    question=_l("Remove these articles of another treaty from the claim?"),
    consequence=_l("The claim no longer says that they are invoked. The history keeps them."),
    button=_l("Remove the articles"),
)

OUTSIDE_THE_COVENANT: Final = _l(
    "The Committee decides on the Covenant alone: what rests on another treaty is inadmissible (OP-ICESCR art. 3(2)(d)). Record it, so that it is left out in time or claimed as part of a right of the Covenant, and so that other procedures are thought of."
)
