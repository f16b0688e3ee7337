"""The real application in a real browser: Chromium, an HTTP server, PostgreSQL and a mail server, all on the loopback."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from caseflow.features.reminders.sweep import SweepResult, sweep
from caseflow.outbound.mail import Letterhead
from caseflow.runtime import Runtime, make_runtime
from config import MailTls
from tests.browser.page_checks import axe_violations, horizontal_scrolling
from tests.factories import PASSWORD
from tests.outbound.sink import Sink, free_port
from tests.servers import Database

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 640}


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:  # type: ignore[override]  # says nothing, whatever it is given
        pass


@dataclass(frozen=True)
class Served:
    """The running application, and its mail server."""

    address: str
    runtime: Runtime
    sink: Sink

    def send_reminders(self) -> SweepResult:
        """Run a sweep, as the worker does."""
        settings = self.runtime.settings
        return sweep(self.runtime.units, self.runtime.mailer, Letterhead(settings.mail_sender, settings.base_url))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("NO CHROMIUM ON THIS MACHINE: the browser tests are skipped, not passed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def served(database: Database, make_app: Callable[[Runtime], Flask]) -> Iterator[Served]:
    """Needs the marker `commits`, because the server's threads have their own connections."""
    with serving(database, make_app) as served:
        yield served


@contextmanager
def serving(database: Database, make_app: Callable[[Runtime], Flask]) -> Iterator[Served]:
    """Serve the application on a database."""
    with Sink() as sink:
        port = free_port()
        settings = replace(
            database.settings,
            base_url=f"http://127.0.0.1:{port}",
            mail_folder=None,
            smtp_host="127.0.0.1",
            smtp_port=sink.port,
            smtp_tls=MailTls.NONE,
        )
        runtime = make_runtime(settings, engine=database.engine, sessions=database.sessions, send=lambda *_: None)
        server = make_server("127.0.0.1", port, make_app(runtime), threaded=True, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Served(settings.base_url, runtime, sink)
        finally:  # or a test that fails would leave a thread, and the process would never end
            server.shutdown()
            thread.join()
            server.server_close()


@dataclass
class Visitor:
    """A person with a browser. Records the visited pages, and errors of the browser."""

    page: Page
    address: str
    visited: list[str]
    complaints: list[str]

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.page.goto(f"{self.address}/sign-in")
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.locator("header .cf-account")).to_be_attached()

    def open_menu(self) -> None:
        """Open what a narrow screen keeps behind "Menu"."""
        self.page.locator("header summary", has_text="Menu").click()

    def follow(self, words: str) -> None:
        """Click a link; the kit's links that look like buttons have the role of buttons."""
        named = self.page.get_by_role("link", name=words, exact=True)
        found = named.or_(self.page.get_by_role("button", name=words, exact=True)).first
        if not found.is_visible():  # it may be folded in the menu of the header
            for fold in ("Menu", "Reference"):
                summary = self.page.locator("header summary").filter(has_text=fold).first
                if summary.is_visible() and not named.first.is_visible():
                    summary.click()
        found.click()

    def date(self, legend: str, day: str = "", month: str = "", year: str = "", exact: str = "exactly") -> None:
        """Fill the boxes of a date."""
        boxes = self.page.get_by_role("group", name=re.compile(rf"^{re.escape(legend)}( \(optional\))?$"))
        for label, value in (("Day", day), ("Month", month), ("Year", year)):
            boxes.get_by_label(label).fill(value)
        boxes.get_by_label("Precision").select_option(label=exact)


@pytest.fixture
def visit(chromium: Browser, served: Served):
    """Open browsers: `visit()`, or `visit(java_script_enabled=False)` without JavaScript."""
    contexts = []

    def opened(**options: object) -> Visitor:
        context = chromium.new_context(**{"viewport": WIDE, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        visitor = Visitor(context.new_page(), served.address, [], [])
        visitor.page.on(
            "console", lambda m: visitor.complaints.append(m.text) if m.type in {"error", "warning"} else None
        )
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.page.on("framenavigated", lambda frame: visitor.visited.append(frame.url))
        return visitor

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def check_pages(chromium: Browser):
    """Check the visited pages: no axe violations, and no horizontal scrolling at 320 px."""

    def check(visitor: Visitor) -> list[str]:
        state = visitor.page.context.storage_state()
        context = chromium.new_context(viewport=WIDE, bypass_csp=True, storage_state=state)
        page, faults = context.new_page(), []
        for address in dict.fromkeys(url.partition("#")[0] for url in visitor.visited if url.startswith("http")):
            page.set_viewport_size(WIDE)
            page.goto(address)
            faults += [f"{address}: {fault}" for fault in axe_violations(page)]
            page.set_viewport_size(NARROW)
            faults += [f"{address}: {fault}" for fault in horizontal_scrolling(page)]
            faults += [f"{address} at 320 px: {fault}" for fault in axe_violations(page)]
        context.close()
        return faults

    return check
