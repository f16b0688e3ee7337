"""`python -m bench.jobs`: what the jobs of caseworkers and coordinators cost in clicks, keys and loads of pages, in Chromium.

A person of the demo coalition does each job as somebody would who knows the way. A choice in a list counts as two clicks;
keys are the characters that are typed; boxes of text are reached with the tab key, which is not counted. Exit 1 when a job costs
more than the design allows. `--address` and `--password` ask a stack that runs already.
"""

import argparse
import re
import secrets
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bench.weight import FLAGS, PROGRAMS, asked, sign_in
from caseflow.clock import now

DATE_PARTS = ("day", "month", "year")


@dataclass
class Hand:
    """A person at a browser, counted."""

    page: Page
    address: str
    clicks: int = 0
    keys: int = 0
    loads: int = 0

    def __post_init__(self) -> None:
        self.page.on("load", self._note)

    def _note(self, _page: Page) -> None:
        self.loads += 1

    def start(self, path: str) -> None:
        """Begin a job on a page that the person has open; what came before does not count."""
        self.page.goto(self.address + path)
        self.clicks = self.keys = self.loads = 0

    def click(self, what: Locator) -> None:
        """Click something."""
        what.click()
        self.page.wait_for_load_state()
        self.clicks += 1

    def link(self, words: str, *, exact: bool = False) -> None:
        """Click the first link with these words in the main part of the page."""
        self.click(self.page.get_by_role("main").get_by_role("link", name=words, exact=exact).first)

    def button(self, words: str) -> None:
        """Click a button."""
        self.click(self.page.get_by_role("button", name=words, exact=True))

    def choose(self, label: str, option: str) -> None:
        """Choose in a list: open it, then click."""
        name = re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")
        self.page.get_by_label(name).first.select_option(label=option)
        self.clicks += 2

    def tick(self, group: str, answer: str) -> None:
        """Click an answer of a question."""
        self.click(self.page.get_by_role("group", name=group).get_by_label(answer, exact=True))

    def type(self, label: str, text: str) -> None:
        """Type into a box."""
        self.page.get_by_label(label).first.fill(text)
        self.keys += len(text)

    def day(self, name: str, day: date, parts: tuple[str, ...] = DATE_PARTS, exact: str = "") -> None:
        """Type a date into the boxes of a field; `exact` chooses a precision other than the usual one."""
        for part in parts:
            text = str(getattr(day, part))
            self.page.locator(f"#{name}-{part}").fill(text)
            self.keys += len(text)
        if exact:
            self.page.locator(f"#{name}-bound").select_option(label=exact)
            self.clicks += 2


def whole_file(hand: Hand) -> None:
    """From the telephone call about an eviction to a file whose clocks run: claim, act, three remedies, a deadline."""
    today = now().date()
    hand.start("/my-work")
    hand.click(hand.page.get_by_role("banner").get_by_role("link", name="Log a violation"))
    hand.choose("Which State is responsible?", "Spain")
    hand.choose("Which right was violated?", "Adequate housing")
    hand.type("What happened?", f"Family of five evicted, no shelter {secrets.token_hex(3)}")
    hand.day("happened", today - timedelta(days=420), ("month", "year"))
    hand.type("How can we contact them safely?", "After 19:00, say it is the library")
    hand.button("Open the case")
    hand.link("Add a claim")
    hand.click(hand.page.get_by_label("Eviction without alternative housing"))
    hand.type("What did the State do, or fail to do?", "Bailiffs emptied the flat")
    hand.tick("Is the State responsible for this?", "Yes")
    hand.click(hand.page.get_by_text("Articles, short name of the claim"))
    hand.type("Articles of the Covenant", "11(1)")
    hand.type("What was lost", "The only home of two adults and three children")
    hand.button("Save, and add a remedy")
    _remedy(hand, "Court of first instance", "Court No. 4", (380, 300))
    hand.type("File number", "812/2025")
    hand.choose("Outcome", "Dismissed")
    _merits(hand)
    hand.button("Save, and add another remedy")
    _remedy(hand, "Court of second instance", "Provincial Court", (270, 8), "not before")
    hand.type("File number", "1180/2026")
    hand.type("Notified to", "V1's lawyer")
    hand.day("notified", today - timedelta(days=6))
    hand.choose("Outcome", "Dismissed")
    _merits(hand)
    hand.choose("Next remedy available", "Constitutional complaint, amparo, tutela")
    hand.day("next_step_due", today + timedelta(days=24))
    hand.button("Save, and add another remedy")
    hand.click(hand.page.get_by_label("No (you must give the reason)"))
    hand.choose("Stage", "Annulment, review, pardon, reopening")
    hand.choose("Why it was not used", "Ineffective: settled case law against it")
    hand.type("Explanation", "Only for criminal cases")
    hand.button("Save the remedy")
    hand.click(hand.page.get_by_role("navigation", name="Case", exact=True).get_by_role("link", name="Tasks"))
    hand.link("Add a deadline")
    hand.type("What is due", "Ask the court for the file")
    hand.day("due_on", today + timedelta(days=10))
    hand.button("Add the deadline")


def _remedy(hand: Hand, stage: str, court: str, days: tuple[int, int], exact: str = "") -> None:
    hand.choose("Stage", stage)
    hand.type("Court or authority", court)
    filed, decided = (now().date() - timedelta(days=ago) for ago in days)
    hand.day("filed", filed, ("month", "year"), exact)
    hand.day("decided", decided)


def _merits(hand: Hand) -> None:
    hand.tick("Was the right raised in substance?", "Yes")
    hand.tick("Could this remedy have put the violation right?", "Yes")


def most_urgent(hand: Hand) -> None:
    """A coordinator asks what is most urgent in the section this week: it stands on the home page."""
    hand.start("/")
    hand.page.get_by_role("heading", name="Cannot be undone").first.wait_for()


def fileable(hand: Hand) -> None:
    """A coordinator asks what can be filed within 60 days, and what each case lacks: the same page."""
    hand.start("/")
    hand.page.get_by_role("heading", name="Can be filed within 60 days").first.wait_for()


@dataclass(frozen=True)
class Job:
    """A job, who does it, and what it may cost."""

    name: str
    who: str
    do: Callable[[Hand], None]
    most: tuple[int, int, int]


JOBS = (
    Job("Whole file, from the telephone call to clocks that run", "lucia", whole_file, (45, 340, 11)),
    Job("Most urgent of the section this week", "carmen", most_urgent, (0, 0, 0)),
    Job("Can be filed within 60 days, and what each lacks", "carmen", fileable, (0, 0, 0)),
)


def measure(browser: Browser, address: str, password: str) -> bool:
    """Do the jobs and print what they cost; return whether each keeps its limit."""
    fits = True
    for job in JOBS:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(f"{address}/sign-in")
        sign_in(page, f"{job.who}@demo.example", password)
        hand = Hand(page, address)
        job.do(hand)
        cost = (hand.clicks, hand.keys, hand.loads)
        is_more = any(one > most for one, most in zip(cost, job.most, strict=True))
        fits &= not is_more
        print(
            f"{job.name:58} {hand.clicks:3} clicks {hand.keys:4} keys {hand.loads:3} loads"
            f"{'  MORE THAN ' + '/'.join(map(str, job.most)) if is_more else ''}"
        )
        page.context.close()
    return fits


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
