"""`python -m bench.guesses`: who guesses passwords from many addresses, against `caseflow up`, while a person signs in.

10,000 guesses at 70 a second from 5,000 addresses, all at one account or (`--spread`) each at another one that does not exist.
Printed are the guesses whose password was checked, how long the person waits on a known and on a new device, how long a
person at work waits for pages, and the rows that are left. Exit 1 when more than 20 an hour were checked, or the person on
the known device waited for more than ten seconds.
"""

import argparse
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from threading import Event, Thread
from typing import Final

from sqlalchemy import create_engine, text

from bench.load import p95
from bench.people import CASEWORKERS, TOKEN, Browser
from bench.stack import Stack, running_stack, web_environment

LINK: Final = re.compile(r"/sign-in/device/[\w.~-]+")
MOST_AN_HOUR: Final = 20
KNOWN_DEVICE_SECONDS: Final = 10.0
DEVICE: Final = "caseflow-device"
ROWS: Final = text("SELECT split_part(key, ':', 1), count(*) FROM sign_in_bucket GROUP BY 1 ORDER BY 1")
AS_SIGN_IN: Final = text("SELECT set_config('caseflow.job', 'accounts', true)")


def sign_in(browser: Browser, email: str, password: str) -> tuple[bool, str]:
    """Try once; return whether the person is in, and the page if not."""
    _, page = browser.ask("/sign-in")
    return try_again(browser, page, email, password)


def try_again(browser: Browser, page: str, email: str, password: str) -> tuple[bool, str]:
    """Send the form of a page that was drawn before."""
    found = TOKEN.search(page)
    form = {"csrf_token": found[1] if found else "", "email": email, "password": password}
    status, answer = browser.ask("/sign-in", form)
    return status == HTTPStatus.SEE_OTHER, answer


@dataclass
class Guesses:
    """Guesses at a steady rate, by several threads."""

    stack: Stack
    options: argparse.Namespace
    answers: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def run(self) -> float:
        """Send all; return the seconds they took."""
        self._begun = time.monotonic()
        threads = [Thread(target=self._send) for _ in range(self.options.threads)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - self._begun

    def _send(self) -> None:
        browser = Browser(self.stack.address)
        _, page = browser.ask("/sign-in")
        for number in iter(self._numbers.__next__, None):
            if number >= self.options.guesses:
                return
            time.sleep(max(0.0, self._begun + number / self.options.rate - time.monotonic()))
            address = number % self.options.addresses
            browser.headers["X-Forwarded-For"] = f"10.{address // 250}.{address % 250}.{1 + number % 250}"
            email = f"nobody{number}@example.org" if self.options.spread else CASEWORKERS[0]
            begun = time.monotonic()
            try:
                _, answer = try_again(browser, page, email, f"guess number {number}")
            except OSError as error:
                self.answers[type(error).__name__] += 1
                continue
            self.times.append(time.monotonic() - begun)
            self.answers[_outcome(answer)] += 1


def _outcome(page: str) -> str:
    if "password is incorrect" in page:
        return "checked"
    return "told to wait" if "Too many attempts" in page else "another answer"


@dataclass
class TruePerson:
    """The owner of the account, on a known device, on new ones, and at work."""

    stack: Stack
    stop: Event = field(default_factory=Event)
    known: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    new: float | None = None
    with_link: float | None = None
    outside: float = 0.0
    """How long the person had been waiting on a known device when the guesses ended."""

    def prepare(self) -> None:
        """Sign in once, before the guesses begin, and ask for a link."""
        self.at_work = Browser(self.stack.address)
        assert sign_in(self.at_work, CASEWORKERS[0], self.stack.password)[0]
        _, page = self.at_work.ask("/account")
        found = TOKEN.search(page)
        _, page = self.at_work.ask("/account/device-link", {"csrf_token": found[1] if found else ""})
        link = LINK.search(page)
        self.link = link[0] if link else ""

    def threads(self) -> list[Thread]:
        """Return what the person does at the same time."""
        return [
            Thread(target=one) for one in (self._on_known_devices, self._on_a_new_device, self._with_a_link, self._work)
        ]

    def _until_in(self, browser: Browser, every: float) -> float | None:
        begun = time.monotonic()
        while not self.stop.is_set():
            try:
                is_in, _ = sign_in(browser, CASEWORKERS[0], self.stack.password)
            except OSError:
                is_in = False
            if is_in:
                return time.monotonic() - begun
            self.stop.wait(every)
        return None

    def _on_known_devices(self) -> None:
        device = self.at_work.cookies.get(DEVICE)
        while not self.stop.wait(5):
            begun = time.monotonic()
            # With an address among those of the guesses.
            headers = {"X-Forwarded-For": f"10.0.{len(self.known) % 250}.7"}
            browser = Browser(self.stack.address, {DEVICE: device} if device else {}, headers)
            if (took := self._until_in(browser, 1)) is not None:
                self.known.append(took)
            else:
                self.outside = time.monotonic() - begun

    def _on_a_new_device(self) -> None:
        if not self.stop.wait(20):
            self.new = self._until_in(Browser(self.stack.address, headers={"X-Forwarded-For": "192.0.2.7"}), 5)

    def _with_a_link(self) -> None:
        if self.stop.wait(30) or not self.link:
            return
        browser, begun = Browser(self.stack.address, headers={"X-Forwarded-For": "192.0.2.9"}), time.monotonic()
        _, page = browser.ask(self.link)
        found = TOKEN.search(page)
        browser.ask(self.link, {"csrf_token": found[1] if found else ""})
        if self._until_in(browser, 1) is not None:
            self.with_link = time.monotonic() - begun

    def _work(self) -> None:
        while not self.stop.wait(1):
            begun = time.monotonic()
            self.at_work.ask("/my-work")
            self.pages.append(time.monotonic() - begun)


def main(arguments: list[str]) -> int:
    """Run the guesses; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.guesses", description=__doc__)
    parser.add_argument("--guesses", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=70.0, help="guesses a second")
    parser.add_argument("--addresses", type=int, default=5_000)
    parser.add_argument("--threads", type=int, default=16, help="connections that guess")
    parser.add_argument("--spread", action="store_true", help="guess at ever new accounts instead of one")
    options = parser.parse_args(arguments)
    with running_stack(more={"TRUSTED_PROXIES": "1"}) as stack:
        guesses, person = Guesses(stack, options), TruePerson(stack)
        person.prepare()
        busy = person.threads()
        for thread in busy:
            thread.start()
        seconds = guesses.run()
        person.stop.set()
        for thread in busy:
            thread.join()
        print(*_lines(guesses, person, seconds, _rows(stack)), sep="\n")
    checked = 0 if options.spread else guesses.answers["checked"]
    is_kept_out = max([person.outside, *person.known]) > KNOWN_DEVICE_SECONDS
    return 1 if checked > MOST_AN_HOUR or is_kept_out else 0


def _rows(stack: Stack) -> dict[str, int]:
    engine = create_engine(web_environment(stack.pid)["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(AS_SIGN_IN)
        return {row[0]: row[1] for row in connection.execute(ROWS)}


def _lines(guesses: Guesses, person: TruePerson, seconds: float, rows: dict[str, int]) -> Iterator[str]:
    sent = sum(guesses.answers.values())
    yield f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: {sent:,} guesses in {seconds:.0f} s, {sent / seconds:.0f} a second"
    yield f"outcomes: {dict(guesses.answers)}; a guess was answered in {p95(guesses.times) * 1000:.0f} ms (p95)"
    yield f"known device: {len(person.known)} sign-ins, the longest took {max(person.known, default=0.0):.2f} s"
    yield f"  and {person.outside:.0f} s outside when the guesses ended"
    yield f"new device, 20 s after the guesses began: {_shown(person.new)}; with a link: {_shown(person.with_link)}"
    yield f"a person at work, one page a second: p95 {p95(person.pages) * 1000:.0f} ms, longest {max(person.pages) * 1000:.0f} ms"
    yield f"rows at the end: {rows}"


def _shown(seconds: float | None) -> str:
    return "not in while the guesses lasted" if seconds is None else f"in after {seconds:.2f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
