"""Requests that are too large, have too many fields, or fields that no form of ours has."""

import pytest

from caseflow.models import Role
from caseflow.web.requests import LONGEST_QUERY, MOST_FIELDS, MOST_QUERY_FIELDS, OF_PEOPLE, OF_STRANGERS
from tests.access.walk import routes
from tests.factories import make_actor, make_section

URLENCODED = "application/x-www-form-urlencoded"
STRANGE = "planted-by-a-stranger"


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


def posts(app):
    return [route for route in routes(app) if route.method == "POST"]


def assert_says_too_large(answer, status=413):
    assert answer.status_code == status
    assert {413: "too large", 414: "too long"}[status] in answer.text
    assert STRANGE not in answer.text
    assert len(answer.data) < 20_000


def test_a_form_with_too_many_fields_is_refused_on_every_route(app, pages, ana):
    body = "&".join([f"{STRANGE}=1"] * (MOST_FIELDS + 1))
    for client in (pages().client, pages(ana).client):
        for route in posts(app):
            answer = client.post(route.address(app), data=body, content_type=URLENCODED)
            assert answer.status_code in {302, 303, 403, 404, 413}, str(route)
            assert STRANGE not in answer.text, str(route)
    assert_says_too_large(pages().client.post("/sign-in", data=body, content_type=URLENCODED))
    assert_says_too_large(pages().client.post("/cases/new", data=body, content_type=URLENCODED))
    assert_says_too_large(pages(ana).client.post("/cases/new", data=body, content_type=URLENCODED))


@pytest.mark.parametrize(
    ("limits", "is_person"), [(OF_STRANGERS, False), (OF_PEOPLE, True)], ids=["of strangers", "of people"]
)
def test_a_form_that_is_too_large_is_refused(pages, ana, limits, is_person):
    client = pages(ana).client if is_person else pages().client
    plain, escaped, many = "x" * limits.size, "%41" * (limits.escapes + 1), "a" * limits.size + "=b"
    for body in (f"title={plain}", f"title={escaped}", many):
        assert_says_too_large(client.post("/cases/new", data=body, content_type=URLENCODED))


def test_a_form_in_parts_has_the_same_limits(pages, ana):
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    many, large = part.format(STRANGE, 1) * (MOST_FIELDS + 1), part.format("title", "x" * (OF_STRANGERS.size + 1))
    for client, body in ((pages(ana).client, many), (pages().client, many), (pages().client, large)):
        answer = client.post("/cases/new", data=f"{body}--x--\r\n", content_type="multipart/form-data; boundary=x")
        assert_says_too_large(answer)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/cases", "/cases/new", "/health", "/nothing", "/static/caseflow.css"]
)
def test_a_body_that_the_front_threw_away_is_answered_by_its_length(pages, path, method):
    answer = pages().client.open(path, method=method, environ_overrides={"CONTENT_LENGTH": str(9 * 1024 * 1024)})
    assert_says_too_large(answer)


def test_a_form_at_the_limits_is_read(pages, ana):
    fields = {f"{STRANGE}{number}": "" for number in range(MOST_FIELDS - 1)}
    answer = pages(ana).client.post("/cases/new", data={**fields, "title": "x" * 500_000})
    assert answer.status_code == 422
    assert "You have entered 500,000" in answer.text


@pytest.mark.parametrize(
    "query", ["a=b&" * MOST_QUERY_FIELDS, "&" * MOST_QUERY_FIELDS, "text=" + "x" * LONGEST_QUERY, "a[b]" * 2500]
)
@pytest.mark.parametrize("path", ["/", "/sign-in", "/cases", "/bound", "/nothing", "/health"])
def test_an_address_that_is_too_long_is_refused(pages, ana, path, query):
    for client in (pages().client, pages(ana).client):
        assert_says_too_large(client.get(f"{path}?{query}"), 414)


def test_a_search_at_the_limit_of_its_box_is_answered(pages, ana):
    pages(ana).get("/cases?text=" + "%E4%BD%A0" * 250)


def test_what_a_stranger_sends_is_on_no_page(app, pages):
    fields = {f"{STRANGE}{number}": STRANGE for number in range(300)} | {
        "titles": STRANGE,
        "x-title": STRANGE,
        "password": STRANGE,
    }
    for route in posts(app):
        assert STRANGE not in pages().client.post(route.address(app), data=fields).text, str(route)


def test_of_a_form_that_was_left_only_its_own_fields_come_back(pages, ana):
    drawn = pages(ana).get("/cases/new")
    form = {name: values[0] for name, values in drawn.form().values().items() if values}
    sent = {
        **form,
        "title": "Water cut off",
        "happened-year": "2026",
        STRANGE: "1",
        "password": STRANGE,
        "titles": STRANGE,
    }
    page = pages().post("/cases/new", sent)
    assert page.status == 401
    back = page.form().values()
    assert back["title"] == ["Water cut off"]
    assert back["happened-year"] == ["2026"]
    assert back["once"] == [form["once"]]
    assert STRANGE not in page.html
    assert "csrf_token" not in back
    assert pages().post("/cases/new", {name: values[0] for name, values in back.items()}).form().values() == back


def test_a_page_that_would_be_far_larger_than_the_form_is_refused(pages):
    body = b"title=" + b'"' * 1_000_000
    assert_says_too_large(pages().client.post("/cases/new", data=body, content_type=URLENCODED))
