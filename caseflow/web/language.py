"""The language of a page: the one that the person chose, before sign-in the one that the browser asks for."""

from functools import cache

from babel import Locale
from babel.languages import get_official_languages
from flask import request
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from caseflow.translations import SOURCE, languages
from caseflow.web.access import actor_of_request, is_public
from caseflow.web.texts import page_locale


def language_of_request() -> str:
    """Return the code of an available language.

    Public pages do not ask who is signed in: their language is the one in their address, or that of the browser. When the
    database does not answer, the error page is in English.
    """
    if is_public() and (named := (request.view_args or {}).get("language")) in languages():
        return str(named)
    try:
        if not is_public() and current_user.is_authenticated:
            chosen = actor_of_request().language
            return chosen if chosen in languages() else SOURCE
    except SQLAlchemyError:
        return SOURCE
    return request.accept_languages.best_match(languages(), SOURCE)


def language_name(code: str) -> str:
    """Return the name of a language in that language, so that a person who can't read the page finds theirs."""
    return (Locale(code).get_language_name() or code).capitalize()


def language_names() -> dict[str, str]:
    """Return the names of the available languages, by code."""
    return {code: language_name(code) for code in languages()}


def language_of(state_code: str | None) -> Markup:
    """Return the attribute for what is named as in a State: remedies, courts. Empty in its own language, and where it has several."""
    found = _official_languages(state_code) if state_code else ()
    if len(found) != 1 or found[0] == page_locale().language:
        return Markup()
    return Markup(' lang="{}"').format(found[0])


@cache
def _official_languages(state_code: str) -> tuple[str, ...]:
    return tuple(get_official_languages(state_code))
