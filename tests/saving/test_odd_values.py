"""No form answers with an error of ours, whatever is sent: every route of the application, every field, many kinds of values.

`make test` draws a few values for every field, always the same; the slow twin draws others, and sends only what was not sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from random import Random
from typing import Any
from urllib.parse import quote_plus
from uuid import uuid4

import pytest

from caseflow.access import PersonActor
from caseflow.models import Role
from caseflow.runtime import Runtime
from caseflow.web.forms import CaseflowForm
from caseflow.web.typed import _subclasses, boxes_of_form
from tests.access.walk import Route, routes
from tests.factories import make_actor, make_section
from tests.leaks.test_routes import seen_by_all, whole_case
from tests.pages import Pages
from tests.servers import Database

LEAVES_THE_SESSION = {"accounts.sign_out", "accounts.sign_out_everywhere"}
"""Sent last in real life: nothing can be sent after them."""
WORDS = {
    "code": "ES",
    "treaty": "ECHR",
    "kind": "manual",
    "scope": "submit",
    "part": "interim",
    "part_of_claim": "merits",
    "rule": "one-year",
    "token": "no-such-token",
}
"""Values of the names in addresses that are no ids."""
ODD: list[bytes] = [
    b"", b" ", b"\0", b"a\0b", b"x" * 300_000, b"\xed\xa0\x80", b"\xff\xfe", "\u202eabc\u200b".encode(), "\U0001f600".encode(),
    b"-1", b"0", b"1", b"2147483648", b"-2147483649", b"9223372036854775808", b"1" * 5_000, b"1.5", b"1e5", b"NaN", b"inf",
    "\u0663".encode(), "\u00b2".encode(), b"None", b"null", b"true", b"yes", b"[]", b"{}", b'{"title": ', b'{"title": {}}', b"[" * 100_000,
    b"0001", b"0000", b"9999", b"99", b"31", b"2024-02-30", b"24:00", b"infinity", b"-infinity", b"\r\n\r\n", b"%00", b"%s%(x)s{0}",
    b"' OR 1=1 --", b"<script>", b"../../etc/passwd", b"=1+1", b"\\", b"not-a-uuid", b"not_before", b"XX", b"Africa/../UTC",
]  # fmt: skip


FORM = "application/x-www-form-urlencoded"
Sent = tuple[str, Any, str]
"""What is sent, in words; the body; and its content type."""


@dataclass
class Everything:
    """A person who may open every page, the ids of everything that has an address, and the id of a hidden thing."""

    browser: Pages
    ids: dict[str, Any]
    hidden: list[Any]
    database: Database

    def address(self, route: Route) -> str:
        values = {name: self.ids[name] for name in route.ids} | {
            name: WORDS.get(name, "nothing") for name in route.words
        }
        with self.browser.app.test_request_context():
            return self.browser.app.url_for(route.endpoint, **values)

    def status(self, address: str, body: Any, content_type: str = FORM) -> int | str:
        """Send a body, undo what it did, and return the status, or the error that a person would see as 500."""
        client = self.browser.client
        undone = self.database.sessions.kw["bind"].begin_nested()
        try:
            return client.post(address, data=body, content_type=content_type).status_code
        except Exception as error:  # noqa: BLE001 - the application lets unexpected errors through in tests
            return repr(error)[:300]
        finally:
            undone.rollback()


def make_everything(runtime: Runtime) -> tuple[PersonActor, dict[str, Any], list[Any]]:
    """Make a person who may open every page. Returns them, the ids of everything that has an address, and ids of hidden things."""
    section, other = make_section(runtime.units, "ES"), make_section(runtime.units, "EC")
    me = make_actor(
        runtime.units, (section, Role.SECTION_COORDINATOR), (section, Role.ADMINISTRATOR), (section, Role.CASEWORKER)
    )
    colleague = make_actor(runtime.units, (section, Role.CASEWORKER))
    strangers = [make_actor(runtime.units, (other, Role.CASEWORKER)) for _ in range(2)]
    ids = whole_case(runtime.units, me, colleague) | seen_by_all(runtime.units, me)
    return me, ids, list(whole_case(runtime.units, *strangers).values())


pytestmark = [pytest.mark.holds(what=make_everything), pytest.mark.usefixtures("quick_refusals")]


@pytest.fixture
def everything(made, pages, database) -> Everything:
    me, ids, hidden = made
    return Everything(pages(me), ids, hidden, database)


def drawn_values(everything: Everything, route: Route, address: str) -> dict[str, list[str]]:
    """Return the fields of the form that the route takes, as a browser sends it unchanged."""
    page = everything.browser._fetch(address) if route.endpoint in getting(everything) else None
    forms = [form for form in page.markup.main if form.is_post] if page and page.status == 200 else []
    own = [form for form in forms if form.attributes.get("action", address) == address]
    token = everything.browser._fetch("/account").markup.main[0].values()["csrf_token"]
    feature = f"caseflow.features.{route.endpoint.partition('.')[0]}.forms"
    names = {name for form in _subclasses(CaseflowForm) if form.__module__ == feature for name in boxes_of_form(form)}
    return own[0].values() if own else {"csrf_token": token, **{name: [""] for name in sorted(names)}}


def getting(everything: Everything) -> set[str]:
    return {route.endpoint for route in routes(everything.browser.app) if route.method == "GET"}


def encoded(values: dict[str, list[bytes]]) -> bytes:
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value)}" for name, found in values.items() for value in found
    ).encode()


FEW, MORE = 3, 12
"""Values drawn for a field by the fast test, and further ones by its slow twin."""


def shapes(valid: dict[str, list[bytes]], kept: dict[str, list[bytes]], values: list[bytes]) -> Iterator[Sent]:
    """Yield forms of other shapes than a browser sends, and forms with one value everywhere."""
    yield "nothing", b"", FORM
    yield "the token only", encoded({"csrf_token": valid["csrf_token"]}), FORM
    yield "an array", encoded({f"{name}[]": value for name, value in valid.items()} | kept), FORM
    yield "JSON", b'{"csrf_token": 1}', "application/json"
    files = {name: (BytesIO(b"\0\xff"), "x") for name in valid if name not in kept}
    yield "files", {**{name: value[0] for name, value in kept.items()}, **files}, "multipart/form-data"
    for value in values:
        yield f"{value[:20]!r} everywhere", encoded({name: [value] for name in valid} | kept), FORM
    for name in valid:
        yield f"{name} missing", encoded({one: value for one, value in valid.items() if one != name}), FORM


def bodies(drawn: dict[str, list[str]], hidden: list[Any], rule: str, *, is_more: bool) -> Iterator[Sent]:
    """Yield what is sent: what `make test` sends, or with `is_more` what the slow twin sends besides."""
    valid = {name: [value.encode() for value in values] for name, values in drawn.items()}
    kept = {name: valid[name] for name in ("csrf_token", "version", "base") if name in valid}
    odd, chance = [*ODD, str(uuid4()).encode(), *(str(one).encode() for one in hidden)], Random(f"{rule} {is_more}")
    if not is_more:
        yield from shapes(valid, kept, chance.sample(odd, 12))
    for name, own in valid.items():
        values = Random(f"{rule} {name}").sample(odd, FEW + MORE)
        for value in values[FEW:] if is_more else values[:FEW]:
            yield f"{name}: {value[:20]!r}", encoded(valid | {name: [value]}), FORM
        value = chance.choice(odd)
        yield f"{name} twice, then {value[:20]!r}", encoded(valid | {name: [*own, value, value]}), FORM


QUERIES = ("?map_step=x", f"?map_step={uuid4()}", "?map_step=%00", "?page=%FF&back=%00", "?next=%ED%A0%80")


def faults(everything: Everything, route: Route, *, is_more: bool = False) -> list[str]:
    address = everything.address(route)
    drawn = drawn_values(everything, route, address)
    unchanged = encoded({name: [value.encode() for value in values] for name, values in drawn.items()})
    asked = () if is_more else QUERIES
    answers = chain(
        (
            (what, everything.status(address, *sent))
            for what, *sent in bodies(drawn, everything.hidden, route.rule, is_more=is_more)
        ),
        ((query, everything.status(address + query, unchanged)) for query in asked),
    )
    return [f"{route} {what}: {status}" for what, status in answers if isinstance(status, str) or status >= 500]


ROUTES = [
    "accounts", "calendar", "case_flags", "case_links", "case_list", "case_merges", "cases", "chronology", "claims", "communications", "consent", "contact_rhythm", "contacts", "deadlines", "decision", "delivery", "dossier", "drafts", "duplicate_cases", "duplicates", "evidence", "evidence_uploads", "filings", "follow_up", "identity", "intake", "interim", "interventions", "jurisprudence", "notes", "objections", "people", "procedures",
    "readiness", "reference", "remedies", "remedy_maps", "reminders", "reports", "reprisals", "review", "saved_lists", "section_contact", "task_templates", "tasks", "tasks_of_template", "treaties",
]  # fmt: skip
"""The blueprints with routes that take forms."""


def taking(app, blueprint: str) -> list[Route]:
    found = [route for route in routes(app) if route.method == "POST" and route.endpoint not in LEAVES_THE_SESSION]
    assert {route.endpoint.partition(".")[0] for route in found} == set(ROUTES), "name the new blueprint in ROUTES"
    return [route for route in found if route.endpoint.partition(".")[0] == blueprint]


@pytest.mark.parametrize("blueprint", ROUTES)
def test_no_odd_value_gives_an_error_of_ours(everything, app, blueprint):
    assert [fault for route in taking(app, blueprint) for fault in faults(everything, route)] == []


@pytest.mark.slow
@pytest.mark.parametrize("blueprint", ROUTES)
def test_no_value_of_more_gives_an_error_of_ours(everything, app, blueprint):
    assert [fault for route in taking(app, blueprint) for fault in faults(everything, route, is_more=True)] == []


@pytest.mark.parametrize("word", ["%00", "%FF", "x" * 3000, "..", "%ED%A0%80", "'", "\u0663"])
def test_no_odd_word_in_an_address_gives_an_error_of_ours(everything, app, word):
    found = []
    for route in routes(app):
        if route.method == "POST" and route.words:
            address = everything.address(route)
            for name in route.words:
                odd = address.replace(WORDS.get(name, "nothing"), word)
                status = everything.status(odd, encoded({"csrf_token": [b"x"]}))
                found += [f"{route} {name}: {status}"] if isinstance(status, str) or status >= 500 else []
    assert found == []
