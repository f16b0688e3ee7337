"""Back, in a browser with scripts and in one without: what was typed is there, sent with an error or not sent at all."""

import pytest
from playwright.sync_api import expect

from caseflow.models import Role
from caseflow.web import session_store
from tests.factories import make_actor, make_section

pytestmark = [pytest.mark.browser, pytest.mark.commits]
UNSENT = "The bailiffs came with the police. " * 20
TYPED = "Evicted at dawn, with the locks changed"


@pytest.fixture
def patient_store(monkeypatch):
    """Redis is waited for as long as it takes."""
    monkeypatch.setattr(session_store, "TIMEOUT_SECONDS", None)


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request, patient_store, served, visit):
    section = make_section(served.runtime.units, "ES")
    make_actor(served.runtime.units, (section, Role.CASEWORKER), name="Ana Demo", email="ana@example.org")
    ana = visit(java_script_enabled=request.param)
    ana.sign_in("ana@example.org")
    ana.page.on("dialog", lambda dialog: dialog.accept())
    ana.page.goto(f"{ana.address}/cases/new")
    ana.page.get_by_label("What happened?").fill(TYPED)
    ana.page.get_by_role("button", name="Open the case").click()
    expect(ana.page.locator(".govuk-error-summary")).to_be_visible()
    return ana.page


def test_a_link_on_the_error_page_and_back(page):
    page.get_by_role("link", name="Help").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")
    page.go_back()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_label("What happened?")).to_have_value(TYPED)
    page.reload()
    expect(page.get_by_label("What happened?")).to_have_value(TYPED)


def test_corrected_saved_and_back(page):
    page.get_by_label("Which State is responsible?").select_option(label="Spain")
    page.get_by_label("Which right was violated?").select_option(label="Adequate housing")
    page.get_by_role("button", name="Open the case").click()
    expect(page.locator(".cf-identity")).to_be_visible()
    saved = page.url
    page.go_back()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_label("What happened?")).to_have_value(TYPED)
    page.go_forward()
    expect(page.locator(".cf-identity")).to_be_visible()
    assert page.url == saved


def test_a_long_text_that_was_never_sent_is_there_after_a_link_and_back(page):
    """Lines are not: browsers do not restore what has `autocomplete="off"` (decision 30). With scripts, leaving asks first."""
    page.goto(page.url.partition("?")[0])
    page.locator("main textarea").first.fill(UNSENT)
    page.get_by_role("link", name="Help").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")
    page.go_back()
    expect(page.locator("main textarea").first).to_have_value(UNSENT)
