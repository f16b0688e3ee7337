"""The words of the State's objections, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.saving import RemovalWords
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "act_kind": {"objections": _l("Objections of the State")},
    "action": {
        "objection.added": _l("Added an objection of the State"),
        "objection.changed": _l("Changed an objection of the State"),
        "objection.removed": _l("Removed an objection of the State"),
        "case.objections_checked": _l("Recorded whether the State objected to anything else"),
    },
    "field": {
        "ground": _l("Ground of the objection"),
        "raised": _l("Objected"),
        "names_remedy": _l("Names a remedy that is left"),
        "summary": _l("The objection in short"),
        "is_without_objections": _l("The State objected to nothing else"),
    },
    "place": {
        "confirm_objections": _l("Objections of the State"),
    },
    "chronology_kind": {
        "objection": _l("Objections of the State"),
    },
    "chronology": {
        "objection.raised": _l("The State objected"),
    },
}
HISTORY: Final = {
    "state_objection.ground": "objection_ground",
}
"""Fields of the history whose values are codes, and their vocabulary."""

REMOVE_OBJECTION: Final = RemovalWords(
    heading=_l("Remove an objection of the State"),
    question=_l("Remove this objection from the case?"),
    consequence=_l("The findings no longer mention it. The history keeps its content."),
    button=_l("Remove the objection"),
)

WHY_WE_ASK: Final = _l(
    "A State that does not object in reasonable time, and name the remedy that is left, is taken to have given up the objection that remedies were not exhausted (CESCR, 176/2020, paras. 6.6 and 6.7). Record the day of its letter and keep the letter."
)
