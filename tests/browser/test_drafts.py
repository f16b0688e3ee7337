"""What is typed survives a browser that is killed, a page that is left, a second window and the end of the session."""

import os
import shutil
import signal

import pytest
from playwright.sync_api import Error, expect
from sqlalchemy import text

from caseflow.models import Role
from tests.browser.conftest import FLAGS, NAMES, WIDE, Visitor
from tests.factories import make_actor, make_section

pytestmark = [pytest.mark.browser, pytest.mark.commits]
TYPED = "Evicted at dawn, with the locks changed"
WHAT = "What happened?"


@pytest.fixture(autouse=True)
def ana(served):
    section = make_section(served.runtime.units, "ES")
    return make_actor(served.runtime.units, (section, Role.CASEWORKER), name="Ana Demo", email="ana@example.org")


@pytest.fixture
def browser(visit):
    """A browser in which Ana is signed in; it leaves pages without a question."""

    def opened(**options):
        visitor = visit(**options)
        visitor.page.on("dialog", lambda dialog: dialog.accept())
        visitor.sign_in("ana@example.org")
        return visitor

    return opened


def capture(visitor, page=None):
    page = page or visitor.page
    page.goto(f"{visitor.address}/cases/new")
    return page


def type_and_wait(page, words):
    page.get_by_label(WHAT).fill(words)
    expect(page.locator("main form .cf-draft")).to_contain_text("Kept as a draft")


def use(page):
    expect(page.get_by_text("You typed something here on")).to_be_visible()
    page.get_by_role("button", name="Use it").or_(page.get_by_role("link", name="Use it")).first.click()


def save(page):
    page.get_by_label("Which State is responsible?").select_option(label="Spain")
    page.get_by_label("Which right was violated?").select_option(label="Adequate housing")
    page.get_by_role("button", name="Open the case").click()
    expect(page.locator(".cf-identity")).to_be_visible()


def test_a_browser_that_is_killed_loses_nothing(chromium, served, browser):
    program = next(filter(None, map(shutil.which, NAMES)))
    doomed = chromium.browser_type.launch(executable_path=program, args=list(FLAGS))
    visitor = Visitor(doomed.new_context(viewport=WIDE).new_page(), served.address, [], [])
    visitor.sign_in("ana@example.org")
    type_and_wait(capture(visitor), TYPED)
    told = doomed.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    os.kill(next(one["id"] for one in told["processInfo"] if one["type"] == "browser"), signal.SIGKILL)
    page = capture(browser())
    use(page)
    expect(page.get_by_label(WHAT)).to_have_value(TYPED)
    save(page)
    page.goto(f"{served.address}/cases/new")
    expect(page.get_by_text("You typed something here on")).to_have_count(0)


def test_a_page_that_crashes_loses_nothing(browser):
    visitor = browser()
    type_and_wait(capture(visitor), TYPED)
    with pytest.raises(Error):
        visitor.page.goto("chrome://crash")
    page = capture(visitor, visitor.page.context.new_page())
    use(page)
    expect(page.get_by_label(WHAT)).to_have_value(TYPED)


def test_a_page_that_is_left_at_once_is_kept(browser):
    visitor = browser()
    page = capture(visitor)
    page.get_by_label(WHAT).fill(TYPED)
    page.get_by_role("link", name="Help").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")
    offered = capture(visitor).get_by_text("You typed something here on")
    for _ in range(100):  # the browser may send it after the next page is asked for
        if offered.count():
            break
        page.reload()
    use(page)
    expect(page.get_by_label(WHAT)).to_have_value(TYPED)


def test_what_is_kept_is_left_without_a_question(visit):
    visitor, asked = visit(), []
    visitor.sign_in("ana@example.org")
    visitor.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page = capture(visitor)
    page.get_by_label(WHAT).press_sequentially(TYPED)
    expect(page.locator("main form .cf-draft")).to_contain_text("Kept as a draft")
    page.get_by_role("link", name="Help").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")
    assert asked == []
    assert visitor.complaints == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_windows_saved_in_any_order(browser, order):
    visitor = browser()
    windows = [visitor.page, visitor.page.context.new_page()]
    words = ["In the first window", "In the second window"]
    for window in windows:
        capture(visitor, window)
    for window, said in zip(windows, words, strict=True):
        type_and_wait(window, said)
    first, second = order
    save(windows[first])
    windows[second].close()
    page = capture(visitor, windows[first])
    use(page)
    expect(page.get_by_label(WHAT)).to_have_value(words[second])
    save(page)
    expect(capture(visitor, page).get_by_text("You typed something here on")).to_have_count(0)


def test_the_end_of_the_session_loses_nothing(served, browser, database):
    visitor = browser()
    page = capture(visitor)
    type_and_wait(page, TYPED)
    with database.as_superuser() as engine, engine.begin() as connection:
        connection.execute(text("UPDATE user_session SET ended_at = now()"))
    page.get_by_label(WHAT).fill(f"{TYPED}, at six")
    expect(page.locator("main form .cf-draft")).to_contain_text("Not kept as a draft")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your session has ended")
    other = page.context.new_page()
    Visitor(other, visitor.address, [], []).sign_in("ana@example.org")
    use(capture(visitor, other))
    expect(other.get_by_label(WHAT)).to_have_value(f"{TYPED}, at six")
    page.get_by_role("button", name="Return to the form with what I typed").click()
    expect(page.get_by_label(WHAT)).to_have_value(f"{TYPED}, at six")
    expect(page.locator("main form .cf-draft")).to_contain_text("Kept as a draft")


def test_without_scripts(browser):
    visitor = browser(java_script_enabled=False)
    page = capture(visitor)
    page.get_by_label(WHAT).fill(TYPED)
    page.get_by_role("button", name="Open the case").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    use(capture(visitor))
    expect(page.get_by_label(WHAT)).to_have_value(TYPED)
    capture(visitor)
    page.get_by_role("button", name="Discard").first.click()
    expect(page.get_by_text("The draft was discarded.")).to_be_visible()
    expect(page.get_by_text("You typed something here on")).to_have_count(0)
