"""The words of reminders, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "reminder_cause": {
        "responsible": _l("You are responsible"),
        "snoozed": _l("You asked to be reminded today"),
        "overdue": _l("Overdue, and someone else is responsible"),
        "not_acknowledged": _l("Nobody has acknowledged it, and someone else is responsible"),
        "handed_on": _l("The recipient could not be reached"),
        "substitute": _l("You are the substitute for someone who is away"),
    },
}
