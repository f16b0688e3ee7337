"""The page of full passes: counts for administrators, who see no case but may change the register."""

import pytest

from caseflow.features.readiness.full_pass import WORKER
from caseflow.models import ReassessmentRun, Role
from tests.factories import make_actor, make_section


@pytest.fixture
def admin(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.ADMINISTRATOR))


def passed(runtime, **counts):
    with runtime.units.begin(WORKER) as uow:
        uow.session.add(ReassessmentRun(ruleset="rules/1", data="states/1", **counts))


def test_a_pass_over_a_state_with_few_cases_looks_like_one_with_none(runtime, pages, admin):
    passed(runtime, state_code="FI", cases=4, changed={"data": 4}, outlooks={"arguable>barred": 4})
    assert "No pass yet" in pages(admin).get("/admin/reassessments").words
    passed(runtime, state_code="SI", cases=5, changed={"data": 5}, outlooks={"arguable>barred": 5})
    words = pages(admin).get("/admin/reassessments").words
    assert "Slovenia" in words
    assert "Finland" not in words
    assert ": 5" in words


def test_a_small_number_of_changes_looks_like_none(runtime, pages, admin):
    passed(runtime, cases=50, changed={"data": 4}, outlooks={"arguable>barred": 4}, corrected=4)
    page = pages(admin).get("/admin/reassessments")
    assert page.words.count("Fewer than 5") == 3
    assert ": 4" not in page.words


def test_failures_and_alarms_are_always_shown(runtime, pages, admin):
    passed(runtime, cases=50, failed=1, alarms=2)
    words = pages(admin).get("/admin/reassessments").words
    assert "1 case failed" in words
    assert "2 without an explanation" in words
