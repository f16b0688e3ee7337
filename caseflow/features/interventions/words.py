"""The words of interventions, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.saving import RemovalWords
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "intervention_kind": {
        "letter": _l("Letter"),
        "urgent_action": _l("Urgent action"),
        "legal_aid": _l("Legal aid"),
        "shelter": _l("Shelter"),
        "medical_help": _l("Medical help"),
        "other": _l("Other help"),
    },
    "intervention_result": {
        "open": _l("Under way, or no answer yet"),
        "achieved": _l("Achieved what was asked"),
        "partly": _l("Achieved in part"),
        "refused": _l("Refused"),
        "no_effect": _l("Without effect"),
    },
    "act_kind": {"interventions": _l("Own interventions")},
    "action": {
        "intervention.added": _l("Recorded an intervention"),
        "intervention.changed": _l("Changed an intervention"),
        "intervention.removed": _l("Removed an intervention"),
    },
    "field": {
        "kind": _l("Kind"),
        "measure": _l("What was done"),
        "party": _l("To whom, or with whom"),
        "began": _l("Began"),
        "result": _l("Result"),
        "ended": _l("Ended"),
        "outcome": _l("Outcome"),
    },
    "chronology_kind": {
        "intervention": _l("Own interventions"),
    },
    "chronology": {
        "intervention.began": _l("Own intervention"),
        "intervention.ended": _l("Result of an own intervention"),
    },
}
HISTORY: Final = {
    "intervention.kind": "intervention_kind",
    "intervention.result": "intervention_result",
}
"""Fields of the history whose values are codes, and their vocabulary."""

REMOVE_INTERVENTION: Final = RemovalWords(
    heading=_l("Remove an intervention"),
    question=_l("Remove this intervention from the case?"),
    consequence=_l("The history keeps its content."),
    button=_l("Remove the intervention"),
)
WHY_WE_ASK: Final = _l(
    "What you did for the people concerned, and what came of it, shows the Committee that the State was asked, and colleagues what was tried. A letter or an urgent action of an organisation is no domestic remedy, and no clock depends on it."
)
