"""The manuals as pages. They are the files of `docs`, read once when the application starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, cast

from flask import Flask, current_app, url_for

from caseflow.translations import SOURCE, languages
from caseflow.web.markdown import Text, render
from caseflow.web.texts import page_locale

DOCS: Final = Path(__file__).resolve().parents[3] / "docs"
MANUALS: Final = ("caseworkers", "reporters", "administrators", "auditors", "glossary", "accessibility", "operating")
"""The files that are shown, in this order."""
LEFT_OUT: Final = {"glossary": ("The machine", "Planned")}
"""Chapters for people who change caseflow."""
ADDRESSES: Final = {f"{name}.md": name for name in MANUALS}

Library = Mapping[tuple[str, str], "Manual"]


@dataclass(frozen=True, slots=True)
class Manual:
    """A manual in the language of the page, or in English where it is not translated."""

    name: str
    language: str
    text: Text


@cache
def read_manuals(folder: Path = DOCS) -> Library:
    """Return every manual by language and name.

    Raises:
        FileNotFoundError: an English manual is missing.
    """
    return {(language, name): _manual(folder, language, name) for language in languages() for name in MANUALS}


def _manual(folder: Path, language: str, name: str) -> Manual:
    translated = folder / language / f"{name}.md"
    is_there = language != SOURCE and translated.exists()
    source = (translated if is_there else folder / f"{name}.md").read_text("utf-8")
    text = render(source, ADDRESSES, leave_out=() if is_there else LEFT_OUT.get(name, ()))
    return Manual(name, language if is_there else SOURCE, text)


def manuals(language: str) -> list[Manual]:
    """Return all manuals for a reader of a language."""
    library = cast("Library", current_app.extensions["caseflow.manuals"])
    return [library[language, name] for name in MANUALS]


def install(app: Flask) -> None:
    """Read the manuals, so that a missing one is found at the start, and give every page the address of help in its language."""
    app.extensions["caseflow.manuals"] = read_manuals()
    app.jinja_env.globals["help_address"] = lambda: url_for("help.index", language=str(page_locale()))
