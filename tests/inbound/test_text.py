"""Which bytes are a text, and what is said of those that are none."""

import pytest

from caseflow.errors import Invalid
from caseflow.inbound.text import text_of

TEXT = "Participant;Día\r\nCôte d\u2019Ivoire;5 €\r\n"
LATIN = "Participant;Signature\r\nSpain;24 Sep 2009\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_spreadsheet_programs_are_read(encoding):
    assert text_of(TEXT.encode(encoding), 1_000) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(encoding):
    assert text_of(LATIN.encode(encoding), 1_000) == LATIN


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest of an archive", "is a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a workbook"),
        (b"\r\n<!DOCTYPE html><table>", "is a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "is a web page"),
        (b"\xff\xfe\x00", "not in UTF-8"),
        (b"a\0b", "not a table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a table"),
        (b"\x81\x8d", "not in UTF-8"),
        (b"x" * 1_001, "at most 0 are read"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(content, said):
    with pytest.raises(Invalid) as refused:
        text_of(content, 1_000)
    assert said in refused.value.fields["file"] % refused.value.values
