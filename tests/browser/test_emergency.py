"""An emergency by keyboard at 375 px: from the call to the letter in under fifteen minutes, with the signature of another person.

Keys and loads are counted and printed (`pytest -s`); the time is that of somebody who types slowly.
"""

import sys
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from caseflow.clock import today
from caseflow.models import Role
from tests.browser.test_intake import PHONE, SECONDS_A_KEY, SECONDS_A_LOAD, Keyboard
from tests.factories import PASSWORD, make_actor, make_section
from tests.factories.interim import TEXTS

pytestmark = [pytest.mark.browser, pytest.mark.commits, pytest.mark.slow]  # a whole journey in a browser
FIFTEEN_MINUTES = 900


@pytest.fixture
def people(served):
    section = make_section(served.runtime.units, "ES")
    for role, name in ((Role.CASEWORKER, "Ana"), (Role.SECTION_COORDINATOR, "Lead")):
        make_actor(served.runtime.units, (section, role), name=name, email=f"{name.lower()}@example.org")


def capture(keyboard: Keyboard) -> None:
    """Record the case while the person is on the phone: who, what, when it will happen, and what we may do."""
    keyboard.fill("name", "Rosa Navarro")
    keyboard.choose("state_code", "ES")
    keyboard.choose("right", "HOUSING")
    keyboard.send("main button", "What may we do with what you tell us?")
    keyboard.choose("how", "telephone")
    for scope in ("record", "contact", "submit"):
        keyboard.answer_yes(f"scope_{scope}")
    keyboard.send("main button", "Record the case and its people")
    keyboard.fill("title", "Mother to be evicted the day after tomorrow")
    keyboard.go_to("details:has([name=urgency]) > summary")
    keyboard.press("Enter")
    keyboard.go_to("[name=urgency]")
    for _ in range(2):
        keyboard.press("ArrowDown")
    expect(keyboard.page.locator("[name=urgency][value=emergency]")).to_be_checked()
    day = today() + timedelta(days=2)
    for part in ("day", "month", "year"):
        keyboard.fill(f"threat_on-{part}", str(getattr(day, part)))
    keyboard.fill("threat_hour", "09:00")
    keyboard.send("main button:not([name])", "Mother to be evicted")


def write(keyboard: Keyboard) -> None:
    keyboard.send(".cf-identity a[href$='/emergency']", "Emergency: interim measures")
    expect(keyboard.page.locator("main")).to_contain_text("09:00")
    keyboard.send("main a[href$='/request']", "Request for interim measures")
    for name, words in TEXTS.items():
        keyboard.fill(name, words)
    keyboard.send("main button:not([name])", "Emergency: interim measures")
    expect(keyboard.page.locator("#state")).to_contain_text("Ready to be signed")


def test_from_the_call_to_the_letter(visit, people):
    worker, leader = visit(viewport=PHONE), visit(viewport=PHONE)
    for visitor, email in ((worker, "ana@example.org"), (leader, "lead@example.org")):
        visitor.sign_in(email)
    keyboard, second = Keyboard(worker.page), Keyboard(leader.page)
    worker.page.goto(f"{worker.address}/intake")
    capture(keyboard)
    write(keyboard)
    leader.page.goto(worker.page.url)
    second.send("main a[href$='/sign']", "Sign the request for interim measures")
    second.fill("password", PASSWORD)
    second.send("main .cf-buttons button", "Emergency: interim measures")
    worker.page.reload()
    keyboard.send("main a[href$='/letter']", "Letter to the Committee")
    with worker.page.expect_download() as taken:
        keyboard.go_to("main button:not([name])")
        keyboard.press("Enter")
    letter = taken.value.path().read_text()
    assert all(words in letter for words in TEXTS.values())
    assert "09:00" in letter
    assert "Navarro" not in letter
    seconds = sum(one.keys * SECONDS_A_KEY + one.loads * SECONDS_A_LOAD for one in (keyboard, second))
    sys.stdout.write(
        f"\n{keyboard.keys + second.keys} keys, {keyboard.loads + second.loads} loads, about {seconds:.0f} s\n"
    )
    assert seconds < FIFTEEN_MINUTES
    assert [words for one in (worker, leader) for words in one.complaints if "favicon" not in words] == []
