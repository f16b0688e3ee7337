"""The pages of accounts."""

import re

import pytest

from caseflow.access.actor import JobActor, SystemRole
from caseflow.models import Role, Section
from tests.factories import PASSWORD, end_roles, make_actor, make_case, make_section, open_browser


@pytest.fixture
def ana(runtime):
    section = make_section(runtime.units, "ES")
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana", email="ana@example.org")


def test_signing_in_leads_to_the_page_that_was_requested(pages, ana):
    sent_away = pages().get("/cases", status=302)
    target = sent_away.answer.headers["Location"]
    page = pages().submit(target, email="ana@example.org", password=PASSWORD, follow=False, status=303)
    assert page.answer.headers["Location"].rstrip("?") == "/cases"


@pytest.mark.parametrize("sign", [*list("!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \""), "é", "ن", "%2F", "%20"])
def test_a_link_survives_signing_in_whatever_signs_its_query_has(pages, ana, sign):
    link = "/cases?" + ("q=a" + sign + "b" if sign != "#" else "q=a")
    sent_away = pages().client.get(link)
    page = pages().submit(
        sent_away.headers["Location"], email="ana@example.org", password=PASSWORD, follow=False, status=303
    )
    reached = page.answer.headers["Location"]
    assert reached.isascii()
    assert pages.another(None).client.get(reached).request.args == pages.another(None).client.get(link).request.args


def test_a_query_of_any_bytes_leads_to_the_sign_in(pages):
    for raw in (b"q=\xff\xfe", b"q=%FF%00", b"q=\xed\xa0\x80", b"%", b"next=\xc3"):
        answer = pages().client.get("/cases", environ_overrides={"QUERY_STRING": raw.decode("latin1")})
        assert answer.status_code == 302, raw
        assert pages().client.get(answer.headers["Location"]).status_code == 200, raw


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
    assert re.search(r"Too many attempts. Wait \d minutes", page.words)


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


def test_signing_out_clears_what_the_browser_keeps_of_the_session_and_no_cookie_of_the_device(pages, ana):
    browser = pages(ana)
    token = browser.get("/account").form().values()["csrf_token"]
    for path in ("/account/sign-out-everywhere", "/sign-out"):
        with browser.client.session_transaction() as session:
            session["_user_id"] = open_browser(browser.runtime.units, ana)
        answer = browser.post(path, {"csrf_token": token}).answer
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_new_password_gives_the_session_a_new_token(pages, ana):
    browser, thief = pages(ana), pages().client
    with thief.session_transaction() as session:
        session["_user_id"] = browser.token
    browser.submit("/account/password", current=PASSWORD, new="five quite different words now")
    assert thief.get("/account").status_code == 302
    assert browser.get("/account").status == 200


@pytest.mark.parametrize(
    "password",
    [
        *("ana@example.org", "ANA@Example.ORG", "ana@example.org1", "anaexampleorg2026", "example.org-example"),
        *("Ana Lopez Ferrer", "lopez.ferrer.2026", "ferrerferrerferrer", "Office for Housing", "officeforhousing1"),
    ],
)
def test_ones_address_name_and_section_are_no_password(pages, runtime, password):
    section = make_section(runtime.units, "ES")
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        uow.session.get_one(Section, section.id).name = "Office for Housing"
    ana = make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana Lopez Ferrer", email="ana@example.org")
    page = pages(ana).submit("/account/password", current=PASSWORD, new=password, status=422)
    assert "Others know your address" in page.error_at("new") or "first passwords" in page.error_at("new")


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
        Role.SECTION_COORDINATOR: "/section",
        Role.COALITION_COORDINATOR: "/coalition",
        Role.ADMINISTRATOR: "/admin",
        Role.AUDITOR: "/audit",
    }
    for role, place in places.items():
        actor = make_actor(runtime.units, (section, role))
        answer = pages(actor).get("/", status=302).answer
        assert answer.headers["Location"].endswith(place), (role, answer.headers["Location"])
        pages(actor).get(answer.headers["Location"])


@pytest.mark.parametrize(
    "target",
    [
        *("//[", "http://[", "/\n\\evil", "/\r\nx", "//evil.org", "/\\evil.org", "javascript:x", "\t//evil.org"),
        *(
            "/\t/evil.org",
            "/\r/evil.org",
            "/\x00/evil.org",
            "/\x0b/evil.org",
            "\\\\evil.org",
            "/a\\..\\evil.org",
            "///evil.org",
        ),
        *(
            " //evil.org",
            "evil.org",
            "@evil.org",
            "?//evil.org",
            "https:/evil.org",
            "HTTPS://evil.org",
            "\uff0f\uff0fevil.org",
            "",
        ),
    ],
)
def test_next_in_the_form_can_not_leave_the_site(pages, ana, target):
    page = pages().submit("/sign-in", email="ana@example.org", password=PASSWORD, next=target, follow=False, status=303)
    assert page.answer.headers["Location"] == "/"
