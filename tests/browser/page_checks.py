"""Automatic checks of a page: accessibility with axe, and horizontal scrolling."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FAULTS = """async () => {
    const every = axe.getRules().map(rule => rule.ruleId);
    const found = await axe.run(document, {runOnly: {type: "rule", values: every}, resultTypes: ["violations"]});
    return found.violations.map(fault => `${fault.id} (${fault.help}): ${fault.nodes[0].html.slice(0, 160)}`);
}"""
"""Runs every rule, the experimental ones and those of level AAA too. Returns only the violations, because axe's full result has almost a megabyte per page."""


def axe_violations(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    return page.evaluate(FAULTS)


def horizontal_scrolling(page: Page) -> list[str]:
    wide = page.evaluate(
        "() => { const w = document.documentElement.clientWidth;"
        " if (document.documentElement.scrollWidth <= w) return [];"
        " return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1)"
        ".slice(0, 3).map(e => e.outerHTML.slice(0, 120)); }"
    )
    return [f"scrolls sideways at 320 px: {html}" for html in wide]
