"""The page that answers a form has an address of its own in browsers: Back and reload show it, and nobody else can."""

import re

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisDown

from caseflow.features.cases.service import editable_case
from caseflow.features.remedies.queries import one_remedy
from caseflow.features.remedies.service import remove_remedy
from caseflow.models import Role, Stage
from caseflow.web import kept_pages
from caseflow.web.session_store import KEY
from tests.access.walk import routes
from tests.factories import (
    days_ago,
    end_roles,
    file_case,
    make_actor,
    make_case,
    make_claim,
    make_remedy,
    make_section,
    move_to,
)
from tests.factories.cases import add_victim_who_consents
from tests.leaks.test_routes import seen_by_all, whole_case

BROWSER = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "same-origin"}
NEW_EVERY_TIME = re.compile(r'nonce="[^"]*"|name="csrf_token" [^>]*value="[^"]*"|name="once" value="[^"]*"')
TYPED = "Evicted at dawn, with the locks changed"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture(autouse=True)
def patient_store(app, settings, monkeypatch):
    """Redis is waited for as long as it takes, and no pause of an earlier test goes on."""
    with Redis.from_url(settings.redis_url) as redis:
        monkeypatch.setattr(app.extensions[KEY], "_redis", redis)
        monkeypatch.setattr(app.extensions[KEY], "_paused_until", 0.0)
        yield


def sent(browser, path="/cases/new", headers=BROWSER, **typed):
    """Send the form of a page as a browser does, without following where it leads."""
    values = dict(browser.get(path).form().values()) | typed
    return browser.client.post(path, data=values, headers=headers)


def kept_address(browser, path="/cases/new", **typed):
    answer = sent(browser, path, **(typed or {"title": TYPED}))
    assert answer.status_code == 303
    return answer.headers["Location"]


def settled(html):
    """Return a page without what is new in every answer."""
    return NEW_EVERY_TIME.sub("", html)


def test_the_answer_is_the_same_page_at_its_own_address(pages, ana):
    browser = pages(ana)
    direct = sent(browser, headers={}, title=TYPED)
    address = kept_address(browser)
    first, again = browser.get(address, status=422), browser.get(address, status=422)
    assert TYPED in first.html
    assert "There are" in first.words
    assert settled(first.html) == settled(again.html) == settled(direct.get_data(as_text=True))
    tokens = [page.form().values()["csrf_token"] for page in (first, again)]
    assert tokens[0] != tokens[1], "the token is masked anew in every answer"


def test_what_was_typed_can_be_corrected_and_saved_there(pages, ana):
    browser = pages(ana)
    drawn = browser.get(kept_address(browser), status=422)
    saved = browser.send(drawn, state_code="ES", right="HOUSING")
    assert TYPED in saved.html
    assert browser.get(kept_address(browser), status=422).form().values()["title"] == [TYPED]


def test_a_second_error_takes_another_address_and_keeps_the_first(pages, ana):
    browser = pages(ana)
    first = kept_address(browser)
    values = dict(browser.get(first, status=422).form().values()) | {"title": "Another text"}
    second = browser.client.post(first, data=values, headers=BROWSER).headers["Location"]
    assert second.count("kept=") == 1
    assert TYPED in browser.get(first, status=422).html
    assert "Another text" in browser.get(second, status=422).html


def test_the_rest_of_the_address_stays(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    answer = sent(pages(ana), f"/cases/{case.id}/deadlines/new?kind=manual")
    assert answer.headers["Location"].startswith(f"/cases/{case.id}/deadlines/new?kind=manual&kept=")


@pytest.mark.parametrize("whose", ["another session", "another person", "another address"])
def test_nobody_else_gets_it(pages, runtime, section, ana, whose):
    address, reader = kept_address(pages(ana)), pages(ana)
    if whose == "another session":
        reader = pages.another(ana)
    elif whose == "another person":
        reader = pages(make_actor(runtime.units, (section, Role.CASEWORKER)))
    else:
        case = make_case(runtime.units, ana)
        address = f"/cases/{case.id}/edit?{address.partition('?')[2]}"
    page = reader.get(address)
    assert TYPED not in page.html
    assert "is not kept any more" in page.words


def test_who_may_not_open_the_page_any_more_does_not_get_it(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    address = kept_address(pages(ana), f"/cases/{case.id}/edit", title="", narrative=TYPED)
    assert TYPED in pages(ana).get(address, status=422).html
    end_roles(runtime.units, ana)
    answer = pages(ana).client.get(address)
    assert answer.status_code in {302, 403, 404}
    assert TYPED not in answer.get_data(as_text=True)


def test_it_is_there_although_the_form_has_become_pointless(pages, runtime, section):
    lead = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    case = make_case(runtime.units, lead)
    make_remedy(runtime.units, lead, make_claim(runtime.units, lead, case), outcome="dismissed", decided=days_ago(9))
    add_victim_who_consents(runtime.units, lead, case)
    move_to(
        runtime.units, lead, case, Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED
    )
    address = kept_address(pages(lead), f"/cases/{case.id}/filing", proof=TYPED)
    file_case(runtime.units, lead, case)
    assert pages(lead).client.get(f"/cases/{case.id}/filing").status_code == 303
    assert TYPED in pages(lead).get(address, status=422).html


def test_the_page_of_a_row_that_was_removed_is_the_answer(pages, runtime, ana):
    """Its address leads nowhere any more, so that nothing could be shown there."""
    case = make_case(runtime.units, ana)
    remedy = make_remedy(runtime.units, ana, make_claim(runtime.units, ana, case))
    path = f"/cases/{case.id}/remedies/{remedy.id}"
    values = dict(pages(ana).get(path).form().values()) | {"authority": TYPED}
    with runtime.units.begin(ana) as uow:
        mine = editable_case(uow, case.id)
        remove_remedy(uow, mine, one_remedy(uow, mine, remedy.id))
    answer = pages(ana).client.post(path, data=values, headers=BROWSER)
    assert answer.status_code == 410
    assert TYPED in answer.get_data(as_text=True)


def test_what_redis_holds_is_sealed_and_ends_with_the_session(pages, ana, settings, runtime):
    kept_address(pages(ana))
    with Redis.from_url(settings.redis_url) as redis:
        keys = list(redis.scan_iter("kept-page*"))
        assert keys
        longest = runtime.settings.session_idle.total_seconds()
        assert all(b"Evicted" not in redis.get(key) and 0 < redis.ttl(key) <= longest for key in keys)


def test_only_so_many_are_kept(pages, ana):
    browser = pages(ana)
    addresses = [kept_address(browser, title=f"Text {number}") for number in range(kept_pages.PAGES + 1)]
    assert "is not kept any more" in browser.get(addresses[0]).words
    assert all("Text" in browser.get(one, status=422).html for one in addresses[1:])


@pytest.mark.parametrize("why", ["no browser", "no Redis", "too large"])
def test_else_the_page_is_the_answer(pages, monkeypatch, ana, why):
    def down(*_arguments, **_options):
        raise RedisDown

    if why == "no Redis":
        monkeypatch.setattr(Redis, "execute_command", down)
    if why == "too large":
        monkeypatch.setattr(kept_pages, "MOST_CHARACTERS", 10)
    answer = sent(pages(ana), headers={} if why == "no browser" else BROWSER, title=TYPED)
    assert answer.status_code == 422
    assert TYPED in answer.get_data(as_text=True)


def test_an_answer_to_something_that_was_recorded_is_not_kept(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    answer = sent(pages(ana), f"/cases/{case.id}/contact")
    assert answer.status_code == 200, "showing the note is in the history: it is not shown again without that"


def test_a_what_if_answer_has_an_address_without_the_days(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    answer = sent(pages(ana), f"/cases/{case.id}/what-if")
    address = re.fullmatch(rf"/cases/{case.id}/what-if\?kept=[\w-]{{13}}", answer.headers["Location"])
    assert "As if filed on" in pages(ana).get(address[0]).words


def test_every_form_answers_the_same_at_its_own_address(pages, runtime, section):
    """Every route that draws a form: sent without any answer, as a browser and as another client."""
    roles = (Role.SECTION_COORDINATOR, Role.ADMINISTRATOR, Role.CASEWORKER)
    me = make_actor(runtime.units, *((section, role) for role in roles))
    colleague = make_actor(runtime.units, (section, Role.CASEWORKER))
    ids = whole_case(runtime.units, me, colleague) | seen_by_all(runtime.units, me)
    browser, found = pages(me), []
    drawing = {route.endpoint for route in routes(browser.app) if route.method == "GET"}
    for route in routes(browser.app):
        if route.method != "POST" or route.endpoint not in drawing or route.guard is None:
            continue
        address = route.address(browser.app, ids)
        token = browser.get("/account").markup.main[0].values()["csrf_token"]
        answers = [
            browser.client.post(address, data={"csrf_token": token}, headers=headers) for headers in ({}, BROWSER)
        ]
        if "kept=" in answers[1].headers.get("Location", ""):
            kept = browser.client.get(answers[1].headers["Location"])
            assert kept.status_code == answers[0].status_code, address
            assert settled(kept.get_data(as_text=True)) == settled(answers[0].get_data(as_text=True)), address
            found.append(route.endpoint)
        else:
            assert answers[0].status_code not in {409, 422}, f"{address}: its answer has no address"
    assert len(found) > 25, found
