"""What a visitor does: follow links, send the forms of searches, and try the addresses of what others have."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from random import Random
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import AnyConverter, UUIDConverter
from werkzeug.test import TestResponse

from bench.crawl.world import Planted, Visitor, World, canary

LINK: Final = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
FORM: Final = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
NAME: Final = re.compile(r'<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"[^>]*?(?:\bvalue="([^"]*)")?')
TOKEN: Final = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
NONCE: Final = re.compile(r"nonce-([\w-]+)")
SEARCHED: Final = ("text", "name", "state", "q")
"""Names of boxes into which a canary is typed."""
MOST_OF_ONE_KIND: Final = 6
"""Addresses of one endpoint that a visitor opens."""
NOT_FOLLOWED: Final = frozenset({"accounts.sign_out", "static"})


@dataclass
class Findings:
    """What a crawl found. All but the numbers of requests must be empty."""

    requests: int = 0
    own: int = 0
    """Answers with a canary that the visitor may see. Without any the crawl would prove nothing."""
    by_status: Counter[int] = field(default_factory=Counter)
    endpoints: set[str] = field(default_factory=set)
    canaries: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    pairs: int = 0
    """Compared answers: hidden and missing."""

    @property
    def is_clean(self) -> bool:
        """Return whether nothing came out and nothing failed, and the crawl reached pages on which something could have."""
        return self.own > 0 and not (self.canaries or self.errors or self.differences)


@dataclass
class Crawl:
    """One run over all visitors. It ends when the number of requests is reached."""

    app: Flask
    world: World
    chance: Random
    most_requests: int
    found: Findings = field(default_factory=Findings)

    def run(self) -> Findings:
        """Let every visitor walk the pages, then try what others have; the requests are shared out evenly."""
        visitors = self.chance.sample(self.world.visitors, len(self.world.visitors))
        for number, visitor in enumerate(visitors):
            share = (self.most_requests - self.found.requests) // (len(visitors) - number)
            until = self.found.requests + share
            own = {case.canary for case in self.world.cases if visitor.may_see(case)}
            visit = Visit(self, visitor, self._browser(visitor), self.world.forbidden(visitor), own)
            visit.walk(self.found.requests + share // 3)
            visit.search(self.found.requests + share // 6)
            visit.try_others(until)
        return self.found

    def _browser(self, visitor: Visitor) -> FlaskClient:
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = visitor.token
        return client

    def endpoint(self, path: str) -> str:
        """Return the endpoint of an address; empty if there is none."""
        try:
            return str(self.app.url_map.bind("localhost").match(urlsplit(path).path)[0])
        except HTTPException:
            return ""


@dataclass
class Visit:
    """One visitor's part of a crawl."""

    crawl: Crawl
    visitor: Visitor
    client: FlaskClient
    forbidden: set[str]
    own: set[str]
    opened: Counter[str] = field(default_factory=Counter)

    def ask(self, path: str, *, method: str = "GET", data: dict[str, str] | None = None) -> TestResponse:
        """Send one request, and look into its answer."""
        found = self.crawl.found
        answer = self.client.open(path, method=method, data=data)
        found.requests += 1
        found.by_status[answer.status_code] += 1
        found.endpoints.add(self.crawl.endpoint(path))
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            found.errors.append(f"{answer.status_code} {method} {path}")
        self._look(path, answer)
        return answer

    def _look(self, path: str, answer: TestResponse) -> None:
        """Note what must not be in an answer; what was asked for itself is no finding, since pages repeat it."""
        text = answer.text + "\n".join(f"{name}: {value}" for name, value in answer.headers)
        self.crawl.found.own += any(mark in text for mark in self.own)
        for mark in self.forbidden:
            if mark in text and mark not in path:
                role = self.visitor.actor.memberships[0].role.value
                self.crawl.found.canaries.append(f"{mark} for a {role} of {min(self.visitor.sections)} in {path}")

    def walk(self, until: int) -> None:
        """Follow every link from the first page, and send every form that asks, some of each kind."""
        waiting, seen = deque(["/"]), {"/"}
        while waiting and self.crawl.found.requests < until:
            answer = self.ask(waiting.popleft())
            for path in self._addresses(answer):
                endpoint = self.crawl.endpoint(path)
                if (
                    path in seen
                    or not endpoint
                    or endpoint in NOT_FOLLOWED
                    or self.opened[endpoint] >= MOST_OF_ONE_KIND
                ):
                    continue
                self.opened[endpoint] += 1
                seen.add(path)
                waiting.append(path)

    def _addresses(self, answer: TestResponse) -> Iterator[str]:
        here = urlsplit(answer.request.path).path
        if location := answer.headers.get("Location"):
            yield location
        for link in LINK.findall(answer.text):
            address = unescape(link)
            if address.startswith("?"):
                yield here + address
            elif address.startswith("/") and not address.startswith("//"):
                yield address
        for attributes, inner in FORM.findall(answer.text):
            if 'method="post"' not in attributes.lower():
                action = found[1] if (found := re.search(r'action="([^"]*)"', attributes)) else here
                fields = {name: unescape(value) for name, value in NAME.findall(inner)}
                yield f"{unescape(action) or here}?{urlencode(fields)}"

    def search(self, until: int) -> None:
        """Search for what others wrote: the answer must be that for a word that stands nowhere."""
        hidden = [case for case in self.crawl.world.cases if not self.visitor.may_see(case)]
        while hidden and self.crawl.found.requests + 1 < until:
            case = self.crawl.chance.choice(hidden)
            word = self.crawl.chance.choice((case.canary, case.reference, case.canary[:8]))
            other = canary(self.crawl.chance)[: len(word)].ljust(len(word), "z")
            for path in ("/cases", "/states", "/calendar", "/reports"):
                answers = []
                for typed in (word, other):
                    answer = self.ask(f"{path}?{urlencode(dict.fromkeys(SEARCHED, typed))}")
                    answers.append(_comparable(answer).replace(typed, "*"))
                self._compare(f"search for {word} in {path}", *answers)

    def try_others(self, until: int) -> None:
        """Open and send every address with the ids of what others have, and with ids that do not exist."""
        token = found[1] if (found := TOKEN.search(self.ask("/account").text)) else ""
        hidden = [case for case in self.crawl.world.cases if not self.visitor.may_see(case)]
        rules = [rule for rule in self.crawl.app.url_map.iter_rules() if _ids(rule)]
        if not hidden:
            return
        while self.crawl.found.requests < until:
            case, rule = self.crawl.chance.choice(hidden), self.crawl.chance.choice(rules)
            names = _ids(rule)
            if not set(names) <= {"case_id", *case.parts}:
                continue
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                data = {"csrf_token": token, "version": "1"} if method == "POST" else None
                answers = []
                for ids in (_ids_of(case), self._ids_of_nothing(case)):
                    path = self._address(rule.endpoint, {name: ids[name] for name in names}, rule.arguments)
                    answers.append(_comparable(self.ask(path, method=method, data=data)))
                self._compare(f"{method} {rule.rule}", *answers)

    def _ids_of_nothing(self, case: Planted) -> dict[str, UUID]:
        return {name: UUID(int=self.crawl.chance.getrandbits(128), version=4) for name in _ids_of(case)}

    def _address(self, endpoint: str, ids: dict[str, UUID], arguments: set[str]) -> str:
        values: dict[str, Any] = {**{name: self._some_value(endpoint, name) for name in arguments - set(ids)}, **ids}
        with self.crawl.app.test_request_context():
            return self.crawl.app.url_for(endpoint, **values)

    def _some_value(self, endpoint: str, name: str) -> str:
        """Return a value for a part of an address that is not an id: one of a fixed list, or any word."""
        kinds = (rule._converters.get(name) for rule in self.crawl.app.url_map.iter_rules(endpoint))  # noqa: SLF001 - as below
        listed = next((kind for kind in kinds if isinstance(kind, AnyConverter)), None)
        return self.crawl.chance.choice(sorted(listed.items)) if listed else "nothing"

    def _compare(self, what: str, hidden: str, missing: str) -> None:
        self.crawl.found.pairs += 1
        if hidden != missing:
            role = self.visitor.actor.memberships[0].role.value
            self.crawl.found.differences.append(f"{what} for a {role} of {min(self.visitor.sections)}")


def _ids(rule: object) -> tuple[str, ...]:
    converters = rule._converters  # type: ignore[attr-defined]  # noqa: SLF001 - Werkzeug says it nowhere else
    return tuple(sorted(name for name, kind in converters.items() if isinstance(kind, UUIDConverter)))


def _ids_of(case: Planted) -> dict[str, UUID]:
    return {"case_id": case.id, **case.parts}


def _comparable(answer: TestResponse) -> str:
    """Return status, headers and body without what differs each time: nonce, token, keys of forms, date, and the address itself."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers if name not in {"Date", "Set-Cookie"})
    text = f"{answer.status_code}\n{headers}\n{answer.text}".replace(answer.request.path, "*")
    for nonce in NONCE.findall(text):
        text = text.replace(nonce, "*")
    text = re.sub(r'(<input\b[^>]*type="hidden"[^>]*value=")[^"]*', r"\1*", text)
    return re.sub(r"Content-Length: \d+", "", text)
