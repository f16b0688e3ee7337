"""Translations for the page: Flask-Babel's catalogue, looked up once for each page.

Flask-Babel looks up request, domain, language and catalogue for each of the several hundred texts of a page, which took
an eighth of the time of a case page. These functions return the same; import `gettext` and the like from here.
"""

from dataclasses import dataclass, field
from typing import Any

from babel import Locale
from flask import g
from flask_babel import LazyString, get_locale, get_translations

ENGLISH = Locale("en")


@dataclass(slots=True)
class PageTexts:
    """The language and the catalogue of one page."""

    locale: Locale
    catalogue: Any
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    """The vocabularies that the page has used so far (`web.words`)."""


def page_texts() -> PageTexts:
    """Return the texts of the page; English where there is no request, as in a command."""
    try:
        store = g._get_current_object().__dict__  # noqa: SLF001 - one lookup instead of one for each attribute
    except RuntimeError:
        return PageTexts(ENGLISH, get_translations())
    known: PageTexts | None = store.get("page_texts")
    # `force_locale` changes the language in the middle of a request.
    if known is None or getattr(store.get("_flask_babel"), "babel_locale", None) is not known.locale:
        known = store["page_texts"] = PageTexts(get_locale() or ENGLISH, get_translations())
    return known


def page_locale() -> Locale:
    """Return the locale of the page; English where there is no request, as in a command."""
    return page_texts().locale


def gettext(text: str, **values: object) -> str:
    """Return a sentence in the page's language, with values inserted."""
    words: str = page_texts().catalogue.ugettext(text)
    return words % values if values else words


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """Return a sentence for a number in the page's language, with the number as `num` and values inserted."""
    words: str = page_texts().catalogue.ungettext(singular, plural, num)
    return words % {"num": num, **values}


def lazy_gettext(text: str, **values: object) -> LazyString:
    """Return a sentence that is translated when it is shown: for constants of a module."""
    return LazyString(gettext, text, **values)


def lazy_ngettext(singular: str, plural: str, num: int, **values: object) -> LazyString:
    """Return a sentence for a number that is translated when it is shown."""
    return LazyString(ngettext, singular, plural, num, **values)
