"""Every route with every role: what the table of permissions says, and nothing else."""

from urllib.parse import urlsplit

import pytest

from caseflow.access import Permission, permissions_of
from caseflow.models import Role
from tests.access.walk import routes
from tests.factories import end_roles, make_actor, make_section

ANSWERS = {200, 204, 302, 303, 404, 409, 422}
"""Status codes for a person with the permission: a page, a redirect, not found, or errors of a form."""


def leads_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and urlsplit(answer.location).path == "/sign-in"


def test_without_sign_in_every_route_leads_to_sign_in(app, pages):
    client = pages().client
    tried = 0
    for route in routes(app):
        if route.guard is not None:
            assert leads_to_sign_in(client.open(route.address(app), method=route.method)), str(route)
            tried += 1
    assert tried > 10


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_only_its_routes(runtime, app, pages, role):
    client = pages(make_actor(runtime.units, (make_section(runtime.units, "ES"), role))).client
    for route in routes(app):
        if route.guard is None or route.endpoint in {"accounts.sign_out", "accounts.sign_out_everywhere"}:
            continue
        answer = client.open(route.address(app), method=route.method)
        if route.guard in permissions_of(role):
            assert answer.status_code in ANSWERS, (str(route), answer.status_code)
            assert not leads_to_sign_in(answer), str(route)
        else:
            assert answer.status_code == 403, (str(route), answer.status_code)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_first_page(runtime, pages, role):
    client = pages(make_actor(runtime.units, (make_section(runtime.units, "ES"), role))).client
    assert client.get("/", follow_redirects=True).status_code == 200


def test_everybody_may_open_their_own_account(runtime, pages):
    """Also without any role."""
    person = end_roles(runtime.units, make_actor(runtime.units, (make_section(runtime.units), Role.ADMINISTRATOR)))
    assert not any(person.may(permission) for permission in set(Permission) - {Permission.ACCOUNT_OWN})
    pages(person).get("/account")


@pytest.mark.parametrize("cookie", ["no-such-token", "", "x" * 5000])
def test_a_made_up_session_opens_nothing(app, pages, cookie):
    client = pages().client
    with client.session_transaction() as session:
        session["_user_id"] = cookie
    for route in routes(app):
        if route.guard is not None:
            assert leads_to_sign_in(client.open(route.address(app), method=route.method)), str(route)
