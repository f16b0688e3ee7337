"""Tables as CSV files without formula injection.

Spreadsheet programs evaluate a cell that begins with certain characters, also after blanks (docs/threat-model.md, E1; OWASP, "CSV
Injection"). Such a text gets a leading apostrophe, which marks it as text.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Excel detects UTF-8 only if the file begins with it."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Characters that begin a formula; the last four are full-width forms, which East Asian editions accept too."""


def escape_formula(text: str) -> str:
    """Return a text that is not evaluated as a formula; the first character that is neither blank nor invisible decides."""
    first = next((sign for sign in text if sign in FORMULA_STARTS or unicodedata.category(sign)[0] not in "CZ"), "")
    return f"'{text}" if first in FORMULA_STARTS else text


def unescape_formula(text: str) -> str:
    """Return a cell of one of our own files without the added apostrophe, so that an exported file can be imported."""
    return text[1:] if text.startswith("'") and escape_formula(text[1:]) == text else text


def csv_table(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return a table in CSV (RFC 4180: commas, CRLF, quotes doubled) in UTF-8. Texts are quoted, numbers are not."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([escape_formula(cell) if isinstance(cell, str) else cell for cell in row])
    return (BYTE_ORDER_MARK + buffer.getvalue()).encode()
