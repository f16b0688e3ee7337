"""The languages in which sentences of the law are written: catalogue, months and names of States of each."""

from functools import cache
from typing import Final

from babel import Locale

from caseflow.law.data import load_state_names
from caseflow.law.sentences import ENGLISH, Language
from caseflow.translations import SOURCE, words_of

_MONTHS: Final = range(1, 13)


@cache
def language_of(code: str) -> Language:
    """Return a language by its code, such as `es`; a sentence that its catalogue lacks stays English."""
    if code == SOURCE:
        return ENGLISH
    locale, names = Locale.parse(code), load_state_names(code)
    months = locale.months["format"]["wide"]

    def state(iso2: str, name: str) -> str:
        return names.get(iso2) or str(locale.territories.get(iso2, name))

    return Language(code, words_of(code).gettext, tuple(str(months[number]) for number in _MONTHS), state)
