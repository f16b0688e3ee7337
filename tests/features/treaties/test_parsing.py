"""Parsing lists of acceptances: the columns of caseflow and of the UN, and faulty rows with their numbers."""

from datetime import date

import pytest

from caseflow.errors import Invalid
from caseflow.features.treaties.parsing import LARGEST_FILE, MOST_ROWS, RowDefaults, read_list
from caseflow.features.treaties.state_names import state_code
from caseflow.law import load_register

OURS = "treaty,state,accepted,in_force_on,ended_on,source,checked_on\n"
UN = "Country,CountryCode/ISO3,TreatyCode,SignatureDate,RatificationDate\n"
DEFAULTS = RowDefaults("OHCHR, status of ratification", date(2026, 11, 20), date(2026, 11, 23))


def faults(text: str, defaults: RowDefaults = DEFAULTS) -> list[tuple[int, str]]:
    return [(fault.number, fault.text) for fault in read_list(text.encode(), defaults).faults]


def test_the_columns_of_caseflow_are_complete() -> None:
    (row,) = read_list(f"{OURS}OP-ICCPR,ES,yes,1985-04-25,,UNTC IV.5,2026-11-01\n".encode()).rows
    assert (row.treaty, row.state, row.is_accepted, row.in_force_on) == ("OP-ICCPR", "ES", True, date(1985, 4, 25))
    assert (row.ended_on, row.source, row.checked_on) == (None, "UNTC IV.5", date(2026, 11, 1))


def test_in_a_list_of_the_un_entry_into_force_is_counted_from_the_act() -> None:
    text = UN + (
        "Spain,ESP,CCPR-OP1,,1985-01-25 00:00:00\n"
        "Spain,ESP,CRC-OP-IC,2012-02-28,3 Jun 2013\n"
        "Finland,FIN,CEDAW-OP,,29 Dec 2000 a\n"
        "Somalia,SOM,CCPR-OP2-DP,,\n"
        "United States of America,USA,CEDAW-OP,,\n"
        "Cook Islands,COK,CEDAW-OP,,2007-11-27\n"
    )
    found = read_list(text.encode(), DEFAULTS)
    assert [(row.treaty, row.state, row.is_accepted, row.in_force_on) for row in found.rows] == [
        ("OP-ICCPR", "ES", True, date(1985, 4, 25)),
        ("OPIC", "ES", True, date(2014, 4, 14)),
        ("OP-CEDAW", "FI", True, date(2001, 3, 29)),
        ("OP-CEDAW", "US", False, None),
    ]
    assert not found.faults
    assert found.passed_over == {"CCPR-OP2-DP": 1, "COK": 1}
    assert {row.source for row in found.rows} == {DEFAULTS.source}


def test_semicolons_and_a_byte_order_mark_are_read() -> None:
    text = "\ufeff" + (OURS + "ECHR,Türkiye,yes,1954-05-18,,x,2026-11-01\n").replace(",", ";")
    assert read_list(text.encode()).rows[0].state == "TR"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("XX,ES,yes,,,s,2026-11-01", 'No route requires a treaty "XX"'),
        ("ECHR,Atlantis,yes,,,s,2026-11-01", 'no State "Atlantis"'),
        ("ECHR,ES,perhaps,,,s,2026-11-01", "Enter yes or no"),
        ("ECHR,ES,yes,05/05/1990,,s,2026-11-01", '"05/05/1990" is not a date'),
        ("ECHR,ES,yes,2001-02-30,,s,2026-11-01", "is not a date"),
        ("ECHR,ES,no,1990-01-01,,s,2026-11-01", "but it gives a date"),
        ("ECHR,ES,yes,1990-01-01,1989-01-01,s,2026-11-01", "ends before it begins"),
        ("ECHR,ES,yes,1800-01-01,,s,2026-11-01", "before 1945"),
        ("ECHR,ES,yes,,,,2026-11-01", "The source is missing"),
        ("ECHR,ES,yes,,,=1+1,2026-11-01", "begins like a formula"),
        ("ECHR,ES,yes,,,s,", "The date of checking is missing"),
        ("ECHR,ES,yes,,,s,2026-11-24", "is in the future"),
    ],
)
def test_a_faulty_row_is_reported_with_its_number_and_stops_no_other(row: str, said: str) -> None:
    text = f"{OURS}ECHR,FI,yes,,,s,2026-11-01\n\n{row}\n"
    found = read_list(text.encode(), RowDefaults(today=date(2026, 11, 23)))
    ((number, sentence),) = [(fault.number, fault.text) for fault in found.faults]
    assert (number, len(found.rows)) == (4, 1)
    assert said in sentence


def test_a_state_and_treaty_that_occur_twice() -> None:
    text = f"{OURS}ECHR,ES,yes,,,s,2026-11-01\nETS-5,Spain,yes,,,s,2026-11-01\n"
    assert faults(text) == [
        (3, "This State and treaty already appear further up in the file. Keep one of the two rows.")
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "The first row must name the columns"),
        (b"", "The first row must name the columns"),
        (b"\xff\xfe\x00", "not in UTF-8"),
        (b"treaty\0", "is not a table"),
        ((OURS + '"open').encode(), "quotation mark"),
        (b"x" * (LARGEST_FILE + 1), "kilobytes"),
        ((OURS + "x\n" * (MOST_ROWS + 1)).encode(), "more than"),
    ],
)
def test_a_file_that_is_not_a_list_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_list(content)
    assert said in refused.value.fields["file"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ES", "ES"), ("es", "ES"), ("ESP", "ES"), ("esp", "ES"), ("Spain", "ES"), ("Bolivia (Plurinational State of)", "BO"),
        ("Côte d'Ivoire", "CI"), ("Cote d\u2019Ivoire", "CI"), ("Republic of Korea", "KR"), ("Turkey", "TR"), ("Türkiye", "TR"),
        ("  United States of America ", "US"), ("Bosnia & Herzegovina", "BA"), ("XX", None), ("WWW", None), ("", None),
    ],
)  # fmt: skip
def test_a_state_is_known_by_codes_and_names(written: str, code: str | None) -> None:
    assert state_code(written) == code


def test_every_name_of_the_register_is_known() -> None:
    lost = [row.name for row in load_register().states.values() if state_code(row.name) != row.iso2]
    assert lost == []
