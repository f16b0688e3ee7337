"""Tables as CSV and XLSX files without formula injection.

Spreadsheet programs evaluate a cell that begins with certain characters, also after blanks (docs/threat-model.md, E1; OWASP, "CSV
Injection"). Such a text gets a leading apostrophe, which marks it as text.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from xlsxwriter import Workbook

XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


def xlsx_table(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return a table as a spreadsheet. Every text is a cell of text, never a formula, a link or a number, whatever it begins with.

    The file names no author, and not when it was made.
    """
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    sheet, bold = book.add_worksheet("Cases"), book.add_format({"bold": True})
    sheet.freeze_panes(1, 1)
    for place, row in enumerate((header, *rows)):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(place, column, without_controls(cell), bold if place == 0 else None)
            else:
                sheet.write_number(place, column, cell)
    sheet.autofit()
    book.close()
    return buffer.getvalue()


def without_controls(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))
