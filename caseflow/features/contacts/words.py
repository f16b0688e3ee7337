"""The words of contacts, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.saving import RemovalWords
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "contact_kind": {
        "phone": _l("Phone call"),
        "messenger": _l("Message on the phone"),
        "email": _l("Email"),
        "in_person": _l("In person"),
        "through_person": _l("Through another person"),
    },
    "contact_result": {
        "reached": _l("Reached"),
        "no_answer": _l("No answer"),
        "message_left": _l("Message left"),
        "wrong_person": _l("Someone else answered"),
        "refused": _l("Did not wish to speak"),
    },
    "action": {
        "section.rhythm_set": _l("Changed the days between contacts"),
        "contact.channel_added": _l("Added a way to reach a person"),
        "contact.channel_changed": _l("Changed a way to reach a person"),
        "contact.channel_removed": _l("Removed a way to reach a person"),
        "contact.attempted": _l("Tried to reach a person"),
        "contact.attempt_removed": _l("Removed an attempt to reach a person"),
    },
    "field": {
        "contact_of": _l("Contact with"),
        "rank": _l("Order"),
        "kind": _l("Kind"),
        "safe_from": _l("Safe from"),
        "safe_until": _l("Safe until"),
        "zone": _l("Time zone"),
        "never_call": _l("Never call"),
        "no_message": _l("Leave no message"),
        "address_sealed": _l("Address"),
        "word_sealed": _l("Word to use"),
        "made_on": _l("Day"),
        "result": _l("Result"),
        "next_on": _l("Next contact wished on"),
        "note": _l("Note"),
        "prepared_days": _l("Days between contacts while prepared"),
        "filed_days": _l("Days between contacts once filed"),
        "urgent_days": _l("Days between contacts in urgent cases"),
    },
    "chronology_kind": {
        "contact": _l("Contacts"),
    },
    "chronology": {
        "contact.attempted": _l("Attempt to reach"),
    },
}
HISTORY: Final = {
    "contact_channel.kind": "contact_kind",
    "contact_attempt.kind": "contact_kind",
    "contact_attempt.result": "contact_result",
}
"""Fields of the history whose values are codes, and their vocabulary."""

REMOVE_CHANNEL: Final = RemovalWords(
    heading=_l("Remove a way to reach a person"),
    question=_l("Remove this way to reach the person?"),
    consequence=_l("The number or address is deleted with it. The history keeps that it was there, not the number."),
    button=_l("Remove it"),
)
REMOVE_ATTEMPT: Final = RemovalWords(
    heading=_l("Remove an attempt"),
    question=_l("Remove this attempt, because it was recorded by mistake?"),
    consequence=_l("The next contact is computed again. The history keeps the attempt."),
    button=_l("Remove the attempt"),
)
WHY_SAFE: Final = _l(
    "A call at the wrong hour, or a message that someone else reads, can put a person in danger. Ask how and when it is safe, and what to say if someone else answers."
)
WHY_LOG: Final = _l(
    "Many cases before the Committee end because nobody could reach the author any more. Recording each attempt shows early that a contact is being lost."
)
