"""No cell of a file is a formula."""

import csv
import io
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.outbound.tables import FORMULA_STARTS, csv_table, escape_formula, xlsx_table

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\ufeff=1",
    "\u00a0\u200b @x",
    "\n=1",
    "\uff1d1",
    "\0=1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text):
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Housing", "1 = 1", "a-b", "'=1", "é"])
def test_other_text_stays(text):
    assert escape_formula(text) == text


@given(st.text(max_size=20))
def test_no_escaped_text_begins_a_formula(text):
    assert not escape_formula(text).strip().startswith(FORMULA_STARTS)


def test_the_file_follows_rfc_4180():
    table = csv_table(["name", "cases"], [('Ana "la voz", Soto', 3), ("two\r\nlines", -1)])
    assert table == b'\xef\xbb\xbf"name","cases"\r\n"Ana ""la voz"", Soto",3\r\n"two\r\nlines",-1\r\n'


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), st.integers()), max_size=5))
def test_what_is_written_can_be_read_again(rows):
    text = csv_table(["name", "number"], rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["name", "number"], *[[escape_formula(name), str(number)] for name, number in rows]]


def cells(table: bytes) -> list[ET.Element]:
    with ZipFile(io.BytesIO(table)) as parts:
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    return list(sheet.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"))


@pytest.mark.parametrize("text", [*FORMULAS, "https://example.org", "{=1}", "007"])
def test_a_cell_of_a_spreadsheet_is_text_whatever_it_begins_with(text):
    found = cells(xlsx_table(["name", "cases"], [(text, 3)]))
    assert [cell.get("t", "n") for cell in found] == ["s", "s", "s", "n"]
    assert all(child.tag.endswith("}v") for cell in found for child in cell), "no formula and nothing else but a value"


def test_a_spreadsheet_has_no_links_no_author_and_nothing_of_the_machine():
    with ZipFile(io.BytesIO(xlsx_table(["name"], [("https://example.org",), ("two\x00\x1blines",)]))) as parts:
        assert not [name for name in parts.namelist() if "rels" in name and "sheet1" in name]
        assert "<dc:creator></dc:creator>" in parts.read("docProps/core.xml").decode()
        assert "2000-01-01" in parts.read("docProps/core.xml").decode()
        assert "twolines" in parts.read("xl/sharedStrings.xml").decode()
