"""Small files that are what they say: a PDF with a page of text, and an image. For the demo only."""

import struct
import zlib
from collections.abc import Sequence
from typing import Final

LINE: Final = 18
"""Points from one line of text to the next."""


def pdf(lines: Sequence[str]) -> bytes:
    """Return a PDF of one page with lines of text in the Latin alphabet (ISO 32000-1)."""
    shown = "".join(f"({_escaped(line)}) Tj 0 -{LINE} Td " for line in lines)
    text = f"BT /F1 12 Tf 72 760 Td {shown}ET".encode("cp1252", errors="replace")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, part)
    begin = len(made)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, rows)
    made += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, begin)
    return bytes(made)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def png(width: int = 640, height: int = 400) -> bytes:
    """Return an image of a wall and a closed door (PNG, ISO/IEC 15948)."""
    wall, door, ground = b"\xc8\xb8\xa0", b"\x5a\x40\x30", b"\x70\x70\x70"
    left, right, top, bottom = width * 2 // 5, width * 3 // 5, height // 4, height * 7 // 8
    blank = b"\0" + wall * width
    with_door = b"\0" + wall * left + door * (right - left) + wall * (width - right)
    rows = blank * top + with_door * (bottom - top) + (b"\0" + ground * width) * (height - bottom)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
