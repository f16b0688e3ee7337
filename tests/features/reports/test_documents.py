"""The counts as tables and as a file."""

import csv
import io
from datetime import date

import pytest

from caseflow.features.reports.commands import CountsQuery
from caseflow.features.reports.documents import HEADER, counts_csv, months_of, tables
from caseflow.features.reports.queries import SectionCounts
from caseflow.models import Section

CODES = {"right": ["WATER", "HOUSING", "EDU"], "stage": ["intake", "filed"], "month": []}


def counts(section_code="ES", **by):
    of = CountsQuery(section_code=section_code, opened_from=date(2026, 1, 20), opened_until=date(2026, 3, 5))
    known = {"right": {}, "stage": {}, "month": {}}
    return SectionCounts(Section(code=section_code, name="-"), of, 3, known | by)


def words(dimension, code):
    return f"{dimension} {code}".strip()


def made(given):
    return tables(given, CODES.__getitem__, words)


def test_stages_and_months_without_cases_are_listed():
    _, stages, months = made(counts(stage={"filed": 3}, month={"2026-02": 3}))
    assert [(row.code, row.cases) for row in stages.rows] == [("intake", 0), ("filed", 3)]
    assert [(row.code, row.cases) for row in months.rows] == [("2026-01", 0), ("2026-02", 3), ("2026-03", 0)]


def test_rights_are_those_that_occur_in_their_order_with_unknown_codes_and_none_at_the_end():
    rights, *_ = made(counts(right={"HOUSING": 2, "WATER": 1, "OLD": 1, "": 1}))
    assert [row.code for row in rights.rows] == ["WATER", "HOUSING", "", "OLD"]


def test_months_end_with_the_period():
    assert list(months_of(date(2024, 1, 31), date(2024, 2, 29))) == [
        ("2024-01", date(2024, 1, 31), date(2024, 1, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ]
    assert len(list(months_of(date(2025, 12, 31), date(2026, 1, 1)))) == 2
    assert list(months_of(date.max, date.max)) == [("9999-12", date.max, date.max)]


def test_a_reversed_period_has_no_months():
    assert list(months_of(date(2026, 3, 1), date(2026, 2, 1))) == []


def test_the_largest_number_of_an_empty_table_draws_no_bar():
    assert [table.largest for table in made(counts())] == [1, 1, 1]


@pytest.mark.parametrize("code", ["ES", "=cmd|' /C calc'!A0"])
def test_the_file_is_one_tidy_table(code):
    given = counts(code, right={"WATER": 3}, stage={"intake": 3}, month={"2026-01": 3})
    text = counts_csv(given, made(given), words).decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == HEADER
    safe = code if code == "ES" else f"'{code}"
    assert lines[0] == [safe, "2026-01-20", "2026-03-05", "right", "WATER", "right WATER", "3", ""]
    assert lines[-1] == [safe, "2026-01-20", "2026-03-05", "total", "", "total", "3", ""]
    assert len(lines) == 1 + 2 + 3 + 1


def test_a_hidden_number_is_an_empty_cell_with_a_note():
    given = counts(right={"WATER": None, "HOUSING": None, "EDU": 0})
    rights, *_ = made(given)
    assert rights.largest == 1
    lines = csv.DictReader(io.StringIO(counts_csv(given, (rights,), words).decode("utf-8-sig"), newline=""))
    cells = [(line["cases"], line["note"]) for line in lines]
    assert cells == [("", "Not shown"), ("", "Not shown"), ("0", ""), ("3", "")]


def test_months_of_an_early_year_are_written_with_four_digits():
    assert [name for name, _, _ in months_of(date(1, 1, 5), date(1, 2, 3))] == ["0001-01", "0001-02"]
