"""Every page of the demo coalition in Chromium, at 1440 and 320 px: axe with all of its rules finds nothing, nothing scrolls sideways.

The pages are those that people of every role reach by links. A route that can be read and that nobody reaches fails the
test, unless `NOT_REACHED` says why: so no new page is forgotten.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from werkzeug.routing import Map, Rule

from caseflow.runtime import Runtime
from tests.browser.conftest import NARROW, WIDE, Visitor, serving
from tests.browser.page_checks import AXE, axe_violations, horizontal_scrolling
from tests.browser.walk import Kind, Walk
from tests.servers import PASSWORD_OF_THE_DEMO, Database

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE = {"": 2, "lucia": 9, "carmen": 6, "sofia": 3, "teo": 2, "omar": 2, "ines": 2, "rosa": 6, "pilar": 3, "aino": 3}
"""Who walks, and how many pages of a kind each opens; first somebody who is not signed in."""
UUID = "[0-9a-f-]{36}"
FURTHER = (
    ("carmen", "/cases", rf'name="chosen" value="({UUID})"', "/cases/assign?chosen={}"),
    ("lucia", "/cases", rf'name="chosen" value="({UUID})"', "/cases/flag?chosen={}"),
    ("lucia", "/cases?flag=any", rf'name="chosen" value="({UUID})"', "/cases/flags/resolve?chosen={}"),
    ("lucia", "/cases?flag=media", rf'href="/cases/({UUID})"', "/cases/{}/facts"),
    ("lucia", "/my-work", rf'href="/deadlines/({UUID})/done', "/deadlines/{}/seen"),
    ("lucia", "/my-work", rf'href="/deadlines/({UUID})/done', "/deadlines/{}/as-usual"),
    ("sofia", "/coalition", "()", "/coalition/cannot-be-undone"),
    ("sofia", "/cases?text=Follow-up+of+Views", rf'href="/cases/({UUID})"', "/cases/{}/committee"),
    ("carmen", "/cases?text=Foreclosure", rf'href="/cases/({UUID})"', "/cases/{}/review"),
    ("lucia", "/cases?text=Foreclosure", rf'href="/cases/({UUID})"', "/cases/{}/review"),
    ("carmen", "/cases?text=Mother", rf'href="/cases/({UUID})"', "/cases/{}/emergency/sign"),
    ("lucia", "/cases?text=Mother", rf'href="/cases/({UUID})"', "/cases/{}/emergency"),
    ("lucia", "/cases?text=against+interim", rf'href="/cases/({UUID})"', "/cases/{}/emergency"),
    ("lucia", "/cases?text=against+interim", rf'href="/cases/({UUID})"', "/cases/{}/reprisals"),
    ("carmen", "/cases?text=Widow", rf'href="/cases/({UUID})"', "/cases/{}/committee"),
    ("", "/sign-in", "()", "/help"),
)
"""Pages that a button opens, or that only show when a button fails: who, and where the rest of the address stands."""
NOT_REACHED = {
    "accounts.device": "its address is in a mail only",
    "accounts.stay": "asked by the script of the pages; it answers no page",
    "contacts.log": "its form is on the page of the person; its address is opened after an error only",
    "intake.consent": "its page answers the step before; looked at in test_intake",
    "intake.record": "the same",
    "calendar.feed": "a calendar, with a secret in its address",
    "decision.add_outcome": "every claim of the demo case with Views has its outcome; its form is that of decision.edit_outcome",
    "evidence.copy": "a job makes the copies, and none runs here; looked at in features/evidence",
    "delivery.mail": "a mail as a file; nothing was sent yet",
    "duplicates.merge": "nobody of the demo coalition was merged yet",
    "filings.take_back": "for 72 hours after a filing was recorded; the demo coalition has no such filing",
    "monitoring.health": "for machines",
    "static": "files",
}
"""Routes without a page here, and why."""


@dataclass
class Demo:
    """The demo coalition, served: browsers by person."""

    address: str
    rules: Map
    browsers: dict[str, BrowserContext]


@pytest.fixture
def demo(demo_database: Database, make_app: Callable[[Runtime], Flask], chromium: Browser) -> Iterator[Demo]:
    made: list[Flask] = []
    with serving(demo_database, lambda runtime: made.append(make_app(runtime)) or made[0]) as served:
        browsers = {name: chromium.new_context(viewport=WIDE, bypass_csp=True) for name in PEOPLE}
        for name, context in browsers.items():
            context.add_init_script(path=AXE)  # sent once, and not again to each page
            if name:
                Visitor(context.new_page(), served.address, [], []).sign_in(
                    f"{name}@demo.example", PASSWORD_OF_THE_DEMO
                )
        yield Demo(served.address, made[0].url_map, browsers)
        for context in browsers.values():
            context.close()


def walks(demo: Demo) -> dict[str, Walk]:
    """Let everybody follow all links."""
    found = {
        name: Walk(demo.browsers[name], demo.address, demo.rules, each).start("/" if name else "/sign-in")
        for name, each in PEOPLE.items()
    }
    for name, page, pattern, address in FURTHER:
        place = re.search(pattern, demo.browsers[name].request.get(demo.address + page).text())
        if place:
            found[name].start(address.format(place[1]))
    return found


def readable(rules: Map) -> set[str]:
    """Return the endpoints that can be read."""
    return {str(rule.endpoint) for rule in rules.iter_rules() if "GET" in (rule.methods or ())}


def fullest(found: dict[str, Walk]) -> dict[Kind, tuple[str, str]]:
    """Return the fullest page of each kind, with who sees it; and the first page of everybody."""
    kinds = dict.fromkeys(kind for walk in found.values() for kind in walk.pages)
    chosen = {kind: max((walk.pages.get(kind, (0, "")), name) for name, walk in found.items()) for kind in kinds}
    pages = {kind: (name, address) for kind, ((_, address), name) in chosen.items()}
    return pages | {(f"first page of {name}", False): (name, walk.first) for name, walk in found.items()}


def test_every_page_is_accessible_wide_and_narrow(demo, record_property):
    found = walks(demo)
    faults = [f"{name}: {fault}" for name, walk in found.items() for fault in walk.faults]
    reached = {endpoint for walk in found.values() for endpoint in walk.reached}
    unreached = readable(demo.rules) - reached - NOT_REACHED.keys()
    faults += [f"{endpoint}: nobody reaches it; add a way to it, or say why not" for endpoint in sorted(unreached)]
    pages = fullest(found)
    for name, address in sorted(set(pages.values())):
        page = demo.browsers[name].pages[0] if demo.browsers[name].pages else demo.browsers[name].new_page()
        page.set_viewport_size(WIDE)
        page.goto(demo.address + address)
        faults += [f"{name} {address}: {fault}" for fault in axe_violations(page)]
        page.set_viewport_size(NARROW)
        faults += [f"{name} {address}: {fault}" for fault in horizontal_scrolling(page)]
        faults += [f"{name} {address} at 320 px: {fault}" for fault in axe_violations(page)]
    record_property("summary", f"axe: {len(set(pages.values()))} pages of {len(reached)} routes, at 1440 and 320 px")
    assert faults == [], "\n".join(faults)


def test_a_route_that_nobody_reaches_is_found():
    rules = Map(
        [Rule("/planted", endpoint="planted.page", methods=["GET"]), Rule("/sent", endpoint="x", methods=["POST"])]
    )
    assert readable(rules) - NOT_REACHED.keys() == {"planted.page"}
