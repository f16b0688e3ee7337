"""The type of a file by its beginning."""

import io
import zipfile

import pytest

from caseflow.storage.types import ALL, ENDINGS, type_of


def archive(*names, first=b""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        if first:
            made.writestr("mimetype", first)
        for name in names:
            made.writestr(name, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpg"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "png"),
        (b"II*\0\x08\0\0\0", "tif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "wav"),
        (b"\0\0\0\x18ftypheic\0\0", "heic"),
        (b"\0\0\0\x18ftypisom\0\0", "mp4"),
        (b"\0\0\0\x14ftypqt  \0\0", "mov"),
        (b"\0\0\0\x14ftypM4A \0\0", "m4a"),
        (b"OggS\0\2", "ogg"),
        (b"ID3\4\0", "mp3"),
        ("Transcripción de la entrevista, 3 de mayo\n".encode(), "txt"),
        (b"\xef\xbb\xbfDay;What\n", "txt"),
        (archive("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "docx"),
        (archive("_rels/.rels", "docProps/app.xml", "xl/workbook.xml", "[Content_Types].xml"), "xlsx"),
        (archive("content.xml", first=b"application/vnd.oasis.opendocument.text"), "odt"),
        (archive("content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
    ],
)
def test_what_evidence_comes_in_is_known(head, ending):
    assert type_of(head).ending == ending


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"  \n<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\0",
        b"\x7fELF\2\1\1",
        b"Rar!\x1a\7\0",
        b"text\0with zero",
        b"\xff\xfe<\0h\0",
        "á".encode("latin-1") * 20,
        archive("evil.exe"),
        archive("word/document.xml"),
        archive("META-INF/MANIFEST.MF", first=b"application/epub+zip"),
        b"RIFF\0\0\0\0ACON",
    ],
)
def test_everything_else_is_not_taken(head):
    assert type_of(head) is None


def test_a_letter_that_the_head_cuts_off_is_no_fault():
    text = "niñas y niños " * 10
    for cut in range(len(text.encode()) - 20, len(text.encode())):
        assert type_of(text.encode()[:cut]).ending == "txt"


def test_every_type_has_its_own_ending():
    assert len({kind.media_type for kind in ALL}) == len(ENDINGS)
    assert {kind.ending for kind in ALL} == set(ENDINGS.values())
