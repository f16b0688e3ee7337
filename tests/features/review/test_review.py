"""A review: asked for, commented, answered, returned; approved by another person, by two against what stops it."""

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from caseflow.clock import now
from caseflow.errors import Forbidden, Invalid
from caseflow.features.cases.service import assign_case, editable_case
from caseflow.features.review.commenting import answer_comment, resolve_comment
from caseflow.features.review.queries import one_comment
from caseflow.models import CommentKind, DossierPart, ReviewStatus, Role, Stage
from tests.factories import (
    PASSWORD,
    days_ago,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_comment,
    make_consent,
    make_person,
    make_remedy,
    make_review,
    make_section,
    move_to,
    reload_case,
    reminders_seen,
    share,
    sign,
)
from tests.factories.dossier import make_text
from tests.factories.reviews import prepare
from tests.features.review.conftest import TO_REVIEW


def test_a_review_is_asked_for_and_the_reviewer_is_reminded(runtime, ana, lead, case, pages):
    browser = pages(ana)
    page = browser.submit(
        f"/cases/{case.id}/review/request", note="The proof comes on Monday", reviewers=str(lead.user_id)
    )
    assert "Version 1 is up for review" in page.words
    assert "The proof comes on Monday" in page.words
    assert "Waits for approval" in pages(lead).get(f"/cases/{case.id}/readiness").words
    assert {one.recipient_id for one in reminders_seen(runtime.units, lead)} >= {lead.user_id}
    assert "Review the case" in pages(lead).get("/reminders").words


def test_a_review_is_asked_for_in_its_stage_only(runtime, ana, lead, section):
    early = make_case(runtime.units, ana)
    with pytest.raises(Invalid, match="Readiness review"):
        make_review(runtime.units, ana, early, lead)


def test_the_reviewer_is_neither_the_author_nor_the_owner(runtime, ana, lead, second, case):
    for reviewer in (ana, lead):
        with pytest.raises(Invalid) as refused:
            make_review(runtime.units, lead, case, reviewer)
        assert "reviewers" in refused.value.fields
    with pytest.raises(Invalid):
        make_review(runtime.units, ana, case)
    with pytest.raises(Invalid) as refused:
        make_review(runtime.units, ana, case, lead, wished_on=in_days(-1))
    assert "wished_on" in refused.value.fields
    assert make_review(runtime.units, lead, case, second).number == 1


def test_comments_are_answered_and_resolved(runtime, ana, lead, case, pages):
    make_review(runtime.units, ana, case, lead)
    comment = make_comment(runtime.units, lead, case, "Which day?", about="page:facts")
    with pytest.raises(Forbidden):
        make_comment(runtime.units, ana, case, "No", kind=CommentKind.ACCEPTED, about="gap:x")
    page = pages(ana).submit(f"/cases/{case.id}/review/comments/{comment.id}/answer", text="The third of May")
    assert "The third of May" in page.words
    assert "Facts and claims" in page.words
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        found = one_comment(uow, editable, comment.id)
        with pytest.raises(Forbidden):
            resolve_comment(uow, editable, found)
    with runtime.units.begin(lead) as uow:
        editable = editable_case(uow, case.id)
        found = one_comment(uow, editable, comment.id)
        answer_comment(uow, editable, found, "Thank you")
        resolve_comment(uow, editable, found)
    assert "Resolved" in pages(lead).get(f"/cases/{case.id}/review").words


def test_a_case_is_returned_with_comments_and_the_author_is_reminded(runtime, ana, lead, case, pages):
    make_review(runtime.units, ana, case, lead)
    page = pages(lead).submit(f"/cases/{case.id}/review/return", words="Add the proof of the notification")
    assert "Returned with comments" in page.words
    assert "Add the proof of the notification" in pages(ana).get(f"/cases/{case.id}/review").words
    assert "Answer the review" in pages(ana).get("/reminders").words
    again = make_review(runtime.units, ana, case, lead)
    assert again.number == 2
    make_person(runtime.units, ana, case, "witness")
    make_review(runtime.units, ana, case, lead)
    assert "What changed since version 2" in pages(lead).get(f"/cases/{case.id}/review").words
    assert "Person W1 : added" in pages(lead).get(f"/cases/{case.id}/review").words


def test_an_approval_asks_for_the_password_and_binds_the_version(runtime, ana, lead, case, pages):
    review = make_review(runtime.units, ana, case, lead)
    browser, address = pages(lead), f"/cases/{case.id}/review/approve"
    shown = browser.get(address)
    assert "I, Lead, approve version 1 for filing." in shown.words
    assert review.sha256.hex()[:8] in shown.words.replace(" ", "")
    assert browser.submit(address, password="not this one at all", status=422).error_at("password")
    assert reload_case(runtime.units, lead, case).stage is Stage.READINESS_REVIEW
    page = browser.submit(address, password=PASSWORD)
    assert "Version 1 is approved for filing" in page.words
    assert reload_case(runtime.units, lead, case).stage is Stage.APPROVED
    assert "Approved a version" in browser.get(f"/cases/{case.id}/history").words


def test_passwords_can_not_be_tried_without_end(runtime, ana, lead, case, pages):
    make_review(runtime.units, ana, case, lead)
    browser, address = pages(lead), f"/cases/{case.id}/review/approve"
    with time_machine.travel(now(), tick=False):
        for _ in range(12):
            browser.submit(address, password="not this one at all", status=422)
        page = browser.submit(address, password=PASSWORD, status=422)
    assert "Too many attempts" in page.words


def test_neither_the_author_nor_the_owner_approves(runtime, lead, second, case, pages):
    make_review(runtime.units, lead, case, second)
    with pytest.raises(Forbidden):
        sign(runtime.units, lead, case)
    assert pages(lead).client.get(f"/cases/{case.id}/review/approve").location == f"/cases/{case.id}/review"
    assert "Approve version" not in pages(lead).get(f"/cases/{case.id}/review").words
    with runtime.units.begin(lead) as uow:
        row = editable_case(uow, case.id)
        assign_case(uow, row, row.version, second.user_id)
    with pytest.raises(Forbidden):
        sign(runtime.units, second, case)


def test_a_case_that_changed_since_it_was_put_up_is_not_approved(runtime, ana, lead, case, pages):
    make_review(runtime.units, ana, case, lead)
    assert "Approve version 1" in pages(lead).get(f"/cases/{case.id}/review").links
    make_person(runtime.units, ana, case, "witness")
    page = pages(lead).get(f"/cases/{case.id}/review")
    assert "Approve version 1" not in page.links
    assert "Return it with comments" in page.words
    pages(lead).get(f"/cases/{case.id}/review/approve", status=303)
    with pytest.raises(Invalid, match="has changed since"):
        sign(runtime.units, lead, case)


def test_a_gap_that_must_be_fixed_stops_the_approval(runtime, ana, lead, case):
    make_review(runtime.units, ana, case, lead)
    make_comment(runtime.units, lead, case, "Record it", kind=CommentKind.MUST_FIX, about="gap:x")
    with pytest.raises(Invalid, match="must be fixed"):
        sign(runtime.units, lead, case)
    make_comment(runtime.units, lead, case, "It is in the annex", kind=CommentKind.ACCEPTED, about="gap:x")
    assert sign(runtime.units, lead, case).status is ReviewStatus.SIGNED


@pytest.fixture
def barred(runtime, ana):
    """A case whose year ran out long ago, of a victim who said on the telephone that she agrees, and one who was not asked."""
    case = make_case(runtime.units, ana)
    first, _ = make_person(runtime.units, ana, case), make_person(runtime.units, ana, case)
    make_consent(runtime.units, ana, case, first, how="telephone")
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, stage="CASSATION", decided=days_ago(900), notified=days_ago(900), outcome="dismissed")  # fmt: skip
    case = move_to(runtime.units, ana, case, *TO_REVIEW)
    return case, ana


def test_what_stops_a_case_is_named_and_overridden_by_two_people(runtime, lead, second, barred, pages):
    barred, author = barred
    make_review(runtime.units, author, barred, lead, second)
    words = pages(lead).get(f"/cases/{barred.id}/review").words
    assert "V2 (not asked)" in words
    assert "No mandate for V1" in words
    with pytest.raises(Invalid) as refused:
        sign(runtime.units, lead, barred, reason=" ")
    assert "reason" in refused.value.fields
    assert sign(runtime.units, lead, barred, "The annex explains it").stops == ["barred", "consent", "mandate"]
    assert reload_case(runtime.units, lead, barred).stage is Stage.READINESS_REVIEW
    with pytest.raises(Forbidden):
        sign(runtime.units, lead, barred)
    pages(second).submit(f"/cases/{barred.id}/review/approve", password=PASSWORD)
    assert reload_case(runtime.units, lead, barred).stage is Stage.APPROVED
    words = pages(lead).get(f"/cases/{barred.id}/review").words
    assert "The annex explains it" in words
    assert "Overridden by two people" in words


def test_one_person_alone_overrides_nothing_and_approves_with_a_reason(runtime, pages):
    section = make_section(runtime.units, "FI")
    only = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    case = make_case(runtime.units, only)
    make_remedy(runtime.units, only, make_claim(runtime.units, only, case), outcome="dismissed", decided=days_ago(30))
    move_to(runtime.units, only, case, *TO_REVIEW)
    make_review(runtime.units, only, case)
    with pytest.raises(Invalid, match="two people"):
        sign(runtime.units, only, case, alone_because="Nobody else")
    make_consent(runtime.units, only, case, make_person(runtime.units, only, case))
    make_review(runtime.units, only, case)
    with pytest.raises(Invalid) as refused:
        sign(runtime.units, only, case)
    assert "alone_because" in refused.value.fields
    sign(runtime.units, only, case, alone_because="The section has one person")
    for page in ("readiness", "review", "history"):
        assert "The section has one person" in pages(only).get(f"/cases/{case.id}/{page}").words


def test_a_change_after_the_approval_is_said_with_the_differences(runtime, ana, lead, case, pages):
    make_review(runtime.units, ana, case, lead)
    sign(runtime.units, lead, case)
    assert "out of date" not in pages(ana).get(f"/cases/{case.id}").words
    make_person(runtime.units, ana, case, "witness")
    words = pages(ana).get(f"/cases/{case.id}").words
    assert "Approved version 1 is out of date" in words
    words = pages(lead).get(f"/cases/{case.id}/review").words
    assert "Approved for version 1; the case has changed since." in words
    assert "Person W1 : added" in words


def test_a_text_of_the_dossier_that_changes_after_the_approval_is_said_and_stops_the_filing(
    runtime, ana, lead, case, pages
):
    claim_id = reload_case(runtime.units, ana, case).claims[0].id
    place = {"part": DossierPart.MERITS, "claim_id": claim_id}
    make_text(runtime.units, ana, case, "They had no choice.", **place)
    make_review(runtime.units, ana, case, lead)
    sign(runtime.units, lead, case)
    make_text(runtime.units, ana, case, "They had another flat.", **place)
    assert "Approved version 1 is out of date" in pages(ana).get(f"/cases/{case.id}").words
    words = pages(lead).get(f"/cases/{case.id}/review").words
    assert "Text of the dossier · Merits · Claim 1: Text" in words
    assert "They had another flat." in words
    with pytest.raises(Invalid, match="has changed since version 1"):
        prepare(runtime.units, ana, case)
    make_text(runtime.units, ana, case, "They had no choice.", **place)
    assert "out of date" not in pages(ana).get(f"/cases/{case.id}").words


def test_an_approval_that_is_taken_back_ends(runtime, ana, lead, case):
    make_review(runtime.units, ana, case, lead)
    sign(runtime.units, lead, case)
    move_to(runtime.units, lead, case, Stage.READINESS_REVIEW)
    make_review(runtime.units, ana, case, lead)
    assert sign(runtime.units, lead, case).number == 2


def test_a_version_and_what_was_said_of_it_never_change(runtime, ana, lead, case):
    make_review(runtime.units, ana, case, lead)
    make_comment(runtime.units, lead, case)
    with runtime.units.begin(lead) as uow:
        for statement in (
            "UPDATE case_review SET content = '{}'",
            "UPDATE case_review SET sha256 = sha256('x')",
            "UPDATE case_review SET requested_by_id = signed_by_id",
            "DELETE FROM case_review",
            "UPDATE review_comment SET text = 'x'",
            "DELETE FROM review_comment",
        ):
            with pytest.raises(DBAPIError, match="permission denied"), uow.session.begin_nested():
                uow.session.execute(text(statement))


def test_people_of_other_sections_take_no_part(runtime, ana, lead, case, pages):
    other = make_section(runtime.units, "EC")
    guest = make_actor(runtime.units, (other, Role.SECTION_COORDINATOR))
    make_review(runtime.units, ana, case, lead)
    share(runtime.units, ana, case, other)
    pages(guest).get(f"/cases/{case.id}/review", status=403)
    assert b"Open the review" not in pages(guest).client.get(f"/cases/{case.id}/readiness").data
