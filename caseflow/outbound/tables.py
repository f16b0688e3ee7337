"""Tables as CSV files without formula injection.

Spreadsheet programs evaluate a cell that begins with certain characters, also after blanks (docs/threat-model.md, E1; OWASP, "CSV
Injection"). Such a text gets a leading apostrophe, which marks it as text.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

from caseflow.errors import Invalid

BYTE_ORDER_MARK = "\ufeff"
"""Excel detects UTF-8 only if the file begins with it."""
SEPARATORS = (",", ";", "\t")
"""Spreadsheet programs write semicolons where the comma is the decimal separator."""
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


def text_of(content: bytes, largest: int) -> str:
    """Return the text of an uploaded file.

    Args:
        content: the file.
        largest: the maximal size in bytes.

    Raises:
        Invalid: at `file`, if it is too large, not UTF-8, or not a text file.
    """
    if len(content) > largest:
        raise Invalid(
            "The file was not read.",
            {"file": "The file has %(size)s kilobytes; at most %(most)s are read. Is it the right file?"},
            values={"size": len(content) // 1024, "most": largest // 1024},
        )
    no_table = Invalid(
        "The file was not read.",
        {"file": 'The file is not in UTF-8, or is not a table. Save it from the spreadsheet program as "CSV UTF-8".'},
    )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise no_table from error
    if "\0" in text:
        raise no_table
    return text


def rows_of(text: str, most: int | None = None) -> list[tuple[int, list[str]]]:
    """Return the rows of an uploaded table, each with its number; empty rows are left out.

    The first row is number 1; a cell with several lines is still in one row, as in spreadsheet programs.
    At most `most` + 1 rows are read, to limit time and memory.

    Raises:
        Invalid: at `file`, if quotation marks don't match.
    """
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        texts = ((number, [unescape_formula(cell.strip()) for cell in row]) for number, row in enumerate(reader, 1))
        return list(islice((row for row in texts if any(row[1])), most and most + 1))
    except csv.Error as error:
        raise Invalid(
            "The file was not read.",
            {
                "file": "A quotation mark in the file opens a text that does not end, or ends it too early. Save the file as CSV again."
            },
        ) from error
