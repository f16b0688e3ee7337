"""Finding a State by its names in lists: ISO 3166-1 codes of two or three letters, English names, and those of the UN."""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

from babel import Locale
from babel.core import get_global

from caseflow.law import load_register
from caseflow.law.data import load_state_names

ALPHA_2, ALPHA_3 = 2, 3
APOSTROPHES = dict.fromkeys(map(ord, "'`\u00b4\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u201b\u2032\uff07"))
"""To be left out, as lists write them in many ways; decomposed first, some would become blanks."""
FOOTNOTE_SIGNS = re.compile(
    r"\s*(?:[\u00b9\u00b2\u00b3\u2070-\u2079*\u2020\u2021]+|\[\w{1,3}\]|\(\d{1,3}\)|\d{1,3})(?:\s*,?\s*(?:[\u00b9\u00b2\u00b3\u2070-\u2079*\u2020\u2021]+|\[\w{1,3}\]|\(\d{1,3}\)|\d{1,3}))*$"
)
"""Figures and signs of footnotes behind a name, raised or not: `Germany 2,3`, `China[1]`, `Serbia*`."""
LONGEST_NAME = 100


def state_code(written: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a State or territory; None if unknown. Signs of footnotes may follow it."""
    text = " ".join(written.split())[:LONGEST_NAME]
    return _code(text) or _code(FOOTNOTE_SIGNS.sub("", text))


def _code(text: str) -> str | None:
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
    return (
        english
        | register
        | {_plain(name): code for code, name in load_state_names("en").items()}
        | {_plain(name): code for name, code in aliases.items()}
    )


def _plain(name: str) -> str:
    """Return a name in lower case without accents and punctuation, and with "and" for "&", as lists differ in these."""
    bare = unicodedata.normalize("NFKD", name.replace("&", " and ").translate(APOSTROPHES))
    letters = "".join(sign if sign.isalnum() else " " for sign in bare if not unicodedata.combining(sign))
    return " ".join("saint" if word == "st" else word for word in letters.casefold().split())
