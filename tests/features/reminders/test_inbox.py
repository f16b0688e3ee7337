"""The inbox, and the badge with the number of unread reminders."""

import re
from datetime import timedelta

import pytest

from caseflow.features.reminders.inbox.service import deadline_of, inbox
from caseflow.models import Role
from tests.factories import (
    alter_case,
    end_roles,
    in_days,
    make_actor,
    make_case,
    make_deadline,
    make_section,
    reminders_seen,
)


def badge(page) -> str:
    """Return the number in the badge; an empty text without a number, and "none" without a badge."""
    found = re.search(r'cf-bell"[^>]*>Reminders(?: <span class="cf-count">([^<]+)<)?', page.html)
    return (found[1] or "") if found else "none"


def test_the_badge_counts_reminders_and_the_page_shows_their_cause(runtime, pages, owner, case):
    assert badge(pages(owner).get("/my-work")) == ""
    make_deadline(runtime.units, owner, case, days=3, title="Ask the court")
    make_deadline(runtime.units, owner, case, days=200, title="Much later")
    assert badge(pages(owner).get("/my-work")) == "1"
    page = pages(owner).get("/reminders")
    assert "Ask the court" in page.words
    assert "You are responsible" in page.words
    assert "3 days left" in page.words
    assert "Much later" not in page.words


def test_one_or_all_are_marked_as_read_and_later_ones_stay_unread(runtime, pages, owner, case, noon):
    make_deadline(runtime.units, owner, case, days=3, title="First")
    make_deadline(runtime.units, owner, case, days=4, title="Second")
    drawn = pages(owner).get("/reminders")
    token = drawn.form(0).values()["csrf_token"][0]
    (first, *_rest) = [row for row in reminders_seen(runtime.units, owner) if row.threshold == 7]
    pages(owner).post(f"/reminders/{first.id}/read", {"csrf_token": token})
    assert badge(pages(owner).get("/reminders")) == "1"
    noon.shift(timedelta(minutes=5))
    make_deadline(runtime.units, owner, case, days=5, title="Third")
    after = pages(owner).send(drawn)
    assert badge(after) == "1", "a reminder after the page was drawn stays unread"


def test_a_deadline_is_acknowledged_and_completed_from_the_inbox(runtime, pages, owner, case):
    deadline = make_deadline(runtime.units, owner, case, days=3, title="First")
    drawn = pages(owner).get("/reminders")
    token = drawn.form(0).values()["csrf_token"][0]
    values = {"csrf_token": token, "version": deadline.version, "back": "reminders"}
    answer = pages(owner).post(f"/deadlines/{deadline.id}/seen", values)
    assert answer.answer.headers["Location"] == "/reminders"
    page = pages(owner).get("/reminders")
    assert badge(page) == ""
    assert "Acknowledged" in page.words
    link = next(href for words, href in page.links.items() if words.startswith("Done"))
    assert "Marked as done" in pages(owner).submit(link, outcome="By letter").words


def test_a_reminder_that_may_no_longer_be_seen_is_not_listed(runtime, pages, owner, case):
    make_deadline(runtime.units, owner, case, days=3, title="Secret now")
    (row, *_rest) = reminders_seen(runtime.units, owner)
    other = make_section(runtime.units, "EC")
    gone = end_roles(runtime.units, owner)
    with runtime.units.begin(gone) as uow:
        assert inbox(uow, "").lines == []
        with pytest.raises(Exception, match="reminder does not exist"):
            deadline_of(uow, row.id)
    back = make_actor(runtime.units, (other, Role.CASEWORKER))
    assert badge(pages(back).get("/reminders")) == ""


def test_nobody_marks_the_reminders_of_another_as_read(runtime, pages, section, owner, case):
    make_deadline(runtime.units, owner, case, days=3)
    colleague = make_actor(runtime.units, (section, Role.CASEWORKER))
    (row, *_rest) = reminders_seen(runtime.units, owner)
    with runtime.units.begin(colleague) as uow, pytest.raises(Exception, match="reminder does not exist"):
        deadline_of(uow, row.id)


def test_a_reminder_is_listed_from_its_day_in_the_time_zone_of_its_recipient(runtime, pages, owner, noon):
    """At noon of UTC it is the next day already in Kiritimati, fourteen hours ahead."""
    section = make_section(runtime.units, "KI", time_zone="Pacific/Kiritimati")
    ahead = make_actor(runtime.units, (section, Role.CASEWORKER))
    make_deadline(runtime.units, ahead, make_case(runtime.units, ahead), days=8)  # due seven days before
    assert badge(pages(ahead).get("/reminders")) == "1"
    case = make_case(runtime.units, owner)
    make_deadline(runtime.units, owner, case, days=8)
    assert badge(pages(owner).get("/reminders")) == ""


def test_a_case_that_has_ended_does_not_count_for_the_badge(runtime, pages, owner, case):
    make_deadline(runtime.units, owner, case, days=3)
    alter_case(runtime.units, owner, case, stage="closed")
    assert badge(pages(owner).get("/reminders")) == ""


@pytest.mark.usefixtures("frozen_clock")
def test_many_reminders_take_as_many_statements_as_few_and_all_are_listed(runtime, pages, owner, case):
    make_deadline(runtime.units, owner, case, days=3)
    few = pages(owner).get("/reminders")
    for number in range(110):
        make_deadline(runtime.units, owner, case, due_on=in_days(3), title=f"Task {number} of many")
    many = pages(owner).get("/reminders")
    assert many.statements == few.statements
    assert len(many.html.encode()) < 100_000
    assert badge(many) == "99+"
    seen, page = 0, many
    while True:
        seen += page.words.count(" of many ")
        if "Older" not in page.links:
            break
        page = pages(owner).get(page.links["Older"])
    assert seen >= 110


def test_people_who_work_on_no_cases_have_no_badge(runtime, pages, section):
    auditor = make_actor(runtime.units, (section, Role.AUDITOR))
    assert badge(pages(auditor).get("/account")) == "none"
