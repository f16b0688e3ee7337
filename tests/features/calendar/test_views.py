"""The feed and its address, and the month on a page."""

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from threading import Thread

import icalendar
import pytest
import time_machine
from sqlalchemy import select, text

from caseflow.clock import latest_local_today, today
from caseflow.errors import NotFound
from caseflow.features.accounts.service import choose_language, deactivate
from caseflow.features.calendar.service import feed, make_feed
from caseflow.features.deadlines.service import complete
from caseflow.models import CalendarFeed, DeadlineKind, Role, Stage, User
from tests.factories import alter_case, clock, end_roles, in_days, make_actor, make_case, make_deadline, set_clocks
from tests.factories.people import ADMINISTRATION
from tests.features.deadlines.conftest import case, owner, section

__all__ = ["case", "owner", "section"]


def address_of(pages, person) -> str:
    """Make a feed for a person and return its path."""
    page = pages(person).submit("/account/calendar")
    found = next(word for word in page.words.split() if "/calendar/" in word and word.endswith(".ics"))
    return "/" + found.split("/", 3)[3]


def dates_of(pages, address: str) -> list[object]:
    answer = pages().client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store"
    return [event["DTSTART"].dt for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")]


def test_the_feed_has_the_days_and_nothing_else(runtime, pages, owner, case):
    make_deadline(runtime.units, owner, case, days=5, title="Canary of the title", note="Canary of the note")
    set_clocks(runtime.units, owner, case, clock(in_days(9), because="Canary of the sentence"))
    address = address_of(pages, owner)
    assert dates_of(pages, address) == [in_days(5), in_days(9)]
    words = pages().client.get(address).text
    secrets = (
        "Canary",
        "Water",
        case.reference,
        str(case.id),
        owner.name,
        owner.memberships[0].section_name,
        "one_year",
    )
    assert not [secret for secret in secrets if secret in words]
    assert words.count("SUMMARY:caseflow: something is due\r\n") == 2


def test_an_hour_is_in_utc_without_its_time_zone(runtime, pages, owner, case):
    day = in_days(20)
    make_deadline(
        runtime.units, owner, case, kind=DeadlineKind.THREATENED_ACT, due_on=day, hour=time(8), zone="America/Guayaquil"
    )
    address = address_of(pages, owner)
    assert dates_of(pages, address) == [datetime.combine(day, time(13), UTC)]
    assert "Guayaquil" not in pages().client.get(address).text


def test_deadlines_that_are_done_of_ended_cases_or_of_others_are_left_out(runtime, pages, section, owner, case):
    deadline = make_deadline(runtime.units, owner, case, days=3)
    with runtime.units.begin(owner) as uow:
        complete(uow, deadline.id, deadline.version, "done by phone")
    make_deadline(runtime.units, owner, case, days=10)
    ended = make_case(runtime.units, owner)
    make_deadline(runtime.units, owner, ended, days=4)
    alter_case(runtime.units, owner, ended, stage=Stage.CLOSED)
    other = make_actor(runtime.units, (section, Role.CASEWORKER))
    make_deadline(runtime.units, other, make_case(runtime.units, other), days=5)
    assert dates_of(pages, address_of(pages, owner)) == [in_days(10)]


@pytest.mark.parametrize(("days", "is_in"), [(-31, False), (-30, True), (400, True), (401, False)])
def test_the_feed_reaches_from_a_month_ago_to_more_than_a_year(runtime, pages, owner, case, *, days, is_in):
    due_on = latest_local_today() + timedelta(days=days)  # whatever the hour of the machine
    set_clocks(runtime.units, owner, case, clock(due_on))
    assert dates_of(pages, address_of(pages, owner)) == ([due_on] if is_in else [])


def test_a_person_without_a_role_gets_an_empty_calendar(runtime, pages, owner, case):
    make_deadline(runtime.units, owner, case)
    address = address_of(pages, owner)
    assert dates_of(pages, address)
    end_roles(runtime.units, owner)
    assert dates_of(pages, address) == []


def test_the_feed_is_in_the_language_of_the_person(runtime, pages, owner, case):
    make_deadline(runtime.units, owner, case)
    address = address_of(pages, owner)
    with runtime.units.begin(owner) as uow:
        choose_language(uow, "es")
    assert "SUMMARY:caseflow: algo vence" in pages().client.get(address).text


def answers(pages, address: str) -> tuple[int, list[tuple[str, str]], bytes, list[str]]:
    page = pages().get(address, status=404)
    return page.status, list(page.answer.headers), page.answer.data, page.statements


def test_a_revoked_address_is_answered_like_an_unknown_one(runtime, pages, owner, case):
    make_deadline(runtime.units, owner, case)
    never = answers(pages, f"/calendar/{'x' * 43}.ics")
    renewed = address_of(pages, owner)
    revoked = address_of(pages, owner)
    assert answers(pages, renewed) == never
    pages(owner).post(
        "/account/calendar/revoke", {"csrf_token": pages(owner).get("/account").form().values()["csrf_token"]}
    )
    assert answers(pages, revoked) == never
    closed = address_of(pages, owner)
    with runtime.units.begin(owner) as uow:
        email = uow.session.get_one(User, owner.user_id).email
    with runtime.units.begin(ADMINISTRATION) as uow:
        deactivate(uow, email)
    assert answers(pages, closed) == never


def test_the_answer_to_an_unknown_address_has_an_even_duration(pages, monkeypatch):
    waited = []
    monkeypatch.setattr("caseflow.web.errors._hide_timing", lambda: waited.append(True))
    pages().get("/calendar/nothing.ics", status=404)
    assert waited == [True]


def test_only_a_hash_is_stored_and_the_address_is_shown_once(runtime, pages, owner):
    address = address_of(pages, owner)
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) == 43
    with runtime.units.begin(owner) as uow:
        feed = uow.session.scalars(select(CalendarFeed)).one()
        assert feed.token_hash == sha256(token.encode()).digest()
        assert feed.read_at is None
        kept = uow.session.scalars(text("SELECT changes::text FROM audit_entry")).all()
    assert not [changes for changes in kept if token in changes]
    page = pages(owner).get("/account/calendar")
    assert token not in page.html
    assert "Not yet" in page.words
    pages().get(address)
    assert "Not yet" not in pages(owner).get("/account/calendar").words


def test_the_feed_takes_the_same_statements_for_any_number_of_deadlines(runtime, pages, owner, case):
    address = address_of(pages, owner)
    empty = pages().get(address).statements
    for _ in range(5):
        make_deadline(runtime.units, owner, case)
    assert pages().get(address).statements == empty
    assert len(empty) <= 6


@pytest.fixture
def november():
    with time_machine.travel(datetime(2026, 11, 12, 12, tzinfo=UTC), tick=False):
        yield


@pytest.mark.usefixtures("november")
def test_the_month_shows_deadlines_with_links_to_their_cases(runtime, pages, owner, case):
    make_deadline(runtime.units, owner, case, due_on=date(2026, 11, 20), title="Ask the registry")
    make_deadline(runtime.units, owner, case, due_on=date(2026, 12, 2), title="Beside the month")
    page = pages(owner).get("/calendar")
    assert "November 2026" in page.words
    assert "You have 1 deadline in this month" in page.words
    assert page.links["Ask the registry"] == f"/cases/{case.id}/tasks"
    assert "Friday 20 November 2026" in page.words
    assert "Beside the month" in page.words, "the sheet ends with its last week"
    after = pages(owner).get(page.links["Next month"])
    assert "December 2026" in after.words
    listed = pages(owner).get(page.links["Show as a list"])
    assert "Beside the month" not in listed.words
    assert "Ask the registry" in listed.words


@pytest.mark.usefixtures("november")
def test_the_month_takes_the_same_statements_for_any_number_of_deadlines(runtime, pages, owner, case):
    empty = pages(owner).get("/calendar").statements
    for day in range(1, 9):
        for _ in range(6):
            make_deadline(runtime.units, owner, case, due_on=date(2026, 11, 12) + timedelta(days=day % 3))
    full = pages(owner).get("/calendar")
    assert full.statements == empty
    assert "and 14 more" in full.words


@pytest.mark.parametrize(
    "wanted", ["", "2026-13", "0000-01", "nonsense", "9999-12", "2026-11-01", "\u0662\u0660\u0662\u0666-11"]
)
def test_an_invalid_month_means_this_one(pages, owner, wanted):
    page = pages(owner).get(f"/calendar?month={wanted}")
    assert "today" in page.words
    assert str(today().year) in page.words


@pytest.mark.parametrize("wanted", ["1900-01", "2199-12", "2028-02"])
def test_months_far_away_are_shown(pages, owner, wanted):
    assert wanted[:4] in pages(owner).get(f"/calendar?month={wanted}").words


@pytest.mark.commits
def test_of_two_feeds_made_concurrently_the_later_one_is_valid(runtime, owner):
    with runtime.units.begin(owner) as uow:
        first = make_feed(uow)
        second = Thread(target=lambda: made.append(make_one(runtime, owner)))
        made: list[str] = []
        second.start()
        second.join(0.5)
        assert second.is_alive(), "it waits for the first one"
    second.join()
    assert feed(runtime.units, made[0], "https://cases.example.org")
    with pytest.raises(NotFound):
        feed(runtime.units, first, "https://cases.example.org")


def make_one(runtime, owner) -> str:
    with runtime.units.begin(owner) as uow:
        return make_feed(uow)
