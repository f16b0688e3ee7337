"""Draw docs/screenshots anew: a scratch caseflow with the demo coalition, seen by a real browser at 1440 and 320 px.

    make screenshots

Needs Chromium on this machine. Starts `caseflow up` in a temporary home and stops it again.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

HERE = Path(__file__).resolve().parent
PICTURES = HERE / "screenshots"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WIDTHS = {1440: 1000, 320: 800}
START_SECONDS = 120
MOST_BYTES = 220_000
MOST_HEIGHT = 1100
CASEWORKER, COORDINATOR, REPORTER = "lucia@demo.example", "carmen@demo.example", "teo@demo.example"
CASE = "Mother with three children"
FILED_CASE = "Eviction of a couple suspended"
MAP = "Spain: Adequate housing"


def main() -> None:
    """Start, take the pictures, stop."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise SystemExit("No Chromium on this machine: install it (apt-get install chromium) to draw the screenshots.")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="caseflow-screenshots-") as scratch, sync_playwright() as playwright:
        Path(scratch).chmod(0o755)
        process, address, password = start(Path(scratch))
        try:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            for width, height in WIDTHS.items():
                take(browser, address, password, (width, height))
            browser.close()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    for picture in sorted(PICTURES.glob("*.png")):
        size = picture.stat().st_size
        print(f"{picture.name}: {size // 1000} kB{' - TOO LARGE' if size > MOST_BYTES else ''}")


def start(scratch: Path) -> tuple[subprocess.Popen[bytes], str, str]:
    """Start the stack; return it with its address and the demo password that it prints."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    output = scratch / "output"
    environment = {**os.environ, "CASEFLOW_HOME": str(scratch / "home"), "PORT": str(port)}
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "caseflow.cli", "up"], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        said = re.search(r"password of everybody is (\S+)", output.read_text())
        if said:
            return process, f"http://127.0.0.1:{port}", said[1]
        time.sleep(0.2)
    raise SystemExit(output.read_text())


def take(browser: Browser, address: str, password: str, size: tuple[int, int]) -> None:
    """Take all pictures at one width."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = context.new_page()
    go(page, f"{address}/sign-in")
    shoot(page, "sign-in", size)
    go(page, f"{address}/bound?state=ES")
    shoot(page, "bound", size)
    sign_in(page, address, CASEWORKER, password)
    go(page, f"{address}/my-work")
    shoot(page, "my-work", size)
    go(page, f"{address}/reminders")
    shoot(page, "reminders", size)
    go(page, f"{address}/calendar")
    shoot(page, "calendar", size)
    go(page, f"{address}/cases")
    shoot(page, "case-list", size)
    page.get_by_role("link", name=CASE).first.click()
    shoot(page, "case-page", size)
    case = page.url.partition("?")[0]
    for name in (
        "facts",
        "people",
        "remedies",
        "evidence",
        "readiness",
        "tasks",
        "chronology",
        "history",
        "routes",
        "emergency",
    ):
        go(page, f"{case}/{name}")
        shoot(page, name, size)
    go(page, f"{address}/remedy-maps")
    page.get_by_role("link", name=MAP).click()
    shoot(page, "remedy-map", size, part=".cf-panel")
    go(page, f"{address}/cases/new")
    shoot(page, "intake", size)
    go(page, f"{address}/states/map")
    shoot(page, "states-map", size, part=".cf-map")
    go(page, f"{address}/decisions")
    shoot(page, "decisions", size)
    sign_out(page)
    sign_in(page, address, COORDINATOR, password)
    go(page, f"{address}/section")
    shoot(page, "section", size)
    go(page, f"{address}/section/docket")
    shoot(page, "section-docket", size)
    go(page, f"{address}/reviews")
    shoot(page, "reviews", size)
    go(page, f"{address}/cases?text={quote(FILED_CASE)}")
    filed_case = page.locator("main tbody th a").first.get_attribute("href")
    go(page, f"{address}{filed_case}/committee")
    shoot(page, "committee", size)
    sign_out(page)
    sign_in(page, address, REPORTER, password)
    go(page, f"{address}/reports")
    shoot(page, "report", size)
    context.close()


def go(page: Page, address: str) -> None:
    """Open a page, or stop: a picture of an error is no picture of the product."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} was not there to be drawn.")


def sign_in(page: Page, address: str, email: str, password: str) -> None:
    """Sign in as one of the demo people."""
    go(page, f"{address}/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out", include_hidden=True).wait_for(state="attached")


def sign_out(page: Page) -> None:
    """Sign out; on a narrow page the button is behind "Menu"."""
    menu = page.locator(".cf-header__opens--menu > summary")
    if menu.is_visible():
        menu.click()
    page.get_by_role("button", name="Sign out").click()


def shoot(page: Page, name: str, size: tuple[int, int], part: str = "") -> None:
    """Take a picture of what a person sees first; of a part of the page, the part or its beginning."""
    path = PICTURES / f"{name}-{size[0]}.png"
    box = page.locator(part).first.bounding_box() if part else None
    if box is None:
        page.screenshot(path=path)
        return
    clip: FloatRect = {**box, "height": min(box["height"], MOST_HEIGHT)}
    page.screenshot(path=path, full_page=True, clip=clip)


if __name__ == "__main__":
    main()
