"""Whether the Protocol is in force for the State on the day of filing."""

from dataclasses import replace
from datetime import date

import pytest

from caseflow.law import assess, entry_into_force, load_register, read_facts
from caseflow.law.sentences import write
from tests.law.building import answer, document, found, of_rule


@pytest.mark.parametrize(
    ("state", "on", "result", "outlook"),
    [
        ("ES", "2013-05-05", "met", None),
        ("ES", "2013-05-04", "not_met", "premature"),
        ("FI", "2014-04-29", "not_met", "premature"),
        ("FI", "2014-04-30", "met", None),
        ("IT", "2015-05-19", "not_met", "premature"),  # the Views in 22/2017 print the day of deposit
        ("IT", "2015-05-20", "met", None),
        ("SI", "2026-11-23", "not_met", "barred"),
        ("KH", "2026-11-23", "not_met", "barred"),
        ("XX", "2026-11-23", "unknown", None),
        (None, "2026-11-23", "unknown", None),
    ],
)
def test_the_day_of_filing_decides(state: str | None, on: str, result: str, outlook: str | None) -> None:
    facts = document(state=state)
    assert answer("state-party", facts, on) == result
    if outlook:
        assert found(facts, on).outlook == outlook


@pytest.mark.parametrize(
    ("deposit", "in_force"),
    [
        (date(2010, 9, 23), date(2013, 5, 5)),
        (date(2013, 2, 5), date(2013, 5, 5)),
        (date(2013, 2, 6), date(2013, 5, 6)),
        (date(2014, 1, 31), date(2014, 4, 30)),
        (date(2023, 11, 30), date(2024, 2, 29)),
    ],
)
def test_entry_into_force_is_three_months_after_deposit_but_not_before_5_may_2013(
    deposit: date, in_force: date
) -> None:
    assert entry_into_force(deposit) == in_force


def test_the_packaged_register_agrees_with_the_computation() -> None:
    rows = [row for row in load_register().states.values() if row.op_deposit]
    assert len(rows) == 30
    assert [row.iso2 for row in rows if row.bound_from != row.op_in_force] == []


def test_a_denunciation_has_effect_six_months_later() -> None:
    register = load_register()
    spain = register.get("ES")
    assert spain is not None
    left = register.with_states([replace(spain, op_denounced=date(2026, 8, 31))], "states/test")
    facts = read_facts(document())
    before, after = (assess(facts, day, left) for day in (date(2027, 2, 27), date(2027, 2, 28)))
    assert of_rule(before, "state-party")[0].result == "met"
    assert "28 February 2027" in write(of_rule(before, "state-party")[0].because)
    assert of_rule(after, "state-party")[0].result == "not_met"
    assert (after.outlook, after.data) == ("barred", "states/test")


def test_an_unverified_or_stale_row_gives_a_warning() -> None:
    assert "check it with the depositary" in write(of_rule(found(document(state="AL")), "state-party")[0].because)
    assert "check it" not in write(of_rule(found(document(), "2027-11-23"), "state-party")[0].because)
    assert "last 12 months" in write(of_rule(found(document(), "2027-11-24"), "state-party")[0].because)


@pytest.mark.parametrize("state", ["KN", "PA"])
def test_of_an_unverified_row_without_a_deposit_it_is_not_known_whether_the_state_joined(state: str) -> None:
    said = of_rule(found(document(state=state), "2026-11-30"), "state-party")[0]
    assert said.result == "unknown"
    assert "it may have joined" in write(said.because)
    assert "has not" not in write(said.because)
    status = load_register().get(state)
    assert status is not None
    assert status.standing(date(2026, 11, 30)) == "unknown"
    assert replace(status, verification="secondary").standing(date(2026, 11, 30)) == "none"


def test_the_register_names_46_signatories() -> None:
    assert sum(row.op_signed is not None for row in load_register().states.values()) == 46
