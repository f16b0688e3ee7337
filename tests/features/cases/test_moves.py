"""The pages of moves: one for each move, with what stands against it."""

import pytest

from caseflow.errors import Invalid
from caseflow.features.cases.commands import MoveCase
from caseflow.features.cases.moves.service import move_case
from caseflow.features.cases.queries import whole_case
from caseflow.models import Role, Stage
from tests.factories import (
    PASSWORD,
    days_ago,
    make_actor,
    make_case,
    make_claim,
    make_remedy,
    make_review,
    make_section,
    move_to,
    reload_case,
)

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
    assert href == f"/cases/{in_review.id}/review"
    assert browser.get(href).markup.title.startswith("Review \u2013 ES-")
    page = browser.get(f"/cases/{in_review.id}/move?to=domestic_remedies")
    assert page.form().values()["to"] == ["domestic_remedies"]
    assert "from “Readiness review” to “Domestic remedies”" in page.words
    assert "Suspended" not in page.words


def test_the_review_shows_the_gaps_and_an_approval_asks_for_a_reason_where_a_rule_is_not_met(
    pages, runtime, lead, in_review
):
    other = make_actor(runtime.units, (in_review.section, Role.SECTION_COORDINATOR))
    third = make_actor(runtime.units, (in_review.section, Role.SECTION_COORDINATOR))
    make_review(runtime.units, lead, in_review, other)
    browser, address = pages(other), f"/cases/{in_review.id}/review/approve"
    page = browser.get(f"/cases/{in_review.id}/review")
    assert "Not met" in page.words
    assert "Not confirmed" in page.words
    refused = browser.submit(address, password=PASSWORD, status=422)
    assert "Give the reason why the case is approved nevertheless" in refused.error_at("reason")
    assert reload_case(runtime.units, lead, in_review).stage is Stage.READINESS_REVIEW
    browser.submit(address, password=PASSWORD, reason="The lateness is explained in the annex")
    pages(third).submit(address, password=PASSWORD)
    assert reload_case(runtime.units, lead, in_review).stage is Stage.APPROVED
    assert "The lateness is explained in the annex" in browser.get(f"/cases/{in_review.id}/history").words


def test_no_move_approves_a_case_that_nobody_signed(pages, runtime, lead, in_review):
    browser = pages(lead)
    assert 'value="approved"' not in browser.get(f"/cases/{in_review.id}/move").html
    with runtime.units.begin(lead) as uow, pytest.raises(Invalid) as refused:
        move_case(
            uow, whole_case(uow, in_review.id), MoveCase(version=in_review.version, to=Stage.APPROVED, reason="x")
        )
    assert "another person" in refused.value.fields["to"]


def test_a_stage_that_is_not_offered_shows_them_all(pages, lead, in_review):
    page = pages(lead).get(f"/cases/{in_review.id}/move?to=filed")
    assert 'value="suspended"' in page.html
    assert page.markup.title.startswith("Change stage \u2013 ES-")


def test_what_is_missing_for_a_single_move_is_said_on_its_page(pages, runtime, lead):
    case = move_to(runtime.units, lead, make_case(runtime.units, lead), Stage.VERIFICATION)
    page = pages(lead).submit(f"/cases/{case.id}/move?to=domestic_remedies", status=422)
    assert "Add a claim with its right first" in page.words
