"""No cell of a file is a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.errors import Invalid
from caseflow.outbound.tables import FORMULA_STARTS, csv_table, escape_formula, rows_of

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


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_with_the_numbers_that_spreadsheet_programs_show(separator):
    lines = [("a", "b"), ('"two\nlines"', "1"), ("", ""), ("'=2", " 3 ")]
    text = "\r\n".join(separator.join(line) for line in lines)
    assert rows_of(text) == [(1, ["a", "b"]), (2, ["two\nlines", "1"]), (4, ["=2", "3"])]


def test_an_unclosed_quotation_mark_is_refused():
    with pytest.raises(Invalid) as refused:
        rows_of('a,b\n"never ends,2\n')
    assert "quotation mark" in refused.value.fields["file"]


def test_reading_ends_one_row_after_the_limit_and_skips_empty_lines():
    lines = ["a", *"\n" * 5_000, *(str(number) for number in range(9))]
    assert [cells for _, cells in rows_of("\n".join(lines), most=3)] == [["a"], ["0"], ["1"], ["2"]]
    assert len(rows_of("\n".join(lines))) == 10
