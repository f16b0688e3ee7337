"""The standing of States under the Protocol, and when a row of the register is doubtful."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from caseflow.law import load_register
from caseflow.law.register import StateStatus
from tests.architecture.sources import ROOT

FINLAND = load_register().states["FI"]


@pytest.mark.parametrize(
    ("state", "on", "standing"),
    [
        (FINLAND, date(2014, 4, 29), "joining"),
        (FINLAND, date(2014, 4, 30), "party"),
        (replace(FINLAND, op_denounced=date(2026, 8, 31)), date(2027, 2, 27), "party"),
        (replace(FINLAND, op_denounced=date(2026, 8, 31)), date(2027, 2, 28), "left"),
        (replace(FINLAND, op_deposit=None, op_in_force=None), date(2026, 11, 23), "signed"),
        (StateStatus("XX", "Nowhere", "party", verification="secondary"), date(2026, 11, 23), "none"),
        (StateStatus("XX", "Nowhere", "party"), date(2026, 11, 23), "unknown"),
    ],
)
def test_standing_of_a_state_on_a_day(state: StateStatus, on: date, standing: str) -> None:
    assert state.standing(on) == standing


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({}, None),
        ({"verification": "secondary"}, "secondary"),
        ({"verification": "unverified", "checked_on": None}, "unverified"),
        ({"checked_on": date(2025, 11, 23)}, None),
        ({"checked_on": date(2025, 11, 22)}, "stale"),
        ({"checked_on": None}, "stale"),
    ],
)
def test_a_row_is_doubtful_by_source_or_age(changes: dict[str, object], doubt: str | None) -> None:
    assert replace(FINLAND, **changes).doubt(date(2026, 11, 23)) == doubt  # type: ignore[arg-type]  # any of its fields


def test_declarations_of_states_are_packaged() -> None:
    declared = {code for code, state in load_register().states.items() if state.declarations}
    assert declared == {"AR", "BE", "DE", "FI", "PT", "SM", "SV"}
    assert "to be confirmed" in FINLAND.declarations


WITHOUT_FILES = """
import sys
from datetime import date
from caseflow.law import assess, load_register
from tests.law.building import document, read_facts
facts, register, opened = read_facts(document()), load_register(), []
sys.addaudithook(lambda what, which: what == "open" and opened.append(str(which[0])))
assess(facts, date(2018, 1, 1), register)
sys.exit(" ".join(name for name in opened if "/law/data/" in name) or 0)
"""


def test_an_assessment_reads_no_file() -> None:
    """In a process of its own, since this one has read the files already."""
    done = subprocess.run([sys.executable, "-c", WITHOUT_FILES], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
