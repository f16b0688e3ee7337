"""What kind of file it is, by its first bytes: never by its name, nor by what the sender says (docs/decisions/0039).

A table of the few types that evidence comes in. What is not in it is refused. Nothing is parsed or unpacked.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is taken: its media type, the ending its downloads get, and whether it may hold programs (macros, links)."""

    media_type: str
    ending: str
    is_active: bool = False


PDF: Final = FileType("application/pdf", "pdf", is_active=True)
_BEGINNINGS: Final = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", FileType("image/jpeg", "jpg")),
    (b"\x89PNG\r\n\x1a\n", FileType("image/png", "png")),
    (b"II*\x00", FileType("image/tiff", "tif")),
    (b"MM\x00*", FileType("image/tiff", "tif")),
    (b"GIF87a", FileType("image/gif", "gif")),
    (b"GIF89a", FileType("image/gif", "gif")),
    (b"OggS", FileType("audio/ogg", "ogg")),
    (b"ID3", FileType("audio/mpeg", "mp3")),
    (b"\xff\xfb", FileType("audio/mpeg", "mp3")),
    (b"\xff\xf3", FileType("audio/mpeg", "mp3")),
    (b"#!AMR", FileType("audio/amr", "amr")),
    (b"\x1aE\xdf\xa3", FileType("video/webm", "webm")),
    (b"{\\rtf", FileType("application/rtf", "rtf", is_active=True)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileType("application/x-ole-storage", "doc", is_active=True)),
)
"""Beginning of the file -> type. An old office file does not say in its beginning which program made it."""
_RIFF: Final = {
    b"WEBP": FileType("image/webp", "webp"),
    b"WAVE": FileType("audio/wav", "wav"),
    b"AVI ": FileType("video/x-msvideo", "avi"),
}
_ISO_BRANDS: Final = {
    b"heic": FileType("image/heic", "heic"),
    b"heix": FileType("image/heic", "heic"),
    b"mif1": FileType("image/heif", "heif"),
    b"avif": FileType("image/avif", "avif"),
    b"M4A ": FileType("audio/mp4", "m4a"),
    b"qt  ": FileType("video/quicktime", "mov"),
    b"3gp4": FileType("video/3gpp", "3gp"),
    b"3gp5": FileType("video/3gpp", "3gp"),
}
"""ISO 14496-12: the brand in the box `ftyp`; every other brand is a video."""
_MP4: Final = FileType("video/mp4", "mp4")
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument."
_OFFICE: Final = {
    b"word/": FileType(f"{_OPEN_XML}wordprocessingml.document", "docx", is_active=True),
    b"xl/": FileType(f"{_OPEN_XML}spreadsheetml.sheet", "xlsx", is_active=True),
    b"ppt/": FileType(f"{_OPEN_XML}presentationml.presentation", "pptx", is_active=True),
}
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
_OPEN_DOCUMENTS: Final = {
    f"{_OPEN_DOCUMENT}{kind}".encode(): FileType(f"{_OPEN_DOCUMENT}{kind}", ending, is_active=True)
    for kind, ending in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
}
TEXT: Final = FileType("text/plain", "txt")
_ZIP: Final = b"PK\x03\x04"
_MIMETYPE: Final = b"mimetypeapplication/"
_CONTROL: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")
_LONGEST_LETTER: Final = 4
"""Bytes of a letter in UTF-8: the head may end inside one."""

ALL: Final = (*(kind for _, kind in _BEGINNINGS), *_RIFF.values(), *_ISO_BRANDS.values(), _MP4, *_OFFICE.values(),
              *_OPEN_DOCUMENTS.values(), TEXT)  # fmt: skip
ACCEPT: Final = ",".join(["image/*", "audio/*", "video/*", "image/heic", *sorted({f".{kind.ending}" for kind in ALL})])
"""What file dialogues of browsers offer first, and what lets a phone offer its camera. Nothing relies on it."""
ENDINGS: Final = {kind.media_type: kind.ending for kind in ALL}
ACTIVE: Final = frozenset(kind.media_type for kind in ALL if kind.is_active)


def type_of(head: bytes) -> FileType | None:
    """Return the type of a file by its beginning (at least its first 4,096 bytes, or all of it); None if it is not taken."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _ISO_BRANDS.get(head[8:12], _MP4)
    if head.startswith(_ZIP):
        return _office_type(head)
    return TEXT if _is_text(head) else None


def _office_type(head: bytes) -> FileType | None:
    """Return the type of an office file, which is an archive; None of any other archive."""
    if (found := head.find(_MIMETYPE, 0, 128)) >= 0:
        kind = head[found + len(b"mimetype") :]
        return next((one for name, one in sorted(_OPEN_DOCUMENTS.items(), reverse=True) if kind.startswith(name)), None)
    if b"[Content_Types].xml" not in head and b"_rels/.rels" not in head:
        return None
    return next((kind for folder, kind in _OFFICE.items() if folder in head), None)


def _is_text(head: bytes) -> bool:
    """Return whether it is text in UTF-8 without control characters, and no markup that a browser would run."""
    if not head or not _CONTROL.isdisjoint(head):
        return False
    for cut in range(_LONGEST_LETTER):
        try:
            head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return False
