"""Finding a State by its names in lists: ISO 3166-1 codes of two or three letters, English names, and those of the UN."""

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

from babel import Locale
from babel.core import get_global

from caseflow.law import load_register

ALPHA_2, ALPHA_3 = 2, 3


def state_code(written: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a State or territory; None if unknown."""
    text = written.strip()
    territories = Locale("en").territories
    if len(text) == ALPHA_2 and text.isascii() and text.isalpha():
        return text.upper() if text.upper() in territories else None
    if len(text) == ALPHA_3 and text.isascii() and text.isalpha():
        # CLDR's aliases hold the three-letter and the numeric codes of each territory.
        codes = cast("Mapping[str, list[str]]", get_global("territory_aliases")).get(text.upper(), [])
        return codes[0] if len(codes) == 1 else None
    return _names().get(_plain(text))


@cache
def _names() -> Mapping[str, str]:
    aliases = json.loads((files("caseflow.law.data") / "state_aliases.json").read_text(encoding="utf-8"))["names"]
    english = {_plain(str(name)): code for code, name in Locale("en").territories.items() if len(code) == ALPHA_2}
    register = {_plain(row.name): row.iso2 for row in load_register().states.values()}
    return english | register | {_plain(name): code for name, code in aliases.items()}


def _plain(name: str) -> str:
    """Return a name in lower case without accents and punctuation, and with "and" for "&", as lists differ in these."""
    bare = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("\u2019", "'"))
    letters = "".join(
        sign if sign.isalnum() else " " for sign in bare if not unicodedata.combining(sign) and sign != "'"
    )
    return " ".join(letters.casefold().split())
