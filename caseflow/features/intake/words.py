"""The words of intake: questions on consent as one asks them, and what members of a household are to the first person."""

from collections.abc import Mapping
from typing import Final

from caseflow.models import ConsentScope
from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "to_first": {
        "child": _l("Child of person 1"),
        "ward": _l("In the guardianship of person 1"),
        "spouse": _l("Spouse or partner of person 1"),
        "parent": _l("Parent of person 1"),
        "cared_for": _l("Cared for by person 1"),
    },
}
QUESTIONS: Final = {
    ConsentScope.RECORD: _l("May we keep a record of what you tell us?"),
    ConsentScope.CONTACT: _l("May we contact you?"),
    ConsentScope.SHARE: _l("May our partner organisations in the coalition read it?"),
    ConsentScope.REFER: _l("May we pass your case on to another organisation that can help?"),
    ConsentScope.SUBMIT: _l("May we take your case to the United Nations?"),
    ConsentScope.DISCLOSE: _l("May we give the State your name?"),
    ConsentScope.PUBLISH: _l("May we publish what happened, without your name?"),
    ConsentScope.SENSITIVE: _l("May we note what is sensitive: your health, origin, religion?"),
}
"""As they are asked; the answers are kept by scope (`consent`)."""
NOBODY: Final = _l("Nobody and no case that you may see matches. Go on with the consent.")
WHY_SEARCH: Final = _l(
    "Someone may have called before, or a colleague recorded the same eviction. Names and phone numbers are compared as sealed digests: equal ones are found, and nobody's name is shown. Only cases that you may see are found."
)
WHY_CONSENT: Final = _l(
    "Each use has its own answer, and “not asked yet” is one. What a person does not allow is refused later: sharing, referring, filing. Everything can be changed and withdrawn on the page of the person."
)
WHY_CODE_NAMES: Final = _l(
    "Names and numbers are sealed as you save. Everywhere else each person is a code name such as V1. Enter no names in the title and the descriptions."
)
