"""The map, the public page and the advocacy view in a real browser: for axe, on a telephone, without script, on paper."""

import pytest
from playwright.sync_api import expect

from caseflow.law import load_register
from caseflow.models import Role
from tests.factories import alter_case, make_actor, make_case, make_section

pytestmark = [pytest.mark.browser, pytest.mark.commits, pytest.mark.slow]


def test_the_public_page_works_without_script_and_sets_no_cookie(served, visit, check_pages):
    stranger = visit(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = stranger.page
    page.goto(f"{served.address}/sign-in")
    stranger.follow("Is my State bound?")
    page.get_by_label("Which State is responsible?").select_option(label="Spain")
    page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_role("heading", name="Yes, bound since 5 May 2013")).to_be_visible()
    page.get_by_role("table").get_by_role("link", name="Ireland", exact=True).click()
    expect(page.get_by_role("heading", name="No: signed, but not joined")).to_be_visible()
    page.goto(f"{served.address}/bound")
    assert [cookie for cookie in page.context.cookies() if cookie["name"] != "caseflow"] == []
    assert stranger.complaints == []
    faults = check_pages(stranger)
    assert faults == [], "\n".join(faults)


def test_the_map_is_one_image_for_the_keyboard_and_has_links_for_pointers(served, visit):
    page = visit().page
    page.goto(f"{served.address}/bound")
    expect(page.get_by_role("img", name="World map")).to_be_visible()
    links = page.locator(".cf-map__drawing a")
    assert links.count() == len(load_register().states)
    assert links.evaluate_all("all => all.every(a => a.tabIndex === -1)")
    # San Marino is smaller than a pixel: it is found by its circle.
    links.filter(has_text="San Marino").locator("circle").click()
    page.wait_for_url("**/bound?state=SM")


def test_the_map_and_the_advocacy_view_inside(served, visit, check_pages):
    section = make_section(served.runtime.units, "ES")
    ana = make_actor(served.runtime.units, (section, Role.CASEWORKER))
    make_actor(served.runtime.units, (section, Role.SECTION_REPORTER), email="rep@example.org")
    for _ in range(6):
        alter_case(served.runtime.units, ana, make_case(served.runtime.units, ana), state_code="IE")
    rep = visit()
    rep.sign_in("rep@example.org")
    rep.follow("States")
    rep.follow("Map of the world")
    rep.follow("If their States joined")
    expect(rep.page.get_by_role("row").filter(has_text="Ireland")).to_contain_text("6")
    assert rep.complaints == []
    rep.visited.remove(f"{served.address}/states")
    faults = check_pages(rep)
    assert faults == [], "\n".join(faults)
