"""The languages of the interface. English is the source; every other one is a folder here (docs/translating.md).

In a folder stands messages.po, which people translate, and beside it messages.mo, which programs read. The second is not
kept with the code: it is compiled when caseflow is installed, and at the start whenever it is missing or older.
"""

import os
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations

CATALOGUES: Final = Path(__file__).resolve().parent
SOURCE: Final = "en"
"""The language in which the sentences stand in the code, and the one that is used when nothing better is known."""


class CatalogueError(RuntimeError):
    """A catalogue that can't be compiled. Without it, everybody would silently be shown English."""


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that exist, the source first."""
    found = sorted(file.parents[1].name for file in CATALOGUES.glob("*/LC_MESSAGES/messages.mo"))
    return (SOURCE, *found)


@cache
def words_of(language: str) -> NullTranslations:
    """Return the words of a language where there is no page: in mails and calendars. English where they are missing."""
    return Translations.load(CATALOGUES, [language])


def compile_catalogues(folder: Path = CATALOGUES) -> None:
    """Compile every catalogue that is not compiled yet, or was changed since.

    Raises:
        CatalogueError: one can't be read, or its compiled form can't be written.
    """
    for source in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            _compile(source, target)


def read_catalogue(source: Path) -> Catalog:
    """Read what people translate.

    Raises:
        CatalogueError: a line of it is no part of a catalogue, such as the marks of an unfinished merge.
    """
    try:
        with source.open("rb") as text:
            return read_po(text, locale=source.parents[1].name, abort_invalid=True)
    except (PoFileError, ValueError) as problem:
        raise CatalogueError(f"{source} can't be read: {problem}") from problem


def _compile(source: Path, target: Path) -> None:
    catalog, compiled = read_catalogue(source), BytesIO()
    catalog.creation_date = datetime(1970, 1, 1, tzinfo=UTC)  # in the header: the same words give the same bytes
    write_mo(compiled, catalog)
    if target.exists() and target.read_bytes() == compiled.getvalue() and not os.access(target.parent, os.W_OK):
        return  # only its time of change is older, as after some ways of copying
    try:
        # Renamed into its place: other processes may be reading, or doing the same.
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            file.write(compiled.getvalue())
        Path(file.name).chmod(0o644)
        Path(file.name).replace(target)
    except OSError as problem:
        raise CatalogueError(
            f"{target} is missing or older than {source.name}, and can't be written: {problem}. "
            "Start caseflow once as a user who may write there, or install it again."
        ) from problem
