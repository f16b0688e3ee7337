"""The main job from end to end in a real browser: a case on the telephone, the clock, the reminder, the counts."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from caseflow.clock import today
from caseflow.law.dates import add_years
from caseflow.models import Role
from caseflow.web.dates import show_date
from tests.browser.page_checks import axe_violations
from tests.factories import make_actor, make_section

pytestmark = [pytest.mark.browser, pytest.mark.commits]
TITLE = "Family of five evicted without notice"


@pytest.fixture
def section(served):
    return make_section(served.runtime.units, "ES")


@pytest.fixture
def caseworker(served, section):
    return make_actor(served.runtime.units, (section, Role.CASEWORKER), name="Ana Demo", email="ana@example.org")


@pytest.fixture
def reporter(served, section):
    return make_actor(served.runtime.units, (section, Role.SECTION_REPORTER), name="Rep Demo", email="rep@example.org")


def boxes(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def log_the_eviction(ana) -> None:
    page = ana.page
    ana.follow("Log a violation")
    page.get_by_label("Which State is responsible?").select_option(label="Spain")
    page.get_by_label("Which right was violated?").select_option(label="Adequate housing")
    page.get_by_label("What happened?").fill(TITLE)
    ana.date("When did it happen?", month="March", year=str(today().year - 2))
    page.get_by_label("How can we contact them safely?").fill("After 19:00, say it is the library")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)


def open_page_of_case(ana, name: str) -> None:
    ana.page.get_by_role("navigation", name="Case", exact=True).get_by_role("link", name=name).click()


def add_the_claim(ana) -> None:
    page = ana.page
    open_page_of_case(ana, "Facts and claims")
    ana.follow("Add a claim")
    page.get_by_label("Eviction without alternative housing").check()
    page.get_by_text("Articles, short name of the claim").click()
    page.get_by_label("Articles of the Covenant").fill("11(1)")
    page.get_by_role("button", name="Save the claim").click()
    page.get_by_role("link", name="Add an act").click()
    page.get_by_label("What did the State do, or fail to do?").fill("The court's officers emptied the flat")
    ana.date("When did it begin?", month="3", year=str(today().year - 2))
    page.get_by_role("group", name="Is the State responsible for this?").get_by_label("Yes").check()
    page.get_by_role("button", name="Save the act").click()
    expect(page.get_by_text("The court's officers emptied the flat").first).to_be_visible()


def add_a_remedy(ana, stage: str, court: str, filed: date, decided: date) -> None:
    page = ana.page
    open_page_of_case(ana, "Remedies")
    ana.follow("Add a remedy")
    page.get_by_label("Stage", exact=True).select_option(label=stage)
    page.get_by_label("Court or authority").fill(court)
    ana.date("Filed", **boxes(filed))
    ana.date("Decided", **boxes(decided))
    ana.date("Decision notified", **boxes(decided))
    page.get_by_label("Outcome").select_option(label="Dismissed")
    page.get_by_role("group", name="Was the right raised in substance?").get_by_label("Yes").check()
    page.get_by_role("group", name="Could this remedy have put the violation right?").get_by_label("Yes").check()
    page.get_by_role("button", name="Save the remedy").click()
    expect(page.get_by_text(court).first).to_be_visible()


@pytest.mark.slow
def test_the_main_job(served, visit, check_pages, caseworker, reporter):
    ana = visit()
    ana.sign_in("ana@example.org")
    log_the_eviction(ana)
    case_address = ana.page.url
    add_the_claim(ana)
    last = today() - timedelta(days=340)  # the year has some 25 days left: the warning of 30 days is due
    for stage, court, filed, decided in (
        ("Court of first instance", "Court No. 4", last - timedelta(days=300), last - timedelta(days=250)),
        ("Court of second instance", "Provincial Court", last - timedelta(days=230), last - timedelta(days=150)),
        ("Constitutional complaint, amparo, tutela", "Constitutional Court", last - timedelta(days=120), last),
    ):
        add_a_remedy(ana, stage, court, filed, decided)

    open_page_of_case(ana, "Summary")
    strip = ana.page.locator(".cf-clocks")
    expect(strip).to_contain_text(show_date(add_years(last, 1)))
    expect(strip).to_contain_text("days left")
    open_page_of_case(ana, "Readiness")
    readiness = ana.page.locator("#readiness")
    expect(readiness).to_contain_text("Within one year")
    expect(readiness).to_contain_text("Add the file that proves it")
    expect(readiness).to_contain_text("OP-ICESCR")

    ana.follow("My work")
    expect(ana.page.get_by_role("main")).to_contain_text(TITLE)
    ana.follow("Cases")
    expect(ana.page.get_by_role("main")).to_contain_text(TITLE)
    assert served.send_reminders().sent == 1
    (mail,) = served.sink.mails
    assert mail["To"] == "ana@example.org"
    for word in (TITLE, "ES-", "Spain", "evict", "Court"):
        assert word not in mail.as_string()
    assert served.send_reminders().sent == 0

    rep = visit()
    rep.sign_in("rep@example.org")
    rep.page.goto(f"{served.address}/reports")
    expect(rep.page.get_by_role("heading", level=1)).to_contain_text("Reports")
    expect(rep.page.get_by_role("main")).not_to_contain_text("Adequate housing")  # a count of one is not shown
    answer = rep.page.goto(case_address)
    assert answer is not None
    assert answer.status in {403, 404}
    assert TITLE not in rep.page.content()
    rep.visited.remove(case_address)

    assert [text for text in ana.complaints if "favicon" not in text] == []
    faults = check_pages(ana)
    assert faults == [], "\n".join(faults)
    faults = check_pages(rep)
    assert faults == [], "\n".join(faults)


@pytest.mark.slow
def test_the_essential_acts_work_without_script(served, visit, caseworker):
    ana = visit(java_script_enabled=False, viewport={"width": 320, "height": 640})
    ana.sign_in("ana@example.org")
    ana.open_menu()
    log_the_eviction(ana)
    add_the_claim(ana)
    day = today() - timedelta(days=200)
    add_a_remedy(ana, "Court of first instance", "Court No. 4", day - timedelta(days=90), day)
    ana.page.get_by_text("More actions").click()
    ana.follow("Change stage")
    ana.page.get_by_label("Verification").check()
    ana.page.get_by_role("button", name="Change stage").click()
    expect(ana.page.get_by_role("main")).to_contain_text("Verification")
    ana.open_menu()
    ana.page.get_by_role("button", name="Sign out").click()
    expect(ana.page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_errors_are_shown_at_the_field_and_reached_by_keyboard(served, visit, caseworker):
    ana = visit(bypass_csp=True)
    ana.sign_in("ana@example.org")
    page = ana.page
    page.goto(f"{served.address}/cases/new")
    page.get_by_label("Which State is responsible?").select_option(label="Spain")
    ana.date("When did it happen?", "31", "2", "2026")
    page.get_by_role("button", name="Open the case").click()
    summary = page.locator(".govuk-error-summary")
    page.wait_for_function("document.activeElement.matches('.govuk-error-summary')")
    summary.get_by_role("link", name="There is no day 31 in February 2026").click()
    box = page.get_by_role("group", name="When did it happen").get_by_label("Day")
    page.wait_for_function("document.activeElement.id === 'happened-day'")
    expect(box).to_have_value("31")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Which State is responsible?")).to_have_value("ES")
    assert axe_violations(page) == []
