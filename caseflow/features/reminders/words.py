"""The words of reminders, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "reminder_cause": {
        "responsible": _l("You are responsible"),
        "snoozed": _l("You asked to be reminded today"),
        "overdue": _l("It has passed, and you coordinate the section"),
        "not_acknowledged": _l("Nobody has said that they have seen it, and you coordinate the section"),
        "handed_on": _l("It could not reach whom it was meant for"),
        "substitute": _l("You stand in for somebody who is away"),
    },
}
