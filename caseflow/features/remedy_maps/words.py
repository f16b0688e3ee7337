"""The words of remedy maps, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "limit_unit": {
        "calendar_days": _l("calendar days"),
        "working_days": _l("working days"),
        "months": _l("months"),
        "years": _l("years"),
    },
    "limit_from": {
        "act": _l("the act"),
        "decision": _l("the decision"),
        "notification": _l("the notification"),
        "publication": _l("the publication"),
        "silence": _l("the silence that counts as a refusal"),
    },
    "effectiveness": {
        "effective": _l("Effective"),
        "doubtful": _l("Doubtful"),
        "ineffective": _l("Not effective"),
        "not_known": _l("Not assessed"),
    },
}
