"""What protects typed text in a browser with scripts: news get the focus, the end of a session is announced, leaving is asked about."""

import pytest
from playwright.sync_api import expect

from caseflow.models import Role
from tests.factories import make_actor, make_section

pytestmark = [pytest.mark.browser, pytest.mark.commits]


@pytest.fixture
def ana(served, visit):
    section = make_section(served.runtime.units, "ES")
    make_actor(served.runtime.units, (section, Role.CASEWORKER), name="Ana Demo", email="ana@example.org")
    ana = visit()
    ana.page.clock.install()
    ana.sign_in("ana@example.org")
    return ana


def test_news_get_the_focus(ana):
    page = ana.page
    page.goto(f"{ana.address}/cases/new")
    page.get_by_label("Which State is responsible?").select_option(label="Spain")
    page.get_by_label("Which right was violated?").select_option(label="Adequate housing")
    page.get_by_label("What happened?").fill("Evicted")
    page.get_by_role("button", name="Open the case").click()
    page.wait_for_function("document.activeElement.matches('.cf-message')")
    expect(page.get_by_role("alert")).to_be_in_viewport()


def test_the_end_of_the_session_is_announced_and_put_off(ana):
    page = ana.page
    page.goto(f"{ana.address}/cases/new")
    page.clock.fast_forward("26:59")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.clock.fast_forward("00:02")
    expect(page.get_by_role("alert")).to_contain_text("Your session ends in two minutes.")
    with page.expect_response(f"{ana.address}/account/stay") as answer:
        page.get_by_role("button", name="Stay signed in").click()
    assert answer.value.status == 204
    expect(page.get_by_role("alert")).to_have_count(0)
    page.clock.fast_forward("27:01")
    expect(page.get_by_role("alert")).to_contain_text("Your session ends in two minutes.")
    assert ana.complaints == []


def test_leaving_typed_text_is_asked_about(ana):
    page, asked = ana.page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(f"{ana.address}/cases/new")
    page.get_by_label("What happened?").press_sequentially("Evicted")
    page.get_by_role("link", name="Cases", exact=True).click()
    expect(page.get_by_label("What happened?")).to_have_value("Evicted")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Open the case").click()  # sent with a gap: that is no leaving
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert asked == ["beforeunload"]
