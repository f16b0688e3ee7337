"""The words of reminders, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "reminder_cause": {
        "responsible": _l("You are responsible"),
        "snoozed": _l("You asked to be reminded today"),
        "overdue": _l("Overdue in a section you coordinate"),
        "not_acknowledged": _l("Not acknowledged, in a section you coordinate"),
        "handed_on": _l("The recipient could not be reached"),
        "substitute": _l("You are the substitute for someone who is away"),
    },
}
