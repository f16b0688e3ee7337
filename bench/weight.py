"""`python -m bench.weight`: what pages weigh on the line, as Chromium receives them, for people of the demo coalition.

A first visit fetches style, script and fonts as well; further pages should need nothing but themselves. Exit 1 when a
first visit has more than 75 KiB, or a further page more than 10 KiB. The outlines of the map of the
world are fetched once, and kept. `--address` and `--password` ask a stack that runs already.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from bench.stack import running_stack

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
WHO, CASE = "lucia@demo.example", "ES-2026-0008"
KIB = 1024
MOST_FIRST, MOST_FURTHER = 75 * KIB, 10 * KIB
PAGES = (
    *(
        "/my-work",
        "/cases",
        "/cases?sort=due",
        "/cases/new",
        "/calendar",
        "/reports",
        "/states",
        "/states/ES",
        "/states/map",
    ),
    *(
        "/remedy-maps",
        "/treaties",
        "/treaties/CED-31",
        "/reminders",
        "/account",
        "/account/reminders",
        "/help/en/caseworkers",
    ),
)
OF_A_CASE = (
    *("", "/facts", "/remedies", "/readiness", "/committee", "/tasks", "/history"),
    *("/what-if", "/routes", "/edit", "/claims/new", "/deadlines/new", "/procedures/new"),
)
OTHERS = ("carmen", "sofia", "teo", "omar", "ines")
"""People of the other roles, whose first page is measured."""


class Line:
    """Counts the requests of a page, and the bytes of their answers with the heads."""

    def __init__(self, page: Page) -> None:
        self.requests, self.received = 0, 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._note)

    def _note(self, event: dict[str, float]) -> None:
        self.requests += event["encodedDataLength"] > 0  # what comes from the cache has no length
        self.received += int(event["encodedDataLength"])

    def of(self, page: Page, address: str) -> tuple[int, int]:
        """Open a page; return its requests and bytes."""
        self.requests, self.received = 0, 0
        page.goto(address, wait_until="networkidle")
        return self.requests, self.received


def measure(browser: Browser, address: str, password: str) -> bool:
    """Print the table; return whether every page keeps its limit."""
    page = browser.new_context().new_page()
    line = Line(page)
    fits = report("sign in, first visit", *line.of(page, f"{address}/sign-in"), MOST_FIRST)
    sign_in(page, WHO, password)
    page.goto(f"{address}/cases?text={CASE}", wait_until="networkidle")
    case = page.locator("main table a.govuk-link").first.get_attribute("href") or ""
    for path in (*PAGES, *(case + of_it for of_it in OF_A_CASE)):
        page.goto(
            address + path, wait_until="networkidle"
        )  # the letters of a further script are fetched once, and kept
        fits &= report(path.replace(case, CASE), *line.of(page, address + path), MOST_FURTHER)
    for who in OTHERS:
        other = browser.new_context().new_page()
        other.goto(f"{address}/sign-in", wait_until="networkidle")
        sign_in(other, f"{who}@demo.example", password)
        fits &= report(f"first page of {who}", *Line(other).of(other, f"{address}/"), MOST_FURTHER)
        other.context.close()
    first = browser.new_context(storage_state=page.context.storage_state()).new_page()
    return report(f"{CASE}, first visit", *Line(first).of(first, address + case), MOST_FIRST) and fits


def sign_in(page: Page, email: str, password: str) -> None:
    """Fill and send the form of the page for signing in."""
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state("networkidle")


def report(name: str, requests: int, received: int, most: int) -> bool:
    """Print a line of the table; return whether the page keeps its limit."""
    fits = received <= most
    print(
        f"{name:32} {requests:3} requests {received / KIB:7.1f} KiB{'' if fits else f'  MORE THAN {most // KIB} KiB'}"
    )
    return fits


@contextmanager
def asked(address: str, password: str) -> Iterator[tuple[str, str]]:
    """Yield address and password of the stack that is asked: one that runs, or one of our own."""
    if address:
        yield address, password
        return
    with running_stack() as stack:
        yield stack.address, stack.password


def main() -> None:
    """Read the command line, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", default="")
    parser.add_argument("--password", default="")
    given = parser.parse_args()
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        sys.exit("No Chromium on this machine: install it (apt-get install chromium).")
    with sync_playwright() as playwright, asked(given.address, given.password) as (address, password):
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        fits = measure(browser, address, password)
        browser.close()
    sys.exit(0 if fits else 1)


if __name__ == "__main__":
    main()
