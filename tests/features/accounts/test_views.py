"""The pages of accounts."""

import re

import pytest

from caseflow.models import Role
from tests.factories import PASSWORD, end_roles, make_actor, make_case, make_section


@pytest.fixture
def ana(runtime):
    section = make_section(runtime.units, "ES")
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana", email="ana@example.org")


def test_signing_in_leads_to_the_page_that_was_requested(pages, ana):
    sent_away = pages().get("/cases", status=302)
    target = sent_away.answer.headers["Location"]
    page = pages().submit(target, email="ana@example.org", password=PASSWORD, follow=False, status=303)
    assert page.answer.headers["Location"].rstrip("?") == "/cases"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_in_the_address_can_not_leave_the_site(pages, ana, target):
    page = pages().submit(
        f"/sign-in?next={target}", email="ana@example.org", password=PASSWORD, follow=False, status=303
    )
    assert page.answer.headers["Location"] == "/"


def test_a_wrong_password_says_so_and_keeps_the_address(pages, ana):
    page = pages().submit("/sign-in", email="ana@example.org", password="not this one", status=422)
    assert "password is incorrect" in page.words
    assert page.form().values()["email"] == ["ana@example.org"]
    assert "not this one" not in page.html


def test_too_many_tries_say_how_long_to_wait(pages, ana):
    for _ in range(6):
        page = pages().submit("/sign-in", email="ana@example.org", password="not this one", status=422)
    assert re.search(r"Too many attempts. Wait( a second| \d+ seconds)", page.words)


def test_signing_in_drops_what_the_session_held_before(pages, ana):
    browser = pages()
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody"
    browser.submit("/sign-in", email="ana@example.org", password=PASSWORD, follow=False, status=303)
    with browser.client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_ends_the_session_on_the_server(pages, ana):
    browser, thief = pages(ana), pages().client
    with thief.session_transaction() as session:
        session["_user_id"] = browser.token
    assert thief.get("/account").status_code == 200
    drawn = browser.get("/account")
    token = next(c for f in drawn.markup.forms for c in f.controls if c.name == "csrf_token").attributes["value"]
    browser.post("/sign-out", {"csrf_token": token})
    assert thief.get("/account").status_code == 302


def test_sign_out_everywhere(pages, ana):
    here, there = pages(ana), pages.another(ana)
    drawn = here.get("/account")
    number = next(
        n
        for n, form in enumerate(form for form in drawn.markup.main if form.is_post)
        if "everywhere" in form.attributes.get("action", "")
    )
    here.send(drawn, form=number)
    there.get("/account", status=302)


def test_a_new_password_signs_the_other_browsers_out(pages, ana):
    here, there = pages(ana), pages.another(ana)
    page = here.submit("/account/password", current=PASSWORD, new="five quite different words now")
    assert "Your password was changed" in page.words
    there.get("/account", status=302)


@pytest.mark.parametrize(
    ("current", "new", "at"),
    [("wrong wrong wrong", "five quite different words now", "current"), (PASSWORD, "short", "new")],
)
def test_a_password_that_is_not_changed_says_why_at_the_field(pages, ana, current, new, at):
    page = pages(ana).submit("/account/password", current=current, new=new, status=422)
    assert page.error_at(at)


def test_a_role_taken_away_ends_at_once(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    pages(ana).get(f"/cases/{case.id}")
    end_roles(runtime.units, ana)
    assert pages(ana).client.get(f"/cases/{case.id}").status_code in {403, 404}


def test_each_role_has_its_own_start_page(pages, runtime):
    section = make_section(runtime.units, "ES")
    places = {
        Role.CASEWORKER: "/my-work",
        Role.SECTION_REPORTER: "/reports",
        Role.ADMINISTRATOR: "/admin/mails",
        Role.AUDITOR: "/account",
    }
    for role, place in places.items():
        actor = make_actor(runtime.units, (section, role))
        answer = pages(actor).get("/", status=302).answer
        assert answer.headers["Location"].endswith(place), (role, answer.headers["Location"])
        pages(actor).get(answer.headers["Location"])


@pytest.mark.parametrize(
    "target", ["//[", "http://[", "/\n\\evil", "/\r\nx", "//evil.org", "/\\evil.org", "javascript:x"]
)
def test_next_in_the_form_can_not_leave_the_site(pages, ana, target):
    page = pages().submit("/sign-in", email="ana@example.org", password=PASSWORD, next=target, follow=False, status=303)
    assert page.answer.headers["Location"] == "/"
