"""The words of reprisals, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "reprisal_entry_kind": {
        "event": _l("What happened"),
        "reported": _l("Reported"),
        "protection_asked": _l("Protection asked for"),
        "protection_granted": _l("Protection granted"),
        "protection_refused": _l("Protection refused"),
        "result": _l("What came of it"),
        "ended": _l("It has stopped"),
        "amended": _l("Correction, or something to add"),
    },
    "reported_to": {
        "committee": _l("Committee"),
        "special_rapporteur": _l("Special Rapporteur on human rights defenders"),
        "un_focal_point": _l("United Nations office on reprisals"),
        "police": _l("Police"),
        "court": _l("Court or prosecutor"),
        "institution": _l("Ombudsperson or national human rights institution"),
        "other": _l("Another authority or organisation"),
    },
    "action": {
        "reprisal.recorded": _l("Recorded a reprisal"),
        "reprisal.added": _l("Added to the record of a reprisal"),
    },
}
