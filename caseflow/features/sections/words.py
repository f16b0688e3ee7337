"""The words of what is changed of a section, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "action": {
        "section.contact_changed": _l("Changed the public contact of the section"),
        "section.contact_published": _l("Published the contact of the section"),
        "section.contact_withdrawn": _l("Withdrew the public contact of the section"),
    },
}
