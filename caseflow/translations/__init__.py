"""The languages of the interface. English is the source; every other one is a folder here (docs/translating.md).

Catalogues are written and compiled by `make messages` and kept with the code: nothing is compiled when running.
"""

from functools import cache
from pathlib import Path
from typing import Final

from babel.support import NullTranslations, Translations

CATALOGUES: Final = Path(__file__).resolve().parent
SOURCE: Final = "en"
"""The language in which the sentences stand in the code, and the one that is used when nothing better is known."""


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that exist, the source first."""
    found = sorted(file.parents[1].name for file in CATALOGUES.glob("*/LC_MESSAGES/messages.mo"))
    return (SOURCE, *found)


@cache
def words_of(language: str) -> NullTranslations:
    """Return the words of a language where there is no page: in mails and calendars. English where they are missing."""
    return Translations.load(CATALOGUES, [language])
