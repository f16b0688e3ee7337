"""Names of people and sections, and codes of sections, as they are typed: checked and brought into one form."""

import re
import unicodedata
from typing import Final

from caseflow.errors import Invalid

LONGEST: Final = 200
JOINERS: Final = "\u200c\u200d"
"""Signs without a picture of their own that Persian and Indian names need inside."""
CODE: Final = re.compile(r"[A-Z0-9](-?[A-Z0-9])*")
LONGEST_CODE: Final = 20


def checked_name(typed: str) -> str:
    """Return a name composed (NFC), with single blanks, so that equal names are equal texts.

    Raises:
        Invalid: nothing can be seen of it, it has signs that cannot be seen, or it is too long.
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    hidden = sorted({f"U+{ord(sign):04X}" for sign in name if _is_hidden(sign)})
    if hidden:
        raise Invalid(
            "The name has signs that cannot be seen: %(signs)s. Type it again instead of copying it.",
            {"name": "Type the name again instead of copying it."},
            values={"signs": ", ".join(hidden)},
        )
    if not any(unicodedata.category(sign)[0] in "LN" for sign in name):
        raise Invalid("The name is missing.", {"name": "Enter the name that colleagues see."})
    if len(name) > LONGEST:
        values = {"number": len(name), "most": LONGEST}
        raise Invalid("The name has %(number)s characters; at most %(most)s are possible.", values=values)
    return name


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "C" and sign not in JOINERS


def checked_code(typed: str) -> str:
    """Return the code of a section in capitals: it begins the references of its cases, and `ma` would be a second MA.

    Raises:
        Invalid: it is not made of a few letters, digits and hyphens.
    """
    code = typed.strip().upper()
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise Invalid(
            "The code of a section has at most %(most)s letters from A to Z, digits and single hyphens, such as ES.",
            values={"most": LONGEST_CODE},
        )
    return code
