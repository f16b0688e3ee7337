"""No query gives an error of ours: every page, with values that no link and no form has. Forms: `saving/test_odd_values.py`."""

from random import Random

import pytest

from caseflow.models import Role
from tests.access.walk import Route, routes
from tests.factories import make_actor, make_section
from tests.leaks.test_routes import seen_by_all, whole_case
from tests.markup import Markup
from tests.saving.test_odd_values import ODD, encoded

ALSO_ASKED = ("page", "next", "after", "text", "month", "language")
"""Names of queries that no form on the page has."""
WORDS = {
    "decisions": "/decisions/330-2023/exhaustion",
    "sections": "/sections/ES/reminders/one_year",
    "states": "/states/ES",
    "treaties": "/treaties/OP-ICCPR/ES",
}
"""Addresses with words that exist, by their first part; those that a route has are as long as its own."""
TRIED = 4


def address_of(route: Route, app, ids) -> str:
    """Return an address of a route at which there is something."""
    parts = route.address(app, ids).split("/")
    known = WORDS.get(parts[1], "").split("/")
    return "/".join(
        known[number] if part == "nothing" and number < len(known) else part for number, part in enumerate(parts)
    )


def drawn_fields(answer) -> dict[str, list[bytes]]:
    """Return the fields of the forms on a page that ask a question."""
    forms = [form for form in Markup(answer.text).main if not form.is_post] if answer.mimetype == "text/html" else []
    return {name: [one.encode() for one in values] for form in forms for name, values in form.values().items()}


@pytest.mark.usefixtures("quick_refusals")
def test_no_odd_query_gives_an_error_of_ours(runtime, app, pages):
    section, chance = make_section(runtime.units, "ES"), Random(1)
    roles = [(section, role) for role in (Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR, Role.ADMINISTRATOR)]
    actor, colleague = make_actor(runtime.units, *roles), make_actor(runtime.units, (section, Role.CASEWORKER))
    ids = whole_case(runtime.units, actor, colleague) | seen_by_all(runtime.units, actor)
    sent = 0
    for route in (one for one in routes(app) if one.method == "GET" and one.endpoint != "monitoring.health"):
        client, address = pages.another(None if route.guard is None else actor).client, address_of(route, app, ids)
        drawn = drawn_fields(client.get(address)) | {name: [b""] for name in ALSO_ASKED}
        queries = [{name: [value] for name in drawn} for value in chance.sample(ODD, TRIED)]
        queries += [{name: [chance.choice(ODD)] for name in drawn if chance.random() < 0.7} for _ in range(TRIED)]
        for query in queries:
            answer = client.get(address, environ_overrides={"QUERY_STRING": encoded(query).decode("ascii")})
            assert answer.status_code < 500, (str(route), query)
            sent += 1
    assert sent > 100
