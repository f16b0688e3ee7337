"""The packaged remedy maps: known codes, countable limits, and a source for every figure."""

import json
from importlib.resources import files

import pytest

from caseflow.law import load_register, load_vocabularies
from caseflow.law.data import TO_CONFIRM
from caseflow.law.limits import ClosedPeriod, Limit, WorkingCalendar, no_holidays
from caseflow.law.remedy_maps import CERTAINTY_REMARKS, load_remedy_maps

MAPS = load_remedy_maps().maps
STEPS = [pytest.param(step, id=f"{one.state_code}-{one.right}-{n}") for one in MAPS for n, step in enumerate(one.steps)]


@pytest.mark.parametrize("one", MAPS, ids=lambda one: f"{one.state_code}-{one.right}")
def test_a_map_has_a_known_state_a_known_right_and_a_possible_calendar(one):
    assert one.state_code in load_register().states
    assert one.right in {right.code for right in load_vocabularies().rights}
    assert one.source
    WorkingCalendar(no_holidays, closed=tuple(ClosedPeriod.parse(*pair) for pair in one.closed_periods))


def test_there_is_one_map_for_each_state_and_right():
    assert len({(one.state_code, one.right) for one in MAPS}) == len(MAPS) == 4


@pytest.mark.parametrize("step", STEPS)
def test_a_step_has_codes_that_exist_a_source_and_a_whole_limit_or_a_note_why_not(step):
    assert step.stage in {stage.code for stage in load_vocabularies().remedy_stages}
    assert step.kind in {kind.code for kind in load_vocabularies().remedy_kinds}
    assert step.source.removesuffix(TO_CONFIRM)
    assert (step.limit_count is None) == (step.limit_unit is None) == (step.limit_from is None)
    if step.limit_count is None:
        assert step.limit_note
    else:
        Limit(step.limit_count, step.limit_unit)


def test_unconfirmed_sources_say_so():
    rows = json.loads((files("caseflow.law.data") / "remedy_maps.json").read_text("utf-8"))["maps"]
    said = [CERTAINTY_REMARKS[row["certainty"]] for one in rows for row in one["steps"]]
    assert all(
        step.source.endswith(end) for end, step in zip(said, (s for one in MAPS for s in one.steps), strict=True)
    )
    assert TO_CONFIRM in said
    assert set(said) != {TO_CONFIRM}
