"""From a case to what went against authors on a rule, with the paragraph: three clicks, in a browser without scripts too."""

import pytest
from playwright.sync_api import expect

from caseflow.law.jurisprudence import load_jurisprudence
from caseflow.models import Role
from tests.factories import make_actor, make_case, make_claim, make_remedy, make_section

pytestmark = [pytest.mark.browser, pytest.mark.commits]
MOST_CLICKS = 3


class Clicks:
    """Counts what a person clicks."""

    def __init__(self):
        self.number = 0

    def __call__(self, link):
        self.number += 1
        link.click()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_which_decisions_went_against_authors_on_this_rule_and_where(served, visit, has_scripts):
    units = served.runtime.units
    ana = make_actor(
        units, (make_section(units, "ES"), Role.CASEWORKER), name="Ana Demo", email="ana@example.org"
    )  # fmt: skip
    case = make_case(units, ana)
    make_remedy(units, ana, make_claim(units, ana, case))
    visitor, click = visit(java_script_enabled=has_scripts), Clicks()
    visitor.sign_in("ana@example.org")
    page = visitor.page
    page.goto(f"{visitor.address}/cases/{case.id}")
    click(page.get_by_role("navigation", name="Case").get_by_role("link", name="Readiness"))
    finding = page.locator("article", has=page.get_by_role("heading", name="Domestic remedies exhausted"))
    click(finding.get_by_role("link", name="Decisions on this rule"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Domestic remedies exhausted")
    against = page.locator("section", has=page.get_by_role("heading", name="Against the author")).first
    wanted = [one for one in load_jurisprudence().holdings if (one.rule, one.direction) == ("exhaustion", "for_state")]
    expect(against.locator("tbody tr")).to_have_count(len(wanted))
    shown = against.locator("tbody tr a[hreflang=en]").all_inner_texts()
    assert sorted(shown) == sorted(f"{one.symbol}, para. {one.paragraph}" for one in wanted)
    click(against.locator("tbody tr").first.get_by_role("link").first)
    expect(page.get_by_role("heading", name="What the Committee held")).to_be_visible()
    assert click.number <= MOST_CLICKS


def test_a_decided_case_like_this_one_is_three_clicks_away(served, visit):
    units = served.runtime.units
    ana = make_actor(
        units, (make_section(units, "ES"), Role.CASEWORKER), name="Ana Demo", email="ana@example.org"
    )  # fmt: skip
    case = make_case(units, ana)
    make_claim(units, ana, case, violation_types=("HOUSING_EVICTION_NO_TITLE",))
    visitor, click = visit(), Clicks()
    visitor.sign_in("ana@example.org")
    page = visitor.page
    page.goto(f"{visitor.address}/cases/{case.id}")
    click(page.get_by_role("navigation", name="Case").get_by_role("link", name="Readiness"))
    click(page.get_by_text("nearest decisions of the Committee"))
    near = page.locator("section", has=page.get_by_role("heading", name="Decided cases like this one")).last
    expect(near.locator("article")).to_have_count(5)
    click(near.locator("article p a").first)
    expect(page.get_by_role("heading", name="What the Committee held")).to_be_visible()
    assert click.number <= MOST_CLICKS
