"""The words of procedures, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.saving import RemovalWords
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "act_kind": {"procedures": _l("Other international procedures")},
    "action": {
        "procedure.added": _l("Added a procedure elsewhere"),
        "procedure.changed": _l("Changed a procedure elsewhere"),
        "procedure.removed": _l("Removed a procedure elsewhere"),
        "case.procedures_checked": _l("Recorded whether anything else was filed elsewhere"),
    },
    "field": {
        "body": _l("International body"),
        "status": _l("Status"),
        "same_persons": _l("Same persons"),
        "same_facts": _l("Same facts"),
        "same_rights": _l("Same rights"),
        "has_anything_new": _l("Anything new"),
        "is_without_other_procedures": _l("Nothing else was filed"),
    },
    "place": {
        "confirm_procedures": _l("Procedures elsewhere"),
    },
    "chronology_kind": {
        "procedure": _l("Other international procedures"),
    },
    "chronology": {
        "procedure.began": _l("Procedure elsewhere began"),
        "procedure.ended": _l("Procedure elsewhere ended"),
    },
}
HISTORY: Final = {
    "other_procedure.body": "body",
    "other_procedure.status": "procedure_status",
}
"""Fields of the history whose values are codes, and their vocabulary."""

REMOVE_PROCEDURE: Final = RemovalWords(
    heading=_l("Remove a procedure elsewhere"),
    question=_l("Remove this procedure from the case?"),
    consequence=_l("This procedure will be removed and the case reassessed. The history keeps its content."),
    button=_l("Remove the procedure"),
)

WHY_WE_ASK: Final = _l(
    "The Committee may not examine what another international procedure has examined or is examining, if persons, facts and rights are the same (OP-ICESCR art. 3(2)(c)). Letters to UN Special Procedures do not count as such, but record them here too."
)
