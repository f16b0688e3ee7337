"""The pages of moves: one for each move, with what stands against it."""

import pytest

from caseflow.models import Role, Stage
from tests.factories import days_ago, make_actor, make_case, make_claim, make_remedy, make_section, move_to, reload_case

TO_REVIEW = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW)


@pytest.fixture
def lead(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.SECTION_COORDINATOR))


@pytest.fixture
def in_review(runtime, lead):
    """A case in review whose year ran out long ago: one requirement is not met."""
    case = make_case(runtime.units, lead)
    claim = make_claim(runtime.units, lead, case)
    day = days_ago(900)
    make_remedy(runtime.units, lead, claim, stage="CASSATION", decided=day, notified=day, outcome="dismissed")
    return move_to(runtime.units, lead, case, *TO_REVIEW)


def test_the_button_of_the_frame_opens_a_page_for_that_move(pages, lead, in_review):
    browser = pages(lead)
    href = browser.get(f"/cases/{in_review.id}").links["Review and approve"]
    page = browser.get(href)
    assert page.markup.title.startswith("Review and approve \u2013 ES-")
    assert page.form().values()["to"] == ["approved"]
    assert "from “Readiness review” to “Approved”" in page.words
    assert "Suspended" not in page.words


def test_approval_shows_the_gaps_and_asks_for_a_reason_where_a_rule_is_not_met(pages, runtime, lead, in_review):
    browser, address = pages(lead), f"/cases/{in_review.id}/move?to=approved"
    page = browser.get(address)
    assert "At least one requirement is not met" in page.words
    assert "Not confirmed" in page.words
    assert any(href.startswith(f"/cases/{in_review.id}/") and "#" in href for href in page.links.values())
    refused = browser.submit(address, status=422)
    assert "Give the reason why the case is approved nevertheless" in refused.error_at("reason")
    assert "At least one requirement is not met" in refused.words
    assert reload_case(runtime.units, lead, in_review).stage is Stage.READINESS_REVIEW
    browser.submit(address, reason="The lateness is explained in the annex")
    assert reload_case(runtime.units, lead, in_review).stage is Stage.APPROVED
    assert "The lateness is explained in the annex" in browser.get(f"/cases/{in_review.id}/history").words


def test_the_page_for_all_moves_asks_for_the_reason_too(pages, lead, in_review):
    page = pages(lead).submit(f"/cases/{in_review.id}/move", to="approved", status=422)
    assert page.error_at("reason")
    assert "Before you approve" in page.words


def test_a_stage_that_is_not_offered_shows_them_all(pages, lead, in_review):
    page = pages(lead).get(f"/cases/{in_review.id}/move?to=filed")
    assert 'value="suspended"' in page.html
    assert page.markup.title.startswith("Change stage \u2013 ES-")


def test_what_is_missing_for_a_single_move_is_said_on_its_page(pages, runtime, lead):
    case = move_to(runtime.units, lead, make_case(runtime.units, lead), Stage.VERIFICATION)
    page = pages(lead).submit(f"/cases/{case.id}/move?to=domestic_remedies", status=422)
    assert "Add a claim with its right first" in page.words
