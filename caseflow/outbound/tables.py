"""Tables as files: CSV that no spreadsheet program takes for a formula.

Programs run a cell that begins with one of a few signs, also when blanks stand before it (threat model, E1; OWASP, "CSV
Injection"). Such a text gets an apostrophe in front, which spreadsheet programs read as "this is text".
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

from caseflow.errors import Invalid

BYTE_ORDER_MARK = "\ufeff"
"""Excel reads UTF-8 only when the file begins with it."""
SEPARATORS = (",", ";", "\t")
"""Spreadsheet programs write the second where the comma separates decimals."""
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula; the last four are the wide forms of the first four, which East Asian editions take alike."""


def guarded(text: str) -> str:
    """Return a text that no spreadsheet program runs: what counts is the first character that is neither blank nor invisible."""
    first = next((sign for sign in text if sign in SIGNS or unicodedata.category(sign)[0] not in "CZ"), "")
    return f"'{text}" if first in SIGNS else text


def unguarded(text: str) -> str:
    """Return a text of one of our own files as it was before it was guarded, so that what goes out can come back in."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def csv_table(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return a table in CSV (RFC 4180: commas, CRLF, quotes doubled) in UTF-8. Texts are quoted, numbers bare."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return (BYTE_ORDER_MARK + buffer.getvalue()).encode()


def text_of(content: bytes, largest: int) -> str:
    """Return the text of a file that somebody hands in.

    Args:
        content: the file.
        largest: how many bytes it may have.

    Raises:
        Invalid: at `file`, when it is too large, or not UTF-8, or no text.
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
    """Return the rows of a table that somebody hands in, each with its number; those without any text are left out.

    The first row is number 1, as spreadsheet programs count: a cell with several lines makes no more of them.
    With `most`, reading ends one row after so many: a few megabytes of short lines would take much time and memory.

    Raises:
        Invalid: at `file`, when quotation marks don't match.
    """
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        texts = ((number, [unguarded(cell.strip()) for cell in row]) for number, row in enumerate(reader, 1))
        return list(islice((row for row in texts if any(row[1])), most and most + 1))
    except csv.Error as error:
        raise Invalid(
            "The file was not read.",
            {
                "file": "A quotation mark in the file opens a text that does not end, or ends it too early. Save the file as CSV again."
            },
        ) from error
