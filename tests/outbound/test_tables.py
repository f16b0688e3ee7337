"""No cell of a file is a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.outbound.tables import FORMULA_STARTS, csv_table, escape_formula

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
