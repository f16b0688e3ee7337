"""The words of the docket, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.saving import RemovalWords
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "letter_kind": {
        "acknowledgement": _l("Acknowledgement of receipt"),
        "clarification": _l("Request for clarification before registration"),
        "registration": _l("Registration, and request to the State for observations"),
        "not_registered": _l("Refusal to register"),
        "state_admissibility": _l("State's observations on admissibility"),
        "state_merits": _l("State's observations on the merits"),
        "comments_requested": _l("Request for comments"),
        "comments": _l("Comments of the author"),
        "information_requested": _l("Request for additional information"),
        "information": _l("Additional information"),
        "third_party": _l("Intervention of a third party"),
        "interim_requested": _l("Request for interim measures"),
        "interim_granted": _l("Interim measures granted"),
        "interim_refused": _l("Interim measures refused"),
        "interim_review": _l("State asks to lift interim measures"),
        "interim_maintained": _l("Interim measures kept: lifting refused"),
        "interim_lifted": _l("Interim measures lifted"),
        "interim_breach": _l("Breach of interim measures reported"),
        "suspension": _l("Examination suspended"),
        "resumption": _l("Examination resumed"),
        "settlement": _l("Friendly settlement"),
        "split": _l("Admissibility examined apart from the merits"),
        "joinder": _l("Joined with another communication"),
        "warning": _l("Reminder that warns of discontinuance"),
        "admissible": _l("Decision: admissible"),
        "inadmissible": _l("Decision: inadmissible"),
        "views": _l("Views of the Committee"),
        "discontinuance": _l("Discontinuance"),
        "withdrawal": _l("Withdrawal by the author"),
        "state_follow_up": _l("State's reply to the Views"),
        "follow_up": _l("Follow-up letter of the Committee"),
        "follow_up_comments": _l("Comments on the follow-up"),
        "reprisal": _l("Report of reprisals"),
        "other": _l("Another letter"),
    },
    "letter_direction": {
        "received": _l("Received from the Committee"),
        "sent": _l("Sent to the Committee"),
    },
    "letter_awaited": {
        "author": _l("We must answer"),
        "state": _l("The State must answer"),
        "committee": _l("We wait for the Committee"),
    },
    "letter_rule": {
        "op_6_2": _l("Six months for the State's explanations (OP-ICESCR art. 6(2))"),
        "rule_15_2": _l("Four months for the State's observations on the merits (E/C.12/5 rule 15(2))"),
        "op_9_2": _l("Six months for the State's reply to the Views (OP-ICESCR art. 9(2))"),
    },
    "act_kind": {"docket": _l("Docket")},
    "action": {
        "letter.added": _l("Added a letter to the docket"),
        "letter.changed": _l("Corrected a letter of the docket"),
        "letter.removed": _l("Removed a letter from the docket"),
        "letter.answered": _l("A letter of the docket was answered"),
        "letter.reopened": _l("A letter of the docket waits for an answer again"),
        "letter.needs_no_answer": _l("Recorded that a letter needs no answer"),
        "letter.day_confirmed": _l("Took the day for an answer from a rule"),
    },
    "field": {
        "letter": _l("Letter"),
        "kind": _l("Kind"),
        "direction": _l("Direction"),
        "registration_number": _l("Registration number"),
        "dated_on": _l("Day of the letter"),
        "received_on": _l("Received on"),
        "channel": _l("Channel"),
        "asks": _l("What it says and asks"),
        "awaited": _l("Who must answer"),
        "due_on": _l("Due"),
        "due_rule": _l("Rule from which the day was taken"),
        "answered_on": _l("Answered by the letter of"),
        "no_answer_because": _l("Why no answer is needed"),
        "has_file": _l("File"),
        "reason": _l("Reason"),
    },
    "chronology_kind": {"letter": _l("Letters")},
    "chronology": {
        "letter.sent": _l("Letter to the Committee"),
        "letter.dated": _l("Letter of the Committee"),
        "letter.received": _l("Letter of the Committee received"),
    },
}
HISTORY: Final = {
    "letter.letter": "letter_kind",
    "letter.kind": "letter_kind",
    "letter.direction": "letter_direction",
    "letter.awaited": "letter_awaited",
    "letter.channel": "filing_channel",
    "letter.due_rule": "letter_rule",
}
"""Fields of the history whose values are codes, and their vocabulary."""
REMOVE_LETTER: Final = RemovalWords(
    heading=_l("Remove a letter"),
    question=_l("Remove this letter, because it was entered by mistake?"),
    consequence=_l(
        "What it answered waits for an answer again, and its day is no longer reminded of. The history keeps what was entered."
    ),
    button=_l("Remove the letter"),
)
WHY_WE_ASK: Final = _l(
    "The Committee sets the days in its letters. Cases have ended because a letter stayed without an answer: enter each one on the day it comes, with the day that it sets. The owner of the case is then reminded of it."
)
