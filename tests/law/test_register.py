"""The standing of States under the Protocol, and when a row of the register is doubtful."""

import subprocess
import sys
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from caseflow.languages import language_of
from caseflow.law import add_years, load_register
from caseflow.law.register import StateStatus
from caseflow.law.sentences import write
from tests.architecture.sources import ROOT
from tests.law.building import document, found

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


def test_the_rules_are_stale_a_year_after_the_oldest_of_their_checks() -> None:
    ruleset = load_register().ruleset
    oldest = min(getattr(ruleset.thresholds, each.name).checked_on for each in fields(ruleset.thresholds))
    last_fresh = add_years(min(oldest, ruleset.checked_on), 1)
    assert not ruleset.is_stale(last_fresh)
    assert ruleset.is_stale(last_fresh + timedelta(days=1))
    assert replace(ruleset, checked_on=date(2020, 1, 31)).is_stale(date(2021, 2, 1))


def test_every_answer_says_when_and_by_whom_the_rules_were_checked() -> None:
    ruleset = load_register().ruleset
    for on, is_stale in (("2018-09-17", False), ("2040-01-01", True)):
        checked = found(document(), on).checked
        assert checked is not None
        assert (checked.on, checked.by, checked.is_stale) == (ruleset.checked_on, ruleset.checked_by, is_stale)
        assert ("compare the readings and figures again" in write(checked.text)) is is_stale
        assert "grupo de trabajo jurídico" in write(checked.text, language_of("es"))


def test_sources_say_where_they_are_not_the_primary_text() -> None:
    readings = load_register().ruleset.readings
    assert readings["groups"].endswith("(secondary source)")
    assert readings["repaired"].endswith("(to be confirmed against the primary text)")
    assert (
        sum("secondary source" in text or "to be confirmed" in text for text in readings.values()) < len(readings) / 2
    )


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
