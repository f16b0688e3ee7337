"""The table in a file, with what spreadsheet programs and people put around it."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.errors import Invalid
from caseflow.inbound import tables
from caseflow.inbound.tables import Layout, plain, read_table
from caseflow.outbound.tables import csv_table


def _columns(names):
    if "code" not in map(plain, names):
        raise Invalid("No.", {"file": "No code."})
    return {plain(name): place for place, name in enumerate(names) if name}


LAYOUT = Layout(
    lambda names: {"code", "name"} <= set(map(plain, names)), _columns, lambda row: len(row["code"]) == 2, most_rows=20
)
PLAIN = [(2, {"code": "ES", "name": "Spain"}), (3, {"code": "FI", "name": "Finland"})]


def read(text):
    return read_table(text, LAYOUT)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_line_ends_and_blanks(separator):
    lines = [("code", "name"), ('"E\nS"', "1"), ("", ""), ("'=2", " 3 ")]
    for end in ("\n", "\r\n", "\r"):
        found = read(end.join(separator.join(line) for line in lines))
        assert list(found.rows) == [(2, {"code": "E\nS", "name": "1"}), (4, {"code": "=2", "name": "3"})]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\ncode;name\nES;Spain\nFI;Finland\n",
        "\ufeffsep=;\r\ncode;name\r\nES;Spain\r\nFI;Finland\r\n",
        '"sep=|"\ncode|name\nES|Spain\nFI|Finland',
        " Code ;NÁME\nES;Spain\nFI;Finland\n",
        "code,,name,\nES,,Spain,\nFI,,Finland,\n",
        ",code,name\n,ES,Spain\n,FI,Finland\n",
        "code;name;;;\nES;Spain;;;\nFI;Finland;;;\n;;;;\n;;;;\n",
    ],
)
def test_the_same_table_in_other_clothes(text):
    assert list(read(text).rows) == PLAIN


def test_titles_above_are_passed_over_and_numbers_stay_those_of_the_file():
    found = read('"States, by code; 2026",\n,\n"As of 5 May, 2026"\n\ncode,name\nES,Spain\n')
    assert list(found.rows) == [(6, {"code": "ES", "name": "Spain"})]


@pytest.mark.parametrize(
    "notes",
    [
        "\nA sentence that stands apart\n",
        "1 With a reservation.\n",
        "* With a reservation,\n",
        "Source:,UN Treaty Collection\n",
        "Note: one\nand its second line, as it was cut\n",
        "(1) With a reservation\n",
        "A sentence without a sign that is much too long to be the code of any State\n",
    ],
)
def test_footnotes_below_are_not_read_and_are_counted(notes):
    found = read(f"code,name\nES,Spain\nFI,Finland\n{notes}")
    assert list(found.rows) == PLAIN
    assert len(found.below) == len(notes.strip().splitlines())


@pytest.mark.parametrize("row", ["Atlantis,\n", "\nAtlantis,Sunk\n", "1 note\nSE,Sweden\n", "AAA,Long\n"])
def test_a_faulty_row_is_never_taken_for_a_footnote(row):
    found = read(f"code,name\nES,Spain\nFI,Finland\n{row}")
    assert len(found.rows) == 2 + len(row.strip().splitlines())
    assert not found.below


@pytest.mark.parametrize("empty", ["\n", ",,\r\n", ";;\r", " \t\n"])
def test_empty_rows_below_cost_nothing(monkeypatch, empty):
    """A sheet that was formatted to its end is saved with a million of them."""
    rows_read = []
    whole = csv.reader
    monkeypatch.setattr(tables.csv, "reader", lambda *given, **options: Counted(whole(*given, **options), rows_read))
    text = "code,name\nES,Spain\nFI,Finland\n" + empty * 1000
    assert [(number, dict(cells)) for number, cells in read(text).rows] == PLAIN
    assert len(rows_read) < 100


class Counted:
    """A reader of rows that counts them."""

    def __init__(self, reader, rows_read):
        self.reader, self.rows_read = reader, rows_read

    def __iter__(self):
        for row in self.reader:
            self.rows_read.append(row)
            yield row

    @property
    def line_num(self):
        return self.reader.line_num


def test_cells_without_a_heading_are_kept_under_an_empty_name():
    assert read("code,name\nES,Spain,beyond\n").rows[0][1][""] == "beyond"


def test_headings_are_reported_as_written():
    assert read(" Code ,Náme\nES,Spain\n").headings == {"code": "Code", "name": "Náme"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "No code."),
        ("a,b\n1,2\n", "No code."),
        ('code,name\n"never ends,2\n', "quotation mark near line 2"),
        ("code,name\n" + "x" * 60_001, "more than 60000 characters"),
        ("code,name\n" + "ES,Spain\n" * 21, "more than 20 rows"),
        ("code,name\n" + "\n" * 5_000 + "ES,Spain\n" * 21, "more than 20 rows"),
    ],
)
def test_what_is_no_such_table_is_refused(text, said):
    with pytest.raises(Invalid) as refused:
        read(text)
    assert said in refused.value.fields["file"] % refused.value.values


@given(
    st.lists(st.tuples(st.sampled_from(["ES", "FI"]), st.text(st.characters(codec="utf-8"), max_size=9)), max_size=5)
)
def test_what_is_written_can_be_read_again(rows):
    read_rows = read(csv_table(["code", "name"], rows).decode()).rows
    assert [row["code"] for _, row in read_rows] == [code for code, _ in rows]
