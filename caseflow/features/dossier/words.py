"""The words of the dossier, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "dossier_part": {
        "summary": _l("Summary"),
        "identity": _l("Protection of identity"),
        "facts": _l("Facts"),
        "exhaustion": _l("Exhaustion of domestic remedies"),
        "admissibility": _l("Admissibility"),
        "other_bodies": _l("Other international procedures"),
        "interim": _l("Interim measures"),
        "merits": _l("Merits"),
        "individual_remedies": _l("Remedies for the victims"),
        "general_remedies": _l("General measures"),
    },
    "dossier_kind": {
        "full": _l("Complaint with names, and a copy without names"),
        "redacted": _l("Complaint without names"),
        "memo": _l("Memorandum on admissibility, internal"),
    },
    "dossier_language": {"en": _l("English"), "es": _l("Spanish"), "fr": _l("French")},
    "build_state": {
        "waiting": _l("Waiting"),
        "building": _l("Being built"),
        "ready": _l("Ready"),
        "failed": _l("Not built"),
    },
    "build_fault": {
        "name_found": _l(
            "A name, an address or a number of a person is in what must be without names. Use the code name instead, and build again."
        ),
        "too_large": _l("The documents are too large to be built. Shorten the texts, and build them again."),
        "no_room": _l("There is no room on the disk. Tell your administrator."),
        "broken": _l("This was not possible. Build the documents again; if it happens again, tell your administrator."),
    },
    "act_kind": {"dossier": _l("Dossier")},
    "action": {
        "dossier.written": _l("Wrote in the dossier"),
        "dossier.annex_added": _l("Added an annex"),
        "dossier.annex_left_out": _l("Left an annex out"),
        "dossier.asked": _l("Built documents of the dossier"),
        "dossier.downloaded": _l("Downloaded documents of the dossier"),
    },
    "field": {
        "dossier_part": _l("Part"),
        "dossier_kind": _l("Documents"),
        "text": _l("Text"),
        "number": _l("Number"),
        "annex": _l("Annex"),
        "evidence": _l("Evidence"),
        "reason": _l("Reason"),
    },
}
HISTORY: Final = {"dossier_part": "dossier_part", "dossier_kind": "dossier_kind"}
"""Fields of the history whose values are codes, and their vocabulary."""
HINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "summary": (
        _l("What happened to whom, since when, and what the State did or failed to do."),
        _l("Needed where the complaint has more than twenty pages. Keep it below five."),
    ),
    "identity": (
        _l("Whether the Committee should leave out names when it publishes its decision."),
        _l("The State always learns who complains: say what the people fear, if they do."),
    ),
    "facts": (
        _l("In the order of time, one fact to a paragraph, each with its day."),
        _l("What the authorities did or failed to do, and what it meant for the victims."),
        _l("The evidence for each fact, as [E3]."),
    ),
    "exhaustion": (
        _l("Each remedy that was used, and that the right was raised in it."),
        _l("For each that was not used: why it was not available or could not have helped, with proof."),
    ),
    "admissibility": (
        _l("What meets the rule, with the evidence for it."),
        _l("What the State may object, and why it is wrong."),
    ),
    "other_bodies": (
        _l("What was asked of other international bodies, and what came of it."),
        _l("Why that is not the same matter: other persons, other facts, or other rights."),
    ),
    "interim": (
        _l("The threatened act with day and hour, and who can stop it."),
        _l("The harm that could not be undone, and why it is near."),
    ),
    "merits": (
        _l("Were the steps that the State took deliberate, concrete and targeted?"),
        _l("Did it use its discretion without discrimination and without being arbitrary?"),
        _l("Was the use of its resources, or the lack of it, in line with human rights standards?"),
        _l("Of several ways, did it choose the one that restricts rights least?"),
        _l("How long did it take, and did it give priority to people in the greatest need?"),
        _l("Were those who are affected heard in the decision?"),
    ),
    "individual_remedies": (
        _l("What would put each victim in the place where they were: housing, benefits, treatment."),
        _l("Compensation, and the costs of the domestic and international procedures."),
    ),
    "general_remedies": (
        _l("Which law, practice or budget must change so that this happens to nobody else."),
        _l("Training, monitoring, and who must report on it until when."),
    ),
}
"""What a lawyer is asked by the Committee, for each text."""
