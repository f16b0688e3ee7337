"""Remedy maps in a real browser: from a map to the last day on a case, without script; axe checks each page."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from caseflow.clock import today
from caseflow.law.dates import UncertainDate
from caseflow.models import Role
from caseflow.web.dates import show_date
from tests.factories import make_actor, make_case, make_claim, make_remedy, make_section
from tests.factories.remedy_maps import packaged_map

pytestmark = [pytest.mark.browser, pytest.mark.commits, pytest.mark.slow]


@pytest.fixture
def eva(served):
    section = make_section(served.runtime.units, "ES")
    return make_actor(
        served.runtime.units, (section, Role.SECTION_COORDINATOR), name="Eva Demo", email="eva@example.org"
    )


def test_a_map_is_made_and_its_last_day_is_used_without_script(served, visit, eva):
    units = served.runtime.units
    claim = make_claim(units, eva, make_case(units, eva, state_code="FI"))
    decided = UncertainDate.of(today() - timedelta(days=3))
    make_remedy(units, eva, claim, stage="COURT_1", outcome="dismissed", decided=decided)
    visitor = visit(java_script_enabled=False, viewport={"width": 320, "height": 640})
    visitor.sign_in("eva@example.org")
    page = visitor.page
    visitor.follow("Remedy maps")
    visitor.follow("Create a remedy map")
    page.get_by_label("State", exact=True).select_option(label="Finland")
    page.get_by_label("Right", exact=True).select_option(label="Adequate housing")
    page.get_by_role("button", name="Create the map").click()
    for name, stage, days in (("Kanne", "Court of first instance", ""), ("Valitus", "Court of second instance", "30")):
        visitor.follow("Add a step")
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Stage", exact=True).select_option(label=stage)
        page.get_by_label("How many days").fill(days)
        if days:
            page.get_by_label(re.compile("Counted in")).select_option(label="calendar days")
            page.get_by_label(re.compile("Counted from the day after")).select_option(label="the decision")
        page.get_by_role("button", name="Save the step").click()
    page.goto(f"{served.address}/cases/{claim.case_id}/remedies")
    last = show_date(today() + timedelta(days=27))
    ladder = page.locator("#remedies")
    expect(ladder).to_contain_text("Suggested next remedy: Valitus")
    expect(ladder).to_contain_text(last)
    visitor.follow("Use as next step")
    page.get_by_role("button", name="Save the remedy").click()
    expect(page.locator("#remedies")).to_contain_text(f"Last day: {last}")
    expect(page.locator("#remedies")).not_to_contain_text("Suggested next remedy")


def test_every_page_of_maps_passes_axe_and_fits_a_small_screen(served, visit, check_pages, eva):
    units = served.runtime.units
    claim = make_claim(units, eva, make_case(units, eva))
    remedy = make_remedy(units, eva, claim, outcome="dismissed", decided=UncertainDate.of(today() - timedelta(days=3)))
    spain = packaged_map(units, eva)
    visitor = visit()
    visitor.sign_in("eva@example.org")
    base, step = f"{served.address}/remedy-maps", spain.steps[2].id
    pages = (
        base, f"{base}/new", f"{base}/{spain.id}", f"{base}/{spain.id}/edit", f"{base}/{spain.id}/copy",
        f"{base}/{spain.id}/review", f"{base}/{spain.id}/history", f"{base}/{spain.id}/steps/new",
        f"{base}/{spain.id}/steps/{step}", f"{base}/{spain.id}/steps/{step}/remove",
        f"{served.address}/cases/{claim.case_id}/remedies",
        f"{served.address}/cases/{claim.case_id}/remedies/{remedy.id}?map_step={step}",
        f"{served.address}/cases/{claim.case_id}/claims/{claim.id}/remedies/new?map_step={step}",
    )  # fmt: skip
    for address in pages:
        visitor.page.goto(address)
    faults = check_pages(visitor)
    assert faults == [], "\n".join(faults)
    assert [text for text in visitor.complaints if "favicon" not in text] == []
