"""The queue of reviews: what is in it, in which order, what waits for whom, and that each number is its list."""

import re

from caseflow.features.cases.service import assign_case, editable_case
from caseflow.features.review.commands import ReturnReview
from caseflow.features.review.commenting import answer_comment
from caseflow.features.review.queries import current_review
from caseflow.features.review.queue.commands import FOR_ME, QueueState, QueueView
from caseflow.features.review.queue.queries import place_of, queue, queue_filters, waiting
from caseflow.features.review.service import return_review
from caseflow.models import CommentKind, Role, Stage
from tests.factories import (
    alter_case,
    clock,
    days_ago,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_comment,
    make_person,
    make_remedy,
    make_review,
    make_section,
    move_to,
    prepare,
    set_clocks,
    share,
    sign,
)
from tests.features.review.conftest import TO_REVIEW


def cases_of(runtime, by, **chosen):
    with runtime.units.begin(by) as uow:
        return {one.case_id: one for one in queue(uow, queue_filters(uow, **chosen), 50).lines}


def numbers(runtime, by):
    with runtime.units.begin(by) as uow:
        return waiting(uow)


def state_of(runtime, by, case):
    return cases_of(runtime, by)[case.id].state


def in_review(runtime, by, **details):
    case = make_case(runtime.units, by, **details)
    make_remedy(runtime.units, by, make_claim(runtime.units, by, case))
    return move_to(runtime.units, by, case, *TO_REVIEW)


def too_late(runtime, ana):
    """Return a case that comes too late and has no victim."""
    case = make_case(runtime.units, ana, title="Too late")
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, stage="CASSATION", decided=days_ago(500), notified=days_ago(500), outcome="dismissed")  # fmt: skip
    return move_to(runtime.units, ana, case, *TO_REVIEW)


def give_back(runtime, by, case):
    with runtime.units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        review = current_review(uow, editable)
        return_review(uow, editable, review, ReturnReview(version=review.version, words="More", task="Go on"))


def test_each_state_of_a_case_is_said_and_can_be_chosen(runtime, ana, lead, second, case):
    expected = [QueueState.UNASKED]
    seen = [state_of(runtime, ana, case)]

    def now_in(state):
        expected.append(state)
        seen.append(state_of(runtime, ana, case))
        for one in set(QueueState) - {QueueState.EARLIER}:
            found = case.id in cases_of(runtime, ana, state=one)
            assert found is (one is state), (one, state)

    make_review(runtime.units, ana, case, lead)
    now_in(QueueState.OPEN)
    give_back(runtime, lead, case)
    now_in(QueueState.RETURNED)
    make_review(runtime.units, ana, case, lead)
    sign(runtime.units, lead, case)
    now_in(QueueState.APPROVED)
    prepare(runtime.units, ana, case)
    now_in(QueueState.PREPARED)
    assert seen == expected


def test_an_approved_case_that_changed_and_one_that_went_back_are_told_apart(runtime, ana, lead, case):
    make_review(runtime.units, ana, case, lead)
    sign(runtime.units, lead, case)
    make_person(runtime.units, ana, case, "witness")
    assert state_of(runtime, lead, case) is QueueState.CHANGED
    move_to(runtime.units, lead, case, Stage.READINESS_REVIEW)
    assert state_of(runtime, lead, case) is QueueState.UNASKED
    assert case.id in cases_of(runtime, lead, state=QueueState.UNASKED)


def test_what_waits_for_each_person_is_counted_and_listed(runtime, ana, lead, second, case):
    """Every number is that of its list, at each step and for everybody."""
    people = (ana, lead, second)

    def waits_for():
        found = {}
        for person in people:
            counted = numbers(runtime, person)
            for view in FOR_ME:
                listed = cases_of(runtime, person, view=view)
                assert counted[view] == len(listed)
                if listed:
                    found[person.user_id] = view
        return found

    assert waits_for() == {}
    make_review(runtime.units, ana, case, lead)
    assert waits_for() == {lead.user_id: QueueView.MINE}
    comment = make_comment(runtime.units, lead, case, kind=CommentKind.MUST_FIX, about="gap:consent")
    assert cases_of(runtime, lead)[case.id].must_fix == 1
    assert waits_for() == {lead.user_id: QueueView.MINE, ana.user_id: QueueView.ANSWER}
    with runtime.units.begin(ana) as uow:
        answer_comment(uow, editable_case(uow, case.id), uow.session.merge(comment), "It is there")
    assert waits_for() == {lead.user_id: QueueView.MINE}
    make_review(runtime.units, ana, case, lead)
    make_comment(runtime.units, lead, case)
    with runtime.units.begin(lead) as uow:
        editable = editable_case(uow, case.id)
        assign_case(uow, editable, editable.version, second.user_id)
    assert waits_for()[second.user_id] is QueueView.ANSWER


def test_a_signature_and_a_filing_wait_for_those_who_may_give_them(runtime, ana, lead, second, case):
    barred = too_late(runtime, ana)
    make_review(runtime.units, ana, barred, lead)
    sign(runtime.units, lead, barred)
    assert numbers(runtime, second)[QueueView.SIGN] == 1
    assert numbers(runtime, lead)[QueueView.SIGN] == numbers(runtime, ana)[QueueView.SIGN] == 0
    make_review(runtime.units, ana, case, lead)
    sign(runtime.units, lead, case)
    prepare(runtime.units, lead, case)
    assert numbers(runtime, second)[QueueView.CONFIRM] == 1
    assert numbers(runtime, lead)[QueueView.CONFIRM] == numbers(runtime, ana)[QueueView.CONFIRM] == 0


def test_the_fewest_days_left_come_first_page_by_page(runtime, ana, lead, pages):
    days = {in_review(runtime, ana).id: n for n in (30, 3, None, 12, 3)}
    for case_id, left in days.items():
        if left:
            with runtime.units.begin(ana) as uow:
                case = editable_case(uow, case_id)
            set_clocks(runtime.units, ana, case, clock(in_days(left)))
    seen, place = [], None
    with runtime.units.begin(lead) as uow:
        while True:
            found = queue(uow, queue_filters(uow), 2, place)
            seen += [days[one.case_id] for one in found.lines]
            if not found.is_more:
                break
            place = place_of(found.lines[-1])
    assert seen == [3, 3, 12, 30, None]
    words = pages(lead).get("/reviews").words
    assert words.index("3 days left") < words.index("12 days left") < words.index("30 days left")
    assert "5 cases" in words


def test_what_could_be_filed_and_what_each_lacks_is_two_clicks_away(pages, runtime, ana, lead):
    case = make_case(runtime.units, ana, title="Nearly ready")
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, stage="CASSATION", decided=days_ago(100), notified=days_ago(100), outcome="dismissed")  # fmt: skip
    browser = pages(lead)
    queue_page = browser.get(browser.get("/my-work").links["Reviews"])
    assert "Nearly ready" not in queue_page.words
    page = browser.get(queue_page.links["Can be filed within 60 days"])
    assert "Nearly ready" in page.words
    assert "not confirmed" in page.words
    assert "Same matter" in page.words or "Consent" in page.words


def test_filters_are_in_the_address_and_odd_ones_are_left_out(pages, runtime, ana, lead, case):
    alter_case(runtime.units, ana, case, urgency="urgent")
    browser = pages(lead)
    assert case.title in browser.get("/reviews?urgency=urgent&section=ES").words
    assert "No case matches these filters." in browser.get("/reviews?urgency=normal").words
    assert "Remove the filter Urgency: Urgent" in browser.get("/reviews?urgency=urgent").words
    for odd in ("view=x", "state=x", "urgency=x", "section=XX", "page=x", "page=2026-01-01_x", "state=earlier"):
        assert case.title in browser.get(f"/reviews?{odd}").words


def test_who_sees_a_case_in_the_lists_sees_it_here_without_its_review(pages, runtime, ana, lead, case):
    other = make_section(runtime.units, "EC")
    guest = make_actor(runtime.units, (other, Role.SECTION_COORDINATOR))
    make_review(runtime.units, ana, case, lead)
    assert case.id not in cases_of(runtime, guest)
    share(runtime.units, ana, case, other)
    line = cases_of(runtime, guest)[case.id]
    assert (line.number, line.reviewer_ids) == (None, None)
    page = pages(guest).get("/reviews")
    assert "Readiness review" in page.words
    assert f"/cases/{case.id}/review" not in page.html


def test_the_homes_say_what_waits_with_links_to_the_lists(pages, runtime, ana, lead, case):
    make_review(runtime.units, ana, case, lead)
    make_comment(runtime.units, lead, case)
    page = pages(lead).get("/section")
    assert case.title in pages(lead).get(page.links["1 review asked of you"]).words
    assert "filings to confirm" not in page.words
    mine = pages(ana).get("/my-work")
    assert case.title in pages(ana).get(mine.links["1 case with comments to answer"]).words
    assert "reviews asked of you" not in mine.words


def test_a_longer_queue_takes_no_more_statements(pages, runtime, ana, lead, case):
    browser = pages(lead)
    browser.get("/reviews")
    few = len(browser.get("/reviews").statements)
    for _number in range(4):
        make_review(runtime.units, ana, in_review(runtime, ana), lead)
    page = browser.get("/reviews")
    assert len(page.statements) == few
    assert len(re.findall(r"Waits for approval</span>", page.html)) == 4
