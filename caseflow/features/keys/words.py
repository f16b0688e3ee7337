"""The words of what is done with the data keys, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "action": {
        "keys.rotation_started": _l("Began to seal everything with another data key"),
        "keys.rotation_ended": _l("Sealed everything with another data key"),
    },
    "field": {
        "data_key": _l("Data key"),
        "rows_sealed": _l("Rows sealed again"),
        "rows_not_opened": _l("Rows that could not be opened"),
    },
}
