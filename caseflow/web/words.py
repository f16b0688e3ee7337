"""The words for codes: labels of vocabularies, stages, roles, States, in the page's language.

Vocabularies of the law come from the engine's dated pack, the others from the features (`Feature.words`).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, cast

from babel import Locale
from flask import Flask, current_app
from flask_babel import LazyString
from markupsafe import Markup

from caseflow.errors import CaseflowError, Code
from caseflow.languages import language_of
from caseflow.law import load_register, load_vocabularies
from caseflow.law.data import load_state_names
from caseflow.law.sentences import Language, Text, from_document, write, write_each
from caseflow.web.texts import gettext, page_locale, page_texts

PACK_WORDS = {
    "right": "rights",
    "violation_type": "violation_types",
    "group": "groups",
    "remedy_stage": "remedy_stages",
    "remedy_kind": "remedy_kinds",
    "outcome": "outcomes",
    "reason_not_used": "reasons_not_used",
    "body": "bodies",
    "procedure_status": "procedure_statuses",
    "housing_answer": "housing_answers",
    "other_treaty": "other_treaties",
    "objection_ground": "objection_grounds",
}


@cache
def _pack(vocabulary: str) -> dict[str, str]:
    return {term.code: term.label for term in getattr(load_vocabularies(), PACK_WORDS[vocabulary])}


class Words:
    """All words of an application by vocabulary and code, looked up once for each language."""

    def __init__(self, own: Mapping[str, Mapping[str, LazyString]], history: Mapping[str, str]) -> None:
        self.own = own
        self.history = history
        """Fields of histories whose values are codes -> the vocabulary of the codes."""
        self._by_language: dict[tuple[str, str], dict[str, str]] = {}

    def of(self, vocabulary: str) -> dict[str, str]:
        """Return the words of a vocabulary by code, in the page's language."""
        texts = page_texts()
        if vocabulary not in texts.labels:
            texts.labels[vocabulary] = self._in_language(str(texts.locale), vocabulary)
        return texts.labels[vocabulary]

    def _in_language(self, language: str, vocabulary: str) -> dict[str, str]:
        key = (language, vocabulary)
        if key not in self._by_language:
            own = self.own.get(vocabulary)
            self._by_language[key] = (
                {code: str(words) for code, words in own.items()}
                if own is not None
                else {code: str(gettext(words)) for code, words in _pack(vocabulary).items()}
            )
        return self._by_language[key]


def words_of_app() -> Words:
    """Return the words of this application."""
    return cast("Words", current_app.extensions["caseflow.words"])


def label(vocabulary: str, code: object) -> str:
    """Return the words for a code in the page's language; an empty text where there is no code.

    Raises:
        KeyError: a feature's vocabulary lacks the code. An unknown code of a vocabulary of the law is returned unchanged.
    """
    if code is None or code == "":
        return ""
    words, wanted = words_of_app(), str(code)
    known = words.of(vocabulary)
    return known[wanted] if vocabulary in words.own else known.get(wanted, wanted)


def labels(vocabulary: str, codes: list[str]) -> str:
    """Return the words for several codes, separated by commas."""
    return ", ".join(label(vocabulary, code) for code in codes)


def codes(vocabulary: str) -> list[str]:
    """Return all codes of a vocabulary, in its order."""
    return list(words_of_app().of(vocabulary))


class Choices(dict[str, str]):
    """Words by code of a vocabulary. They are nobody's data, so an unanswered field that offers them is drawn once."""


def choices(vocabulary: str, *, empty: str | None = None) -> Choices:
    """Return words by code for a select box, with an empty choice first when `empty` gives its label."""
    first = {} if empty is None else {"": empty}
    return Choices(first | words_of_app().of(vocabulary))


def right_of_violation_type(code: str) -> tuple[str, ...]:
    """Return the rights that a violation type belongs to; an empty tuple means any right."""
    return next((kind.rights for kind in load_vocabularies().violation_types if kind.code == code), ())


def error_sentence(error: CaseflowError) -> str:
    """Return the sentence of a service's error, in the page's language."""
    return in_page_language(error.sentence, error)


def in_page_language(sentence: str, error: CaseflowError) -> str:
    """Return one of the sentences of an error in the page's language, with its values in words."""
    values = {
        name: label(value.vocabulary, value.code) if isinstance(value, Code) else value
        for name, value in error.values.items()
    }
    return str(gettext(sentence, **values))


def english(text: str) -> str:
    """Return an English sentence of the law engine, marked as English on pages in other languages, for screen readers."""
    if not text or page_locale().language == "en":
        return text
    return Markup('<span lang="en">{}</span>').format(text)


def in_words(text: Text) -> str:
    """Return sentences of the law engine in the page's language."""
    return write(text, _page_language())


def each_in_words(text: Text) -> tuple[str, ...]:
    """Return the items of a list of the law engine in the page's language."""
    return write_each(text, _page_language())


def stored_in_words(stored: str | Sequence[Mapping[str, Any]]) -> str:
    """Return stored sentences of the law engine in the page's language. What was stored before November 2026 is English text."""
    return english(stored) if isinstance(stored, str) else in_words(from_document(stored))


def source_in_words(source: str) -> str:
    """Return a citation or another source of the rules in the page's language."""
    return _page_language().text(source)


def _page_language() -> Language:
    return language_of(page_locale().language)


def state_name(code: str) -> str:
    """Return a State's name in the page's language, as the United Nations use it."""
    return _name(page_locale(), code)


def _name(locale: Locale, code: str) -> str:
    return load_state_names(locale.language).get(code) or str(locale.territories.get(code, code))


def state_choices(codes: Iterable[str] | None = None, *, empty: str | None = None) -> dict[str, str]:
    """Return the States' names by code, in the order of the names, for a select box; by default the States of the packaged register."""
    first = {} if empty is None else {"": empty}
    return first | _state_names(page_locale(), tuple(load_register().states if codes is None else codes))


@lru_cache(maxsize=20)
def _state_names(locale: Locale, codes: tuple[str, ...]) -> dict[str, str]:
    names = {code: _name(locale, code) for code in codes}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def translated(text: str, **values: object) -> Markup:
    """Return a sentence in the page's language with values inserted; templates call it `_`.

    Returns the same as Flask-Babel's function, and is faster (`web.texts`).
    """
    words = Markup(page_texts().catalogue.ugettext(text))  # noqa: S704 - the catalogue is trusted; values are escaped by the next line
    return words % values if values or "%" in words else words


def install(app: Flask, own: Mapping[str, Mapping[str, LazyString]], history: Mapping[str, str]) -> None:
    """Register the words. Must run after Babel is set up, because it replaces Babel's `_`."""
    app.extensions["caseflow.words"] = Words(own, history)
    app.jinja_env.filters.update(
        english=english, in_words=in_words, stored_in_words=stored_in_words, source_in_words=source_in_words
    )
    app.jinja_env.globals.update(label=label, labels=labels, state_name=state_name, _=translated)
