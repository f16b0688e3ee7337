"""The words of notes, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "note_kind": {
        "call": _l("Call"),
        "interview": _l("Interview"),
        "meeting": _l("Meeting"),
        "advice": _l("Advice"),
        "internal": _l("Internal"),
    },
    "act_kind": {"notes": _l("Notes")},
    "action": {
        "note.added": _l("Added a note"),
        "note.changed": _l("Changed a note"),
        "note.amended": _l("Amended a note"),
    },
    "field": {
        "kind": _l("Kind"),
        "held_on": _l("Day"),
        "text": _l("Text"),
        "mentions": _l("Colleagues who should read it"),
    },
    "chronology_kind": {
        "note": _l("Notes"),
    },
    "chronology": {
        "note.held": _l("Noted"),
    },
}
HISTORY: Final = {"note.kind": "note_kind"}
"""Fields of the history whose values are codes, and their vocabulary."""
WHY_WE_ASK: Final = _l(
    "Colleagues who take the case over know what was said and agreed, and a draft of the facts can be checked against it. A note is never removed: its author can change it for fifteen minutes, and after that add an amendment. The Committee and the State never see it."
)
