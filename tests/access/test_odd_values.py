"""No value of a field gives an error of ours: every route that takes a form, with values that no form draws."""

from collections.abc import Iterator
from random import Random
from urllib.parse import quote_from_bytes

import pytest

from caseflow.models import Role
from tests.access.walk import Route, routes
from tests.factories import make_actor, make_section
from tests.leaks.test_routes import seen_by_all, token_of, whole_case
from tests.markup import Markup

LAST = ("remove", "delete", "withdraw", "revoke", "sign-out", "everywhere", "close", "password")
"""Words of addresses that end something; those routes come last, so that the others still have it."""
ODD = [
    *(
        b"",
        b"\0",
        b"a\0b",
        b"\xff\xfe",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xed\xb0\x80x",
        b"\r\n",
        b"\t",
        b" " * 500,
        b"\x1b[0m",
    ),
    *(
        b"-1",
        b"0",
        b"1.5",
        b"2147483648",
        b"9223372036854775808",
        b"9" * 400,
        b"1e999",
        b"NaN",
        b"-0",
        b"+1",
        b"0x1F",
        b"1_0",
    ),
    *(
        "٣٤٥٦".encode(),
        "²".encode(),
        "½".encode(),
        "Ⅳ".encode(),
        "\u202e\u200b\ufeff".encode(),
        "💥".encode() * 300,
        "İß".encode(),
    ),
    *(
        b"0000",
        b"9999",
        b"13",
        b"32",
        b"29",
        b"2026-02-30",
        b"24:00",
        b"25",
        b"January",
        b"exactly",
        b"yes",
        b"None",
        b"null",
    ),
    *(
        b"[]",
        b"{}",
        b"true",
        b"%",
        b"%s",
        b"{{7*7}}",
        b"a\\",
        b"'",
        b"' OR 1=1 --",
        b"<script>",
        b"../../etc/passwd",
        b"//evil.example",
    ),
    *(
        b"00000000-0000-4000-8000-000000000000",
        b"not-an-id",
        b"ZZ",
        b"es",
        b"HOUSING",
        b"x" * 400,
        b"x" * 30_000,
        b"caseworker",
    ),
]
NAMES = ("version", "chosen", "id", "code", "text", "reason", "kind", "day", "answer", "owner_id", "key")
"""Fields of forms that have only a button, and some that they do not have."""
FORM = "application/x-www-form-urlencoded"
WORDS = {"sections": "/sections/ES/reminders/one_year", "states": "/states/ES", "treaties": "/treaties/OP-ICCPR/ES"}
"""Addresses with words that exist, by their first part; those that a route has are as long as its own."""


def body(fields: list[tuple[str, bytes]]) -> bytes:
    return "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in fields).encode()


def address_of(route: Route, app, ids) -> str:
    """Return an address of a route at which there is something."""
    parts = route.address(app, ids).split("/")
    known = WORDS.get(parts[1], "").split("/")
    return "/".join(
        known[number] if part == "nothing" and number < len(known) else part for number, part in enumerate(parts)
    )


def drawn_fields(page: str) -> list[tuple[str, bytes]]:
    """Return names and values of the form with the most fields on a page."""
    forms = [form for form in Markup(page).main if form.is_post] if "<form" in page else []
    values = max((form.values() for form in forms), key=len, default={})
    return [(name, one.encode()) for name, several in values.items() for one in several]


def variants(fields: list[tuple[str, bytes]], chance: Random, tried: int) -> Iterator[list[tuple[str, bytes]]]:
    """Yield the fields with one odd value in all of them; then each with its own, missing, sent twice, or as it was drawn."""
    for value in chance.sample(ODD, tried):
        yield [(name, value) for name, _ in fields]
    for _ in range(tried):
        mixed = []
        for name, drawn in fields:
            mixed += chance.choice(([], [(name, drawn)], [(name, chance.choice(ODD))], [(name, drawn), (name, b"x")]))
        yield mixed


def walk(runtime, app, pages, chance: Random, tried: int, *, part: int, parts: int) -> int:
    section = make_section(runtime.units, "ES")
    roles = [(section, role) for role in (Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR, Role.ADMINISTRATOR)]
    actor, colleague = make_actor(runtime.units, *roles), make_actor(runtime.units, (section, Role.CASEWORKER))
    ids = whole_case(runtime.units, actor, colleague) | seen_by_all(runtime.units, actor)
    found = sorted((one for one in routes(app) if one.method == "POST"), key=lambda one: (_is_last(one), one.rule))
    sent = 0
    for route in found[part::parts]:
        browser = pages.another(None if route.guard is None else actor)
        client, address = browser.client, address_of(route, app, ids)
        fields = drawn_fields(client.get(address).text) or [(name, b"") for name in NAMES]
        shown = client.get("/sign-in").text if route.guard is None else ""
        token = shown.partition('name="csrf_token" value="')[2].partition('"')[0] if shown else token_of(client)
        fields = [(name, value) for name, value in fields if name != "csrf_token"]
        for variant in variants(fields, chance, tried):
            answer = client.post(address, data=body([("csrf_token", token.encode()), *variant]), content_type=FORM)
            assert answer.status_code < 500, (str(route), variant)
            sent += 1
        for kind in (
            "application/json",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "text/plain; charset=utf-16",
        ):
            answer = client.post(
                address, data=b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\0', content_type=kind
            )
            assert answer.status_code < 500, (str(route), kind)
    return sent


def walk_queries(runtime, app, pages, chance: Random, tried: int) -> int:
    """Ask for every page with odd values in its query: lists, filters, questions, and the link after signing in."""
    section = make_section(runtime.units, "ES")
    roles = [(section, role) for role in (Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR, Role.ADMINISTRATOR)]
    actor, colleague = make_actor(runtime.units, *roles), make_actor(runtime.units, (section, Role.CASEWORKER))
    ids = whole_case(runtime.units, actor, colleague) | seen_by_all(runtime.units, actor)
    sent = 0
    for route in (one for one in routes(app) if one.method == "GET"):
        client = pages.another(None if route.guard is None else actor).client
        address = address_of(route, app, ids)
        page = client.get(address)
        asked = [form for form in Markup(page.text).main if not form.is_post] if page.mimetype == "text/html" else []
        drawn = [
            (name, value.encode()) for form in asked for name, several in form.values().items() for value in several
        ]
        for variant in variants(
            [*drawn, *((name, b"") for name in ("page", "next", "text", "month", "language"))], chance, tried
        ):
            answer = client.get(address, environ_overrides={"QUERY_STRING": body(variant).decode("ascii")})
            assert answer.status_code < 500 or route.endpoint == "monitoring.health", (str(route), variant)
            sent += 1
    return sent


def test_no_odd_query_gives_an_error_of_ours(runtime, app, pages):
    assert walk_queries(runtime, app, pages, Random(1), 4) > 100


def _is_last(route: Route) -> bool:
    return any(word in route.rule for word in LAST)


@pytest.mark.parametrize("part", range(4))
def test_no_odd_value_gives_an_error_of_ours(runtime, app, pages, part):
    assert walk(runtime, app, pages, Random(part), 6, part=part, parts=4) > 100


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_no_odd_value_of_many_gives_an_error_of_ours(runtime, app, pages, part):
    walk(runtime, app, pages, Random(), len(ODD), part=part, parts=8)
