"""Automatic checks of a page: accessibility with axe, and horizontal scrolling."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
FAULTS = """async rules => (await axe.run(document, rules)).violations.map(
    fault => `${fault.id} (${fault.help}): ${fault.nodes[0].html.slice(0, 160)}`)"""
"""Returns only the violations, because axe's full result has almost a megabyte per page."""


def axe_violations(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    return page.evaluate(FAULTS, RULES)


def horizontal_scrolling(page: Page) -> list[str]:
    wide = page.evaluate(
        "() => { const w = document.documentElement.clientWidth;"
        " if (document.documentElement.scrollWidth <= w) return [];"
        " return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1)"
        ".slice(0, 3).map(e => e.outerHTML.slice(0, 120)); }"
    )
    return [f"scrolls sideways at 320 px: {html}" for html in wide]
