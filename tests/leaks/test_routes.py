"""Every route with the ids of another section's case: the same bytes as for ids that do not exist."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import text

from caseflow.clock import now, today
from caseflow.models import Act, Claim, Deadline, DeadlineKind, DomesticRemedy, Role
from tests.access.walk import Route, routes
from tests.people import Office, Person

NONCE = re.compile(rb"nonce-([\w-]+)")
KINDS = {"claim_id": "claim", "act_id": "act", "remedy_id": "remedy", "deadline_id": "deadline"}
"""Ids in addresses. A new one is added here and to `whole_case`."""


def whole_case(office: Office, by: Person, section) -> dict[str, object]:
    """Make a case with one of everything that has an address."""
    case_id = office.case(by, section)
    with office.units.begin(by.actor) as uow:
        claim = Claim(case_id=case_id, position=1, rights=["HOUSING"])
        uow.session.add(claim)
        uow.flush()
        act = Act(case_id=case_id, claim_id=claim.id, position=1, what="Eviction")
        remedy = DomesticRemedy(case_id=case_id, claim_id=claim.id, position=1, stage="APPEAL")
        deadline = Deadline(case_id=case_id, kind=DeadlineKind.MANUAL, key="manual", due_on=today() + timedelta(days=9))
        uow.session.add_all([act, remedy, deadline])
        uow.flush()
        ids = {"claim_id": claim.id, "act_id": act.id, "remedy_id": remedy.id, "deadline_id": deadline.id}
    return {"case_id": case_id, **ids}


@pytest.fixture
def two_sections(office):
    """A whole case of Spain; a coordinator of Ecuador with a whole case of their own."""
    spain, ecuador = office.section("ES"), office.section("EC")
    foreign = whole_case(office, office.person((spain, Role.CASEWORKER)), spain)
    stranger = office.person((ecuador, Role.SECTION_COORDINATOR))
    return foreign, stranger, whole_case(office, stranger, ecuador)


def id_routes(application) -> list[Route]:
    found = [route for route in routes(application) if route.ids]
    unknown = {name for route in found for name in route.ids} - {"case_id", *KINDS}
    assert not unknown, f"tell this test where to find {unknown}"
    return found


def everything(client: FlaskClient, route: Route, address: str, token: str) -> list[object]:
    """Return status, headers and body with and without the token of a page; of what differs by itself only the nonce is masked."""
    seen = []
    for data in ({}, {"csrf_token": token, "version": "1"}):
        answer = client.open(address, method=route.method, data=data)
        policy = answer.headers["Content-Security-Policy"].encode()
        nonce = found[1] if (found := NONCE.search(policy)) else b"no nonce"
        headers = [(name, value.replace(nonce.decode(), "*")) for name, value in answer.headers]
        seen.append((answer.status_code, headers, answer.data.replace(nonce, b"*")))
    return seen


def token_of(client: FlaskClient) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account").text)[1]


def test_hidden_and_missing_are_the_same_bytes(application, two_sections):
    foreign, stranger, own = two_sections
    missing = {name: uuid4() for name in foreign}
    found = id_routes(application)
    assert len(found) > 5
    with time_machine.travel(now(), tick=False):  # the token of a page carries the second
        token = token_of(stranger.client)
        for route in found:
            hidden = everything(stranger.client, route, route.address(application, foreign), token)
            absent = everything(stranger.client, route, route.address(application, missing), token)
            assert hidden == absent, str(route)
            assert {answer[0] for answer in hidden} == {404}, str(route)
            if set(route.ids) > {"case_id"}:
                mixed = everything(
                    stranger.client, route, route.address(application, foreign | {"case_id": own["case_id"]}), token
                )
                nothing = everything(
                    stranger.client, route, route.address(application, missing | {"case_id": own["case_id"]}), token
                )
                assert mixed == nothing, f"{route} with one's own case and the part of another"
                assert {answer[0] for answer in mixed} == {404}, str(route)


def test_the_walk_does_reach_the_pages(application, two_sections):
    """Or the test above would show nothing: with one's own ids the same addresses are there."""
    _, stranger, own = two_sections
    pages = {
        str(route): stranger.client.get(route.address(application, own)).status_code
        for route in id_routes(application)
        if route.method == "GET"
    }
    assert set(pages.values()) <= {200, 302, 303}, pages


def test_a_planted_leak_is_found(application, two_sections, monkeypatch):
    """A view that tells the hidden from the missing by a single word."""
    foreign, stranger, _ = two_sections
    route = next(route for route in id_routes(application) if route.endpoint == "cases.show")
    refusing = application.view_functions["cases.show"]

    def telling(case_id):
        if case_id == foreign["case_id"]:
            return "not yours", 404
        return refusing(case_id)

    telling.guard = refusing.guard
    monkeypatch.setitem(application.view_functions, "cases.show", telling)
    hidden = everything(stranger.client, route, route.address(application, foreign), "")
    assert hidden != everything(stranger.client, route, route.address(application), "")


def test_nothing_of_a_foreign_case_stands_on_any_page(application, two_sections):
    foreign, stranger, _ = two_sections
    with stranger.client as client:
        for route in routes(application):
            if route.method == "GET" and not route.ids:
                page = client.get(route.address(application)).text
                assert "ES-" not in page, str(route)
                assert not any(str(value) in page for value in foreign.values()), str(route)


def test_a_revoked_right_ends_at_once(office):
    spain = office.section("ES")
    worker = office.person((spain, Role.CASEWORKER))
    address = f"/cases/{office.case(worker, spain)}"
    assert worker.client.get(address).status_code == 200
    with office.administration() as uow:
        ended = text("UPDATE membership SET ended_at = now() WHERE user_id = :id")
        uow.session.execute(ended, {"id": worker.actor.user_id})
    assert worker.client.get(address).status_code == 403
