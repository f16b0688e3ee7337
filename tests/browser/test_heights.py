"""How high pages are: summary, routes and form of a claim in every case of the demo coalition, pages of its emptiest, a section."""

import pytest

from caseflow.web.case_pages import CasePage
from tests.browser.conftest import WIDE, Visitor, serving
from tests.servers import PASSWORD_OF_THE_DEMO

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_SUMMARY = 1400
"""Pixels at 1440 px of width."""
SCREENS = 2
"""Of a page of a case without much data."""
MOST_OF_A_SECTION = 2200
"""Of the home of the demo section: five rows of each block."""
HEIGHT = "document.documentElement.scrollHeight"


def test_summaries_are_short_and_empty_pages_need_two_screens(demo_database, make_app, chromium):
    with serving(demo_database, make_app) as served:
        context = chromium.new_context(viewport=WIDE)
        carmen = Visitor(context.new_page(), served.address, [], [])
        carmen.sign_in("carmen@demo.example", PASSWORD_OF_THE_DEMO)
        page = carmen.page
        page.goto(f"{served.address}/cases")
        cases = page.locator("main tbody th a").evaluate_all("all => all.map(a => a.href)")
        heights, routes = {}, {}
        for case in cases:
            page.goto(case)
            heights[case] = page.evaluate(HEIGHT)
            page.goto(f"{case}/routes")
            routes[case] = page.evaluate(HEIGHT)
        assert len(heights) > 10
        assert [case for case, height in heights.items() if height > MOST_SUMMARY] == []
        assert {case: height for case, height in routes.items() if height > SCREENS * WIDE["height"]} == {}
        emptiest, high = min(heights, key=heights.__getitem__), []
        for name in [one.value for one in CasePage if one is not CasePage.SUMMARY]:
            page.goto(f"{emptiest}/{name}")
            if page.evaluate(HEIGHT) > SCREENS * WIDE["height"]:
                high.append(name)
        forms = {}
        for case in cases:
            page.goto(f"{case}/claims/new")
            forms[case] = page.evaluate(HEIGHT)
        page.goto(f"{served.address}/section")
        section = page.evaluate(HEIGHT)
        context.close()
        assert high == []
        assert [case for case, height in forms.items() if height > SCREENS * WIDE["height"]] == []
        assert section <= MOST_OF_A_SECTION
