"""People at work: each has a browser of its own, is signed in, and asks for one page a second over a real connection."""

import html
import http.client
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from secrets import token_hex
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

from caseflow.demo.people import PEOPLE
from caseflow.models import Role

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')
CASE = re.compile(r'href="(/cases/[0-9a-f-]{36})"')
ANSWER_SECONDS = 30.0
"""A person who waits longer gives up, which counts as an error."""
CASE_PAGE, SAVE = "case", "save"
JOURNEY = ("/my-work", "/cases", CASE_PAGE, "/cases?text=vivienda", CASE_PAGE, "/calendar", CASE_PAGE, "/reports",
           CASE_PAGE, "/cases/new", SAVE)  # fmt: skip
NEW_CASE = {"state_code": "ES", "right": "HOUSING", "happened-year": "2026", "urgency": "normal",
            "contact_note": "Mornings, ask for the teacher"}  # fmt: skip
"""The title differs each time: the same case twice is asked about."""
CASEWORKERS = tuple(
    person.email
    for person in PEOPLE
    if not person.has_left and any(role in {Role.CASEWORKER, Role.SECTION_COORDINATOR} for _, role in person.roles)
)


class NotSignedIn(Exception):
    """The demo coalition refused a sign-in, so nothing can be measured."""


@dataclass
class Browser:
    """One connection that is kept open, with its cookies and the header fields that it sends with each request."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    @property
    def cookie(self) -> str:
        """The header field of all cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Return status and text of a page; follow no redirect.

        Raises:
            OSError, http.client.HTTPException: there was no answer.
        """
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip", **self.headers}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            return self._answer("GET" if form is None else "POST", path, urlencode(form) if form else None, headers)
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def _answer(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
        if self._connection is None:
            place = urlsplit(self.address)
            self._connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=ANSWER_SECONDS)
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # An idle connection that the server closed: a browser opens another and asks again.
            self._connection.close()
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        for given in answer.headers.get_all("Set-Cookie", []):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode("utf-8", "replace")

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass
class Person(Thread):
    """Asks for one page a second until told to stop; waits for the answer before asking again."""

    address: str
    email: str
    password: str
    stop: Event
    offset: float
    """Seconds after the start at which this person begins, so that not all ask at the same moment."""
    answers: list[tuple[str, float]] = field(default_factory=list)
    """Page and seconds of each answered request."""
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        Thread.__init__(self, daemon=True)
        self.browser = Browser(self.address)

    __hash__ = Thread.__hash__

    def sign_in(self) -> None:
        """Sign in, and find the cases of the list.

        Raises:
            NotSignedIn: naming the status.
        """
        _, page = self.browser.ask("/sign-in")
        found = TOKEN.search(page)
        form = {"csrf_token": found[1] if found else "", "email": self.email, "password": self.password}
        status, _ = self.browser.ask("/sign-in", form)
        if status != http.HTTPStatus.SEE_OTHER:
            raise NotSignedIn(f"{status} for {self.email}")
        _, page = self.browser.ask("/cases")
        self.cases = list(dict.fromkeys(CASE.findall(page)))
        if not self.cases:
            raise NotSignedIn(f"{self.email} sees no case")

    def warm_up(self) -> None:
        """Open each page once: what a process does at its first page is not measured."""
        for path in {*JOURNEY, self.cases[0]} - {CASE_PAGE, SAVE}:
            self.browser.ask(path)

    def run(self) -> None:
        """Ask, once a second."""
        steps = self._steps()
        due = time.monotonic() + self.offset
        while not self.stop.wait(max(0.0, due - time.monotonic())):
            begun = time.monotonic()
            try:
                place, wrong = next(steps)
            except (OSError, http.client.HTTPException) as error:
                place, wrong = "", type(error).__name__
                steps = self._steps()
            if wrong:
                self.errors.append(wrong)
            else:
                self.answers.append((place, time.monotonic() - begun))
            due = max(due + 1.0, time.monotonic())

    @property
    def times(self) -> list[float]:
        """Seconds of each answered request."""
        return [seconds for _, seconds in self.answers]

    def _steps(self) -> Iterator[tuple[str, str]]:
        """Ask for one page at each step; yield its name and what was wrong with it, or nothing."""
        cases = cycle(self.cases)
        form: dict[str, str] = {}
        for place in cycle(JOURNEY):
            path = {CASE_PAGE: next(cases), SAVE: "/cases/new"}.get(place, place)
            new_case = {**form, **NEW_CASE, "title": f"Family evicted without notice, {token_hex(4)}"}
            status, page = self.browser.ask(path, new_case if place == SAVE else None)
            form = dict(_hidden(page))
            expected = http.HTTPStatus.SEE_OTHER if place == SAVE else http.HTTPStatus.OK
            yield place, "" if status == expected else f"{status} {place}"


def _hidden(page: str) -> Iterator[tuple[str, str]]:
    for tag in HIDDEN.findall(page):
        attributes = dict(ATTRIBUTE.findall(tag))
        yield attributes.get("name", ""), html.unescape(attributes.get("value", ""))


def sign_in_people(address: str, password: str, number: int, stop: Event) -> list[Person]:
    """Return so many signed-in people, who have not begun: the caseworkers of the demo coalition, in turn."""
    emails = cycle(CASEWORKERS)
    people = [Person(address, next(emails), password, stop, number_ / number) for number_ in range(number)]
    for person in people:
        person.sign_in()
        person.warm_up()
    return people
