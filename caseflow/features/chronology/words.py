"""The words of the chronology. Those of its entries are with the features that give them."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "action": {"chronology.exported": _l("Downloaded the chronology")},
    "field": {"reason": _l("Reason"), "entries": _l("Entries")},
}
