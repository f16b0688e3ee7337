"""Parsing lists of acceptances: the columns of caseflow and of the UN, and faulty rows with their numbers."""

from dataclasses import replace
from datetime import date

import pytest

from caseflow.errors import Invalid
from caseflow.features.treaties.parsing import LARGEST_FILE, MOST_ROWS, RowDefaults, read_list
from caseflow.features.treaties.state_names import state_code
from caseflow.law import load_register
from caseflow.law.routes import bound_from, load_mechanisms

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
        ("ECHR,ES,yes,05/06/1990,,s,2026-11-01", '"05/06/1990" can be two days'),
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
        (b"a,b\n1,2\n", "No row names the columns"),
        (b"", "No row names the columns"),
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
    assert said in refused.value.fields["file"] % refused.value.values


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ES", "ES"), ("es", "ES"), ("ESP", "ES"), ("esp", "ES"), ("Spain", "ES"), ("Bolivia (Plurinational State of)", "BO"),
        ("Côte d'Ivoire", "CI"), ("Cote d\u2019Ivoire", "CI"), ("Republic of Korea", "KR"), ("Turkey", "TR"), ("Türkiye", "TR"),
        ("  United States of America ", "US"), ("Bosnia & Herzegovina", "BA"), ("XX", None), ("WWW", None), ("", None),
        ("Côte d`Ivoire", "CI"), ("Côte d\u00b4Ivoire", "CI"), ("Côte d\u2018Ivoire", "CI"), ("Co\u0302te d\u02bcIvoire", "CI"),
        ("Netherlands (Kingdom of the)", "NL"), ("United Kingdom of Great Britain and Northern Ireland", "GB"),
        ("Netherlands (Kingdom of the) 1", "NL"), ("China 1, 2", "CN"), ("Germany\u00b2,\u00b3", "DE"), ("Türkiye[1]", "TR"),
        ("Serbia*", "RS"), ("Germany2,3", "DE"), ("Republic of Moldova (1)", "MD"), ("Micronesia (Federated States of) \u2020", "FM"),
        ("St. Vincent and the Grenadines", "VC"), ("Korea, Republic of", "KR"), ("Iran, Islamic Republic of", "IR"), ("1", None),
        ("Bolivia\n(Plurinational  State\u00a0of)", "BO"),
    ],
)  # fmt: skip
def test_a_state_is_known_by_codes_and_names(written: str, code: str | None) -> None:
    assert state_code(written) == code


def test_every_name_of_the_register_is_known() -> None:
    lost = [row.name for row in load_register().states.values() if state_code(row.name) != row.iso2]
    assert lost == []


ACTED = {"ES": date(2010, 9, 23), "CI": date(2013, 5, 5), "BO": date(2012, 1, 13), "GB": None}
"""Invented acts on OPIC, in the names and forms of the UN."""
HEADINGS = [
    "Accession(a), Ratification",
    "Ratification, Accession(a)",
    "Formal confirmation(c), Accession(a), Ratification",
    "Ratification, Accession(a), Succession(d)",
    "Accession(a), Succession(d), Ratification",
    "Ratification Date, Accession(a), Succession(d) Date",
    "Ratification, Acceptance(A), Approval(AA), Formal confirmation(c), Accession(a), Succession(d)",
    "Definitive signature(s), Ratification, Acceptance(A), Approval(AA), Accession(a)",
    "Approval(AA), Acceptance(A), Accession(a), Succession(d), Ratification",
    "Date of Ratification/Accession (dd/mm/yyyy)",
    "RATIFICATION , ACCESSION (a)",
    "Ratification",
    "Ratification\nAccession (a)",
]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("signature", ["Signature", "Signature, Succession to signature(d)", "Signature Date"])
def test_a_table_of_one_treaty_under_each_heading_of_the_un(heading: str, signature: str) -> None:
    text = (
        f'Participant,"{signature}","{heading}"\n'
        "Bolivia (Plurinational State of) 1,12 Feb 2010,13 Jan 2012\n"
        "C\u00f4te d\u2019Ivoire,,5 May 2013 a\n"
        "European Union,24 Sep 2009,23 Dec 2010 c\n"
        "Spain,24 September 2009,23 September 2010 A\n"
        "United Kingdom of Great Britain and Northern Ireland\u00b2,24 Sep 2009,\n"
    )
    found = read_list(text.encode(), replace(DEFAULTS, treaty="CRC-OP-IC"))
    assert not found.faults
    assert found.passed_over == {"European Union": 1}
    opic = load_mechanisms().treaties["OPIC"]
    assert {row.state: (row.treaty, row.is_accepted, row.in_force_on) for row in found.rows} == {
        state: ("OPIC", day is not None, bound_from(opic, day) if day else None) for state, day in ACTED.items()
    }


def test_acts_in_several_columns_are_read_together() -> None:
    text = "Country,Signature,Ratification,Accession\nSpain,,23 Sep 2010,\nFinland,,,5 May 2013\nItaly,1 Jan 2010,,\n"
    rows = read_list(text.encode(), replace(DEFAULTS, treaty="CERD-14")).rows
    assert [row.in_force_on for row in rows] == [date(2010, 9, 23), date(2013, 5, 5), None]


def test_a_signature_alone_is_no_acceptance() -> None:
    with pytest.raises(Invalid):
        read_list(b"Participant,Signature\nSpain,24 Sep 2009\n", replace(DEFAULTS, treaty="OPIC"))


def test_days_in_brackets_are_those_of_states_that_have_left() -> None:
    text = 'Participant,"Ratification, Accession(a)"\nJamaica,[  3 Oct 1975 ]\nSpain,25 Jan 1985 a\nTrinidad and Tobago,[14 Nov 1980 a]\n'
    found = read_list(text.encode(), replace(DEFAULTS, treaty="CCPR-OP1"))
    assert [row.state for row in found.rows] == ["ES"]
    assert found.withdrawn == ("Jamaica", "Trinidad and Tobago")


@pytest.mark.parametrize(
    ("treaty", "said"),
    [
        ("", "has no column for the treaty"),
        ("XX", "No route requires a treaty"),
        ("ICESCR-OP", "is in the register of States"),
        ("OP-ICESCR", "is in the register of States"),
    ],
)
def test_the_treaty_of_a_table_must_be_one_that_a_route_requires(treaty: str, said: str) -> None:
    text = "Participant,Ratification\nSpain,23 Sep 2010\n"
    with pytest.raises(Invalid) as refused:
        read_list(text.encode(), replace(DEFAULTS, treaty=treaty))
    assert said in refused.value.fields.get("treaty", refused.value.sentence)


def test_a_treaty_in_a_row_counts_before_the_one_beside_the_list() -> None:
    text = f"{OURS}ECHR,ES,yes,,,s,2026-11-01\n,FI,yes,,,s,2026-11-01\n"
    rows = read_list(text.encode(), replace(DEFAULTS, treaty="OPIC")).rows
    assert [(row.treaty, row.state) for row in rows] == [("ECHR", "ES"), ("OPIC", "FI")]


def test_our_columns_may_leave_out_what_is_given_beside() -> None:
    rows = read_list(
        b"state;Accepted;In force on;ended on\nES;yes;23/11/2010;\n", replace(DEFAULTS, treaty="ECHR")
    ).rows
    assert [(row.treaty, row.in_force_on, row.source) for row in rows] == [
        ("ECHR", date(2010, 11, 23), DEFAULTS.source)
    ]


@pytest.mark.parametrize(
    ("row", "column", "cell"),
    [
        ("Atlantis,24 Sep 2009,23 Sep 2010", "Participant", "Atlantis"),
        ("Spain,24 Sep 2009,23 Foo 2010", "Accession(a), Ratification", "23 Foo 2010"),
        ("Spain,24 Sep 2009,23 Sep 1810", "Accession(a), Ratification", "23 Sep 1810"),
    ],
)
def test_a_fault_names_line_heading_and_content(row: str, column: str, cell: str) -> None:
    text = f'Participant,Signature,"Accession(a), Ratification"\nFinland,,\n{row}\n'
    (fault,) = read_list(text.encode(), replace(DEFAULTS, treaty="CERD-14")).faults
    assert (fault.number, fault.column, fault.cell) == (3, column, cell)
    assert fault.line.startswith(f"line 3, {column} {cell!r}: ")


def test_a_long_heading_is_no_trouble() -> None:
    heading = "a" * 50_000
    with pytest.raises(Invalid):
        read_list(f"Participant,{heading}!\nSpain,x\n".encode(), replace(DEFAULTS, treaty="OPIC"))
