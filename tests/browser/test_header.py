"""The header in a browser: one row on a telephone, the same order for the eye and the focus, and no script needed."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from caseflow.models import Role
from tests.browser.conftest import NARROW
from tests.factories import make_actor, make_section

pytestmark = [pytest.mark.browser, pytest.mark.commits]
BOXES = """() => [...document.querySelectorAll('header a, header button, header summary, header input:not([type=hidden])')]
    .filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect()).filter(b => b.width > 1).map(b => ({x: b.x, top: b.top, bottom: b.bottom}))"""


@pytest.fixture
def caseworker(served):
    section = make_section(served.runtime.units, "ES")
    return make_actor(served.runtime.units, (section, Role.CASEWORKER), name="Ana Demo", email="ana@example.org")


def out_of_order(boxes: list[dict[str, float]]) -> list[int]:
    """Return the positions of what is drawn before what stands before it: in a row above, or in the same row to its left."""
    pairs = enumerate(pairwise(boxes))
    return [
        at
        for at, (one, two) in pairs
        if two["bottom"] <= one["top"] or (two["top"] < one["bottom"] and two["x"] < one["x"])
    ]


@pytest.mark.parametrize("script", [True, False])
def test_the_focus_moves_through_the_header_as_the_eye_does(visit, caseworker, script):
    ana = visit(java_script_enabled=script)
    ana.sign_in("ana@example.org")
    page = ana.page
    page.goto(f"{ana.address}/cases")
    wide = page.evaluate(BOXES)
    assert len(wide) >= 9
    assert out_of_order(wide) == []
    page.set_viewport_size(NARROW)
    assert page.locator(".cf-header").bounding_box()["height"] == 56
    assert len(page.evaluate(BOXES)) == 4
    ana.open_menu()
    expect(page.get_by_role("link", name="My work")).to_be_visible()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert out_of_order(page.evaluate(BOXES)) == []


def test_the_search_box_is_on_every_page(visit, caseworker):
    ana = visit(java_script_enabled=False, viewport=NARROW)
    ana.sign_in("ana@example.org")
    page = ana.page
    page.locator("summary", has_text="Search").click()
    page.get_by_role("searchbox", name="Search cases").fill("eviction")
    page.get_by_role("search", name="Search cases").get_by_role("button", name="Search").click()
    expect(page).to_have_url(f"{ana.address}/cases?text=eviction")
