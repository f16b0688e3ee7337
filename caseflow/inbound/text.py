"""The text of a file, in the encodings that spreadsheet programs and the web write."""

import codecs
import re
from typing import Final

from caseflow.errors import Invalid

MARKS_OF_ENCODINGS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How XLSX and ODS begin (both are ZIP archives), and XLS."""
WEB_PAGE: Final = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|head|body)", re.IGNORECASE)
SAMPLE: Final = 1_000
"""Bytes that tell whether a file without a mark is UTF-16."""
SHARE_OF_ZEROS: Final = 0.3
"""Of every second byte. In UTF-16 nearly every one of a Latin text is zero."""


def text_of(content: bytes, largest: int) -> str:
    """Return the text of a file: UTF-8 or UTF-16 with or without a byte order mark, otherwise Windows-1252.

    Args:
        content: the file.
        largest: the maximal size in bytes.

    Raises:
        Invalid: at `file`, if it is too large, a workbook, a web page, or not a text.
    """
    if len(content) > largest:
        raise Invalid(
            "The file was not read.",
            {"file": "The file has %(size)s kilobytes; at most %(most)s are read. Is it the right file?"},
            values={"size": len(content) // 1024, "most": largest // 1024},
        )
    if content.startswith(WORKBOOKS):
        raise Invalid(
            "The file was not read.",
            {
                "file": 'The file is a workbook (XLSX, ODS or XLS). Open it in the spreadsheet program and save the sheet as "CSV UTF-8".'
            },
        )
    if WEB_PAGE.match(content.removeprefix(codecs.BOM_UTF8)):
        raise Invalid(
            "The file was not read.",
            {
                "file": 'The file is a web page or XML. Open it in the spreadsheet program, or copy the table into it, and save it as "CSV UTF-8".'
            },
        )
    text = _decoded(content)
    if text is None or "\0" in text:
        raise Invalid(
            "The file was not read.",
            {
                "file": 'The file is not in UTF-8, or is not a table. Save it from the spreadsheet program as "CSV UTF-8".'
            },
        )
    return text


def _decoded(content: bytes) -> str | None:
    """Return the text, or None if no encoding fits."""
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _encodings(content: bytes) -> tuple[str, ...]:
    for mark, encoding in MARKS_OF_ENCODINGS:
        if content.startswith(mark):
            return (encoding,)
    even, odd = content[:SAMPLE:2], content[1:SAMPLE:2]
    if odd.count(0) > SHARE_OF_ZEROS * len(odd) and not even.count(0):
        return ("utf-16-le",)
    if even.count(0) > SHARE_OF_ZEROS * len(even) and not odd.count(0):
        return ("utf-16-be",)
    return ("utf-8", "cp1252")
