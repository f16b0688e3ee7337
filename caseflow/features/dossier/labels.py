"""The words of documents in English, Spanish and French: of the documents only, whatever languages the pages have (decision 49)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from babel import Locale
from babel.dates import format_date, format_skeleton

from caseflow.law import UncertainDate
from caseflow.law.data import load_state_names

LANGUAGES: Final = ("en", "es", "fr")


@cache
def _labels() -> Mapping[str, Mapping[str, tuple[str, str, str]]]:
    return MappingProxyType(json.loads(files("caseflow.features.dossier").joinpath("labels.json").read_bytes()))


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language."""

    language: str

    @property
    def _locale(self) -> str:
        """The locale of dates: the day stands before the month, as in the documents of the Committee."""
        return "en_GB" if self.language == "en" else self.language

    def of(self, group: str, code: str, **values: str) -> str:
        """Return the words of a code, with values inserted; the code where it has no words."""
        words = _labels().get(group, {}).get(code)
        text = words[LANGUAGES.index(self.language)] if words else code
        return text % values if values else text

    def word(self, code: str) -> str:
        """Return a word of the document's own."""
        return self.of("word", code)

    def has(self, group: str, code: str) -> bool:
        """Return whether a code has words."""
        return code in _labels()[group]

    def day(self, when: UncertainDate | date | None) -> str:
        """Return a date as it is known; nothing without one."""
        if when is None:
            return ""
        if isinstance(when, date):
            return format_date(when, "long", self._locale)
        day = datetime(when.year, when.month or 1, when.day or 1, tzinfo=UTC)
        if when.precision == "day":
            shown = format_date(day, "long", self._locale)
        else:
            shown = format_skeleton("yMMMM" if when.precision == "month" else "y", day, locale=self._locale)
        return self.of("when", when.bound, date=shown)

    def state(self, code: str) -> str:
        """Return the name of a State."""
        return load_state_names(self.language).get(code) or str(Locale(self.language).territories.get(code, code))

    def language_name(self, code: str) -> str:
        """Return the name of a language."""
        return str(Locale(self.language).languages.get(code, code))
