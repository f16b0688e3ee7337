"""Intake by keyboard: a household of six evicted this morning, with consent for three uses and a safe contact, in under five minutes.

Keys and loads are counted and printed (`pytest -s`); the time is that of somebody who types slowly.
"""

import sys
from dataclasses import dataclass
from string import ascii_letters

import pytest
from playwright.sync_api import Page, expect

from caseflow.clock import today
from caseflow.models import Role
from tests.browser.page_checks import axe_violations, horizontal_scrolling
from tests.factories import make_actor, make_section

pytestmark = [pytest.mark.browser, pytest.mark.commits]
SECONDS_A_KEY, SECONDS_A_LOAD, FIVE_MINUTES = 0.3, 4, 300
"""Two hundred keys a minute, and the time to look at a new page."""
MOST_TABS = 90
PHONE = {"width": 375, "height": 667}
MEMBERS = (
    ("Rosa Navarro", "adult", ""),
    ("Celso Navarro", "adult", "spouse"),
    ("Ibai Navarro", "child", "child"),
    ("Nerea Navarro", "child", "child"),
    ("Unax Navarro", "child", "child"),
    ("Delia Tello", "adult", "parent"),
)


@dataclass
class Keyboard:
    """A person who uses the keyboard alone. Counts keys and the pages that were loaded."""

    page: Page
    keys: int = 0
    loads: int = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    def go_to(self, what: str) -> None:
        """Press Tab until the focus is on what matches a CSS selector."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("what => document.activeElement.matches(what)", what):
                return
            self.press("Tab")
        raise AssertionError(f"{what} is not reached with {MOST_TABS} tabs")

    def fill(self, name: str, words: str) -> None:
        self.go_to(f"#{name}")
        self.type(words)

    def choose(self, name: str, value: str) -> None:
        """Choose in a list by the arrows, or by the first letters where it is long."""
        self.go_to(f"#{name}")
        options = self.page.locator(f"#{name} option").evaluate_all("all => all.map(one => [one.value, one.label])")
        values = [one for one, _label in options]
        steps = values.index(value) - values.index(self.page.locator(f"#{name}").input_value())
        if abs(steps) > len("Spain"):
            self.type("".join(letter for letter in options[values.index(value)][1] if letter in ascii_letters)[:4])
        else:
            for _ in range(abs(steps)):
                self.press("ArrowDown" if steps > 0 else "ArrowUp")
        expect(self.page.locator(f"#{name}")).to_have_value(value)

    def answer_yes(self, name: str) -> None:
        """Go to a question whose last answer is chosen, and on to its first one."""
        self.go_to(f"[name={name}]")
        self.press("ArrowDown")
        expect(self.page.locator(f"[name={name}][value=given]")).to_be_checked()

    def send(self, what: str, heading: str) -> None:
        """Press a button, and wait for the page with a heading."""
        self.go_to(what)
        self.press("Enter")
        self.loads += 1
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)


@pytest.fixture
def ana(served):
    section = make_section(served.runtime.units, "ES")
    return make_actor(served.runtime.units, (section, Role.CASEWORKER), name="Ana Demo", email="ana@example.org")


def search(keyboard: Keyboard) -> None:
    keyboard.send("main a[href$='/intake']", "Is it recorded already?")
    keyboard.fill("name", "Rosa Navarro")
    keyboard.fill("phone", "600111222")
    keyboard.fill("people_number", "6")
    keyboard.choose("state_code", "ES")
    keyboard.choose("right", "HOUSING")
    keyboard.fill("place", "Valdeoliva")
    day = today()
    for part in ("day", "month", "year"):
        keyboard.fill(f"happened-{part}", str(getattr(day, part)))
    keyboard.send("main button", "What may we do with what you tell us?")


def record(keyboard: Keyboard) -> None:
    keyboard.choose("how", "telephone")
    for scope in ("record", "contact", "submit"):
        keyboard.answer_yes(f"scope_{scope}")
    keyboard.go_to("#for_children")
    keyboard.press("Space")
    keyboard.send("main button", "Record the case and its people")
    keyboard.fill("title", "Family of six evicted this morning")
    for number, (name, age, to_first) in enumerate(MEMBERS, 1):
        if number > 1:
            keyboard.fill(f"p{number}_name", name)
        keyboard.choose(f"p{number}_age", age)
        if to_first:
            keyboard.choose(f"p{number}_to_first", to_first)
    keyboard.fill("safe_from", "18")
    keyboard.fill("safe_until", "20:30")
    keyboard.send("main button:not([name])", "Family of six evicted this morning")


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="wide"),
        pytest.param({"viewport": PHONE}, id="375", marks=pytest.mark.slow),
        pytest.param({"viewport": PHONE, "java_script_enabled": False}, id="without script", marks=pytest.mark.slow),
    ],
)
def test_a_newcomer_records_a_household_of_six_by_keyboard(visit, ana, options, request):
    visitor = visit(**options)
    visitor.sign_in("ana@example.org")
    visitor.page.goto(f"{visitor.address}/cases/new")
    keyboard = Keyboard(visitor.page)
    search(keyboard)
    record(keyboard)
    people = visitor.page.locator("#people table tbody tr")
    expect(people).to_have_count(6)
    expect(people.nth(0)).to_contain_text("UN: yes")
    expect(people.nth(2)).to_contain_text("Child")
    expect(people.nth(2)).to_contain_text("UN: yes")
    expect(people.nth(5)).to_contain_text("UN: not asked")
    assert "Navarro" not in visitor.page.content()
    seconds = keyboard.keys * SECONDS_A_KEY + keyboard.loads * SECONDS_A_LOAD
    counted = f"{request.node.callspec.id}: {keyboard.keys} keys, {keyboard.loads} loads, about {seconds:.0f} s"
    sys.stdout.write(f"\n{counted}\n")
    assert seconds < FIVE_MINUTES
    assert not [one for one in visitor.visited if "Navarro" in one or "600111222" in one]
    assert [words for words in visitor.complaints if "favicon" not in words] == []


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["script", "without script"])
def test_back_shows_every_step_as_it_was_sent(visit, ana, options):
    visitor = visit(**options)
    page = visitor.page
    visitor.sign_in("ana@example.org")
    page.goto(f"{visitor.address}/intake")
    page.locator("#name").fill("Rosa Navarro")
    page.locator("#state_code").select_option("ES")
    page.locator("#right").select_option("HOUSING")
    page.get_by_role("button", name="Search and go on").click()
    page.locator("#how").select_option("telephone")
    page.locator("[name=scope_submit][value=given]").check()
    page.get_by_role("button", name="Go on to the form").click()
    page.locator("#title").fill("Evicted")
    page.locator("#p1_name").fill("")
    page.locator("#p1_description").fill("A mother")
    page.locator("#people_number").fill("0")
    page.get_by_role("button", name="Open the case").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator("#p1_description")).to_have_value("A mother")
    page.go_back()  # the form as the second step gave it
    expect(page.locator("#p1_name")).to_have_value("Rosa Navarro")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What may we do")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Is it recorded already?")
    page.go_forward()
    page.go_forward()
    page.go_forward()
    expect(page.locator("#p1_description")).to_have_value("A mother")
    page.locator("#people_number").fill("")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Evicted")


@pytest.mark.slow
def test_the_steps_are_accessible_and_fit_a_narrow_screen(visit, ana):
    visitor = visit(bypass_csp=True)
    page, faults = visitor.page, []
    visitor.sign_in("ana@example.org")

    def look(step: str) -> None:
        for width in (1440, 320):
            page.set_viewport_size({"width": width, "height": 800})
            found = [*axe_violations(page), *(horizontal_scrolling(page) if width == 320 else ())]
            faults.extend(f"{step} at {width}: {fault}" for fault in found)

    page.goto(f"{visitor.address}/intake")
    page.locator("#name").fill("Rosa Navarro")
    page.locator("#people_number").fill("3")
    page.locator("#state_code").select_option("ES")
    page.locator("#right").select_option("HOUSING")
    look("search")
    page.get_by_role("button", name="Search and go on").click()
    look("consent")
    page.get_by_role("button", name="Go on to the form").click()
    page.locator("#title").fill("Evicted")
    page.locator("#p2_age").select_option("child")
    page.locator("#p2_to_first").select_option("spouse")
    page.get_by_role("button", name="Open it, and say").click()
    look("form with a fault")
    page.locator("#p2_age").select_option("adult")
    page.get_by_role("button", name="Open it, and say").click()
    look("grid")
    assert faults == [], "\n".join(faults)
