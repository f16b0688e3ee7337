"""A task from a gap of readiness to done by another person, in real browsers; the second one has no script and a small screen."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from caseflow.clock import today
from caseflow.models import Role
from tests.factories import make_actor, make_case, make_claim, make_section

pytestmark = [pytest.mark.browser, pytest.mark.commits, pytest.mark.slow]
TITLE = "Ask V1 when the decision was notified"


@pytest.fixture
def case(served):
    units, section = served.runtime.units, make_section(served.runtime.units, "ES")
    ana = make_actor(units, (section, Role.CASEWORKER), name="Ana Demo", email="ana@example.org")
    make_actor(units, (section, Role.SECTION_COORDINATOR), name="Marcos Demo", email="marcos@example.org")
    case = make_case(units, ana)
    make_claim(units, ana, case)
    return case


def test_a_task_from_a_gap_to_done_by_another_person(served, visit, check_pages, case):
    ana = visit()
    ana.sign_in("ana@example.org")
    page = ana.page
    page.goto(f"{served.address}/cases/{case.id}/readiness")
    gap = page.locator(".cf-finding").filter(has=page.get_by_role("heading", name="Domestic remedies exhausted"))
    gap.get_by_role("link", name=re.compile("Make this a task")).click()
    expect(page.get_by_label("What is to be done?")).to_have_value(re.compile("^Domestic remedies exhausted"))
    page.get_by_label("What is to be done?").fill(TITLE)
    page.get_by_label("Person responsible").select_option(label="Marcos Demo")
    due = today() + timedelta(days=3)
    boxes = page.get_by_role("group", name=re.compile("^Last day"))
    for label, value in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
        boxes.get_by_label(label).fill(str(value))
    page.get_by_label("Checklist").fill("Call her\nNote the day")
    page.get_by_role("button", name="Save the task").click()
    expect(page.locator("#task-list")).to_contain_text(TITLE)
    page.goto(f"{served.address}/cases/{case.id}/readiness")
    expect(gap.get_by_role("link", name=re.compile(f"^Task: {TITLE}, Marcos Demo"))).to_be_visible()
    expect(gap.get_by_role("link", name=re.compile("Make this a task"))).to_have_count(0)
    assert served.send_reminders().sent == 1
    (mail,) = served.sink.mails
    assert mail["To"] == "marcos@example.org"
    assert TITLE not in mail.as_string()

    marcos = visit(java_script_enabled=False, viewport={"width": 375, "height": 740})
    marcos.sign_in("marcos@example.org")
    page = marcos.page
    page.goto(f"{served.address}/my-work")
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_label("Call her").check()
    page.get_by_role("button", name="Save the checklist").click()
    expect(page.locator("#checklist")).to_contain_text("1 of 2 steps done")
    page.get_by_role("button", name="Mark as done").or_(page.get_by_role("link", name="Mark as done")).first.click()
    page.get_by_label("What came of it?").fill("Notified on 3 March")
    page.get_by_role("button", name="Mark as done").click()
    expect(page.locator("#task-list")).to_contain_text("Done or cancelled (1)")
    page.goto(f"{served.address}/section")
    expect(page.locator("#team")).to_contain_text("Marcos Demo")
    assert served.send_reminders().sent == 0

    ana.page.goto(f"{served.address}/cases/{case.id}/tasks")
    ana.page.locator("#task-list summary").click()
    expect(ana.page.locator("#task-list")).to_contain_text("Notified on 3 March")
    assert ana.complaints == []
    assert check_pages(ana) == []
    assert check_pages(marcos) == []
