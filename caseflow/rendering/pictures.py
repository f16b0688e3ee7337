"""What a copy may be: a JPEG with pixels and nothing else.

The child could have been taken over by a hostile file, so its answer is checked here, byte by byte and without a decoder: only the
segments that pixels need, and nothing before, between or after them. So no EXIF, no GPS, no author, no thumbnail, no comment.
"""

from typing import Final

START: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"
_JFIF: Final = b"\xff\xe0\x00\x10JFIF\x00"
"""With its length: 16 bytes have no room for a thumbnail."""
_ALLOWED: Final = frozenset({0xC0, 0xC4, 0xDB, 0xDD})
"""Baseline frame, Huffman tables, quantisation tables, restart interval (ITU-T T.81)."""
_SCAN: Final = 0xDA


def is_plain_picture(data: bytes) -> bool:
    """Return whether it is a baseline JPEG of one scan without any segment that could hold something else."""
    if not data.startswith(START + _JFIF) or not data.endswith(END):
        return False
    place = len(START) + 2 + 16
    while place + 4 <= len(data) and data[place] == 0xFF:  # noqa: PLR2004 - the first byte of every marker
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == _SCAN:
            return _is_one_scan(data[place + 2 + length :])
        if marker not in _ALLOWED or length < 2:  # noqa: PLR2004 - a length counts its own two bytes
            return False
        place += 2 + length
    return False


def _is_one_scan(data: bytes) -> bool:
    """Return whether the entropy-coded data reach to the end marker, which is the last thing."""
    place = data.find(b"\xff")
    while place >= 0:
        following = data[place + 1 : place + 2]
        if following == b"\xd9":
            return place + 2 == len(data)
        if following != b"\x00" and not b"\xd0" <= following <= b"\xd7":
            return False
        place = data.find(b"\xff", place + 2)
    return False
