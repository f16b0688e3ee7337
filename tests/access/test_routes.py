"""Every route with every role: what the table of permissions says, and nothing else."""

from urllib.parse import urlsplit

import pytest

from caseflow.access import Permission, permissions_of
from caseflow.models import Role
from tests.access.walk import routes

ANSWERS = {200, 302, 303, 404, 409, 422}
"""What somebody with the permission may get: a page, the way on, nothing there, or what is wrong with the form."""


def leads_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and urlsplit(answer.location).path == "/sign-in"


def test_nobody_is_sent_to_sign_in(application):
    client = application.test_client()
    tried = 0
    for route in routes(application):
        if route.guard is not None:
            assert leads_to_sign_in(client.open(route.address(application), method=route.method)), str(route)
            tried += 1
    assert tried > 10


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_just_its_routes(application, office, role):
    client = office.person((office.section("ES"), role)).client
    for route in routes(application):
        if route.guard is None or route.endpoint in {"accounts.sign_out", "accounts.sign_out_everywhere"}:
            continue
        answer = client.open(route.address(application), method=route.method)
        if route.guard in permissions_of(role):
            assert answer.status_code in ANSWERS, (str(route), answer.status_code)
            assert not leads_to_sign_in(answer), str(route)
        else:
            assert answer.status_code == 403, (str(route), answer.status_code)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_first_page(office, role):
    client = office.person((office.section("ES"), role)).client
    assert client.get("/", follow_redirects=True).status_code == 200


def test_the_own_account_is_everybodys(office):
    person = office.person()
    assert not any(person.actor.may(permission) for permission in set(Permission) - {Permission.ACCOUNT_OWN})
    assert person.client.get("/account").status_code == 200


@pytest.mark.parametrize("cookie", ["no-such-token", "", "x" * 5000])
def test_a_made_up_session_opens_nothing(application, office, cookie):
    client = office.browser(cookie)
    for route in routes(application):
        if route.guard is not None:
            assert leads_to_sign_in(client.open(route.address(application), method=route.method)), str(route)
