"""The data on mechanisms: complete, dated, with sources, and consistent with the vocabularies."""

import csv
import json
from datetime import date
from importlib.resources import files

import pytest

from caseflow.law import load_register, load_vocabularies
from caseflow.law.routes import bound_from, load_mechanisms
from caseflow.law.sentences import write, write_each

DATA = files("caseflow.law.data")
RAW = json.loads((DATA / "mechanisms.json").read_text(encoding="utf-8"))
MECHANISMS = load_mechanisms()


def test_every_mechanism_is_in_both_files() -> None:
    named = [row["code"] for row in csv.DictReader((DATA / "mechanisms.csv").read_text(encoding="utf-8").splitlines())]
    assert len(named) == 24
    assert set(named) == set(RAW["mechanisms"])
    assert list(MECHANISMS.rows) == named


@pytest.mark.parametrize("code", RAW["mechanisms"])
def test_every_row_has_a_source_and_a_day_of_checking(code: str) -> None:
    row = MECHANISMS.rows[code]
    assert row.source
    assert row.citation
    assert row.same_matter.citation
    assert row.certainty in ("primary", "secondary", "to confirm")
    assert row.checked_on <= date(2026, 11, 23)
    assert row.time.limits or write(row.time.words).endswith(".")
    assert all(question.endswith("?") for question in write_each((*row.questions, *row.scope.question)))
    assert {treaty for group in row.acceptance.any_of for treaty in group} <= set(MECHANISMS.treaties)


def test_rights_and_states_in_the_data_are_known() -> None:
    rights = {right.code for right in load_vocabularies().rights}
    for row in MECHANISMS.rows.values():
        assert set(row.scope.rights or ()) <= rights
        assert row.scope.rights is None or row.scope.question
    known = set(load_register().states) | {"EH"}
    for treaty in MECHANISMS.treaties.values():
        assert treaty.open_to is None or treaty.open_to.states <= known


def test_every_instrument_opens_a_route_and_has_codes_of_its_own() -> None:
    codes = [code for treaty in MECHANISMS.treaties.values() for code in (treaty.code, *treaty.other_codes)]
    assert len(codes) == len(set(codes))
    for treaty in MECHANISMS.treaties.values():
        assert MECHANISMS.opened_by(treaty.code), treaty.code
        assert len(treaty.code) <= 40


@pytest.mark.parametrize(
    ("written", "code"),
    [("CCPR-OP1", "OP-ICCPR"), ("cedaw-op", "OP-CEDAW"), ("CRC OP IC", "OPIC"), ("CAT-22", "CAT-22"), ("CCPR", None)],
)
def test_an_instrument_is_found_by_the_codes_of_other_lists(written: str, code: str | None) -> None:
    found = MECHANISMS.treaty_of(written)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("treaty", "acted", "bound"),
    [
        ("OP-ICCPR", date(1985, 1, 25), date(1985, 4, 25)),
        ("OP-CEDAW", date(2000, 1, 5), date(2000, 12, 22)),
        ("OP-CRPD", date(2010, 3, 1), date(2010, 3, 31)),
        ("OPIC", date(2013, 11, 30), date(2014, 4, 14)),
        ("OPIC", date(2015, 11, 30), date(2016, 2, 29)),
        ("CAT-22", date(1999, 5, 4), date(1999, 5, 4)),
        ("UNESCO", date(1999, 5, 4), None),
    ],
)
def test_the_first_day_is_counted_from_the_act_of_the_state(treaty: str, acted: date, bound: date | None) -> None:
    assert bound_from(MECHANISMS.treaties[treaty], acted) == bound
