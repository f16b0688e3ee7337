"""A form is saved once, however often it is sent, and nothing is said that is not so."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from caseflow.clock import now
from caseflow.db.engine import make_engine, make_sessions
from caseflow.models import Case, RequestKey, Role, Section
from caseflow.request_keys import KEPT, forget_old
from caseflow.runtime import make_runtime
from tests.access.walk import routes
from tests.factories import make_act, make_actor, make_claim
from tests.saving.adding import ADDING, ADDS_NOTHING, Adding, Places, make_places
from tests.saving.cutting import Cut, proxied

SAVED_ALREADY = "This was saved already"
EVERY_ADDING_FORM = pytest.mark.parametrize("adding", ADDING.values(), ids=ADDING)


pytestmark = pytest.mark.holds(what=make_places)


@pytest.fixture
def places(made) -> Places:
    return made


def count(runtime, places: Places, table) -> int:
    with runtime.units.begin(places.actor) as uow:
        return uow.session.scalar(select(func.count()).select_from(table))


def test_every_route_that_takes_a_form_is_known(app):
    """A new one that adds something is sent twice by the tests below."""
    taking = {route.endpoint for route in routes(app) if route.method == "POST"}
    assert taking == ADDING.keys() | ADDS_NOTHING, (
        "name the new route in ADDING or ADDS_NOTHING of tests/saving/adding.py"
    )
    assert not ADDING.keys() & ADDS_NOTHING


@EVERY_ADDING_FORM
def test_a_form_that_is_sent_again_adds_nothing_and_leads_to_what_was_added(pages, runtime, places, adding: Adding):
    browser, typed = pages(places.actor), places.typed(adding)
    drawn = browser.get(places.address(adding))
    before = count(runtime, places, adding.table)
    first = browser.send(drawn, **typed)
    again = browser.send(drawn, **typed)
    assert count(runtime, places, adding.table) == before + 1
    assert SAVED_ALREADY not in first.words
    assert SAVED_ALREADY in again.words
    assert again.path == first.path


@EVERY_ADDING_FORM
def test_a_form_that_is_changed_and_sent_again_asks_and_keeps_the_text(pages, runtime, places, adding: Adding):
    browser, typed = pages(places.actor), places.typed(adding)
    drawn = browser.get(places.address(adding))
    before = count(runtime, places, adding.table)
    browser.send(drawn, **typed)
    changed = typed | adding.other
    asked = browser.send(drawn, **changed, status=409)
    assert count(runtime, places, adding.table) == before + 1
    assert "you have changed it since" in asked.words
    assert "Open what was saved" in asked.links
    browser.get(asked.links["Open what was saved"].partition("#")[0])
    sent = asked.form().values()
    assert all(sent[name.replace("__", "-")] == [value] for name, value in changed.items())


@EVERY_ADDING_FORM
def test_the_same_from_another_form_asks_first(pages, runtime, places, adding: Adding):
    """As when Back redraws the page, and the browser fills in what was typed."""
    browser, typed = pages(places.actor), places.typed(adding)
    browser.submit(places.address(adding), **typed)
    before = count(runtime, places, adding.table)
    asked = browser.submit(places.address(adding), **typed, status=409)
    assert count(runtime, places, adding.table) == before
    assert "You saved exactly the same a short time ago" in asked.words


def test_what_is_confirmed_is_added_once_more_and_only_once(pages, runtime, places):
    browser, adding = pages(places.actor), ADDING["claims.add_act"]
    browser.submit(places.address(adding), **adding.typed)
    asked = browser.submit(places.address(adding), **adding.typed, status=409)
    for _ in range(2):
        browser.send(asked)
    assert count(runtime, places, adding.table) == 2


@pytest.mark.commits
@EVERY_ADDING_FORM
def test_three_at_the_same_moment_add_one(pages, runtime, places, adding: Adding):
    browser, typed = pages(places.actor), places.typed(adding)
    drawn = browser.get(places.address(adding))
    values = dict(drawn.form().values()) | {name.replace("__", "-"): value for name, value in typed.items()}
    before, together = count(runtime, places, adding.table), Barrier(3)
    browsers = [pages.another(places.actor).client for _ in range(3)]
    for client in browsers:  # the token of the page belongs to its session
        with browser.client.session_transaction() as own, client.session_transaction() as other:
            other.update(own)

    def send(client):
        together.wait()
        return client.post(places.address(adding), data=values)

    with ThreadPoolExecutor(3) as people:
        answers = list(people.map(send, browsers))
    assert [answer.status_code for answer in answers] == [303] * 3
    assert len({answer.location for answer in answers}) == 1
    assert count(runtime, places, adding.table) == before + 1


def test_a_form_that_was_refused_is_saved_when_it_is_sent_again(pages, runtime, places):
    browser = pages(places.actor)
    refused = browser.submit("/cases/new", title="", state_code="ES", right="HOUSING", status=422)
    before = count(runtime, places, Case)
    assert SAVED_ALREADY not in browser.send(refused, title="A family evicted").words
    assert count(runtime, places, Case) == before + 1


def test_the_key_of_another_person_or_of_another_address_says_nothing(pages, runtime, places):
    adding = ADDING["claims.add_act"]
    drawn = pages(places.actor).get(places.address(adding))
    (key,) = drawn.form().values()["once"]
    pages(places.actor).send(drawn, **adding.typed)
    with runtime.units.begin(places.actor) as uow:
        section = uow.session.get(Section, places.actor.memberships[0].section_id)
    colleague = make_actor(runtime.units, (section, Role.CASEWORKER))
    assert SAVED_ALREADY not in pages(colleague).submit(places.address(adding), what="Other", once=key).words
    elsewhere = f"/cases/{places.ids['case_id']}/procedures/new"
    assert SAVED_ALREADY not in pages(places.actor).submit(elsewhere, body="ECTHR", once=key).words


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "é" * 20, "'; DROP TABLE request_key"])
def test_a_form_with_no_proper_key_is_saved(pages, runtime, places, key):
    adding = ADDING["claims.add_act"]
    page = pages(places.actor).submit(places.address(adding), **adding.typed, once=key)
    assert "The act was added" in page.words


def test_removing_twice_says_what_is_so(pages, runtime, places):
    with runtime.units.begin(places.actor) as uow:
        case = uow.session.get(Case, places.ids["case_id"])
    act = make_act(runtime.units, places.actor, make_claim(runtime.units, places.actor, case))
    browser = pages(places.actor)
    drawn = browser.get(f"/cases/{case.id}/acts/{act.id}/remove")
    assert "The act was removed" in browser.send(drawn).words
    assert SAVED_ALREADY in browser.send(drawn).words


def test_changing_twice_is_no_clash(pages, places):
    browser, address = pages(places.actor), f"/cases/{places.ids['case_id']}/claims/{places.ids['claim_id']}"
    drawn = browser.get(address)
    browser.send(drawn, label="The flat")
    assert SAVED_ALREADY in browser.send(drawn, label="The flat").words
    other = browser.send(drawn, label="The house", status=409)
    assert other.form().values()["label"] == ["The house"]


def test_an_answer_that_is_no_redirect_may_be_asked_for_again(pages, places):
    browser = pages(places.actor)
    drawn = browser.get(f"/cases/{places.ids['case_id']}/what-if")
    assert browser.send(drawn).words == browser.send(drawn).words


def test_a_setting_may_be_chosen_again(pages, places):
    browser = pages(places.actor)
    drawn = browser.get("/account/language")
    for language in ("es", "en", "es"):
        browser.post("/account/language", dict(drawn.form().values()) | {"language": language})
    assert 'lang="es"' in browser.get("/account").html


def test_saving_takes_three_statements_more(pages, places):
    """Without a key, and with it: two for the key, one that erases what was kept of the form."""
    adding, browser = ADDING["remedies.add"], pages(places.actor)
    values = dict(browser.get(places.address(adding)).form().values()) | adding.typed
    with_key = browser.post(places.address(adding), values)
    without = browser.post(places.address(adding), values | {"once": ""})
    assert (with_key.status, without.status) == (303, 303)
    assert len(with_key.statements) <= len(without.statements) + 3


def test_old_keys_are_forgotten(pages, runtime, places, database):
    adding = ADDING["claims.add_act"]
    pages(places.actor).submit(places.address(adding), **adding.typed)
    with runtime.units.begin(places.actor) as uow:
        forget_old(uow.session)
        row = uow.session.scalar(select(RequestKey))
        row.created_at = now() - KEPT - (now() - now().replace(microsecond=0))
        uow.flush()
        forget_old(uow.session)
        assert uow.session.scalar(select(func.count()).select_from(RequestKey)) == 0


# --- the connection breaks at the commit ----------------------------------------------------------------------------


@pytest.fixture
def breaking(database, shared_app, pages, sent_jobs):
    """The application behind a proxy that can break a connection; its browser, and the proxy."""
    with proxied(database.settings.database_url) as (proxy, url):
        engine = make_engine(url)
        broken = make_runtime(
            database.settings, engine=engine, sessions=make_sessions(engine), send=lambda job, _: sent_jobs.append(job)
        )
        shared_app.lend(broken)
        yield proxy, pages
        engine.dispose()


def post_act(breaking, places, cut: Cut):
    proxy, pages = breaking
    adding, browser = ADDING["claims.add_act"], pages(places.actor)
    drawn = browser.get(places.address(adding))
    values = dict(drawn.form().values()) | adding.typed
    proxy.cut = cut
    return browser, drawn, browser.client.post(places.address(adding), data=values)


@pytest.mark.commits
def test_what_was_committed_is_called_saved_although_the_connection_broke(places, breaking, runtime):
    _, _, answer = post_act(breaking, places, Cut.AFTER)
    assert answer.status_code == 303
    assert count(runtime, places, ADDING["claims.add_act"].table) == 1


@pytest.mark.commits
def test_what_was_rolled_back_is_called_not_saved_and_can_be_sent_again(places, breaking, runtime):
    browser, drawn, answer = post_act(breaking, places, Cut.BEFORE)
    assert answer.status_code == 503
    assert "Nothing was saved" in answer.text
    assert "Doors sealed" in answer.text
    assert count(runtime, places, ADDING["claims.add_act"].table) == 0
    assert SAVED_ALREADY not in browser.send(drawn, what="Doors sealed").words
    assert count(runtime, places, ADDING["claims.add_act"].table) == 1


@pytest.mark.commits
@pytest.mark.parametrize("cut", list(Cut))
def test_what_is_not_known_is_called_not_known(places, breaking, runtime, cut):
    proxy, _ = breaking
    proxy.is_refusing_after = True
    _, _, answer = post_act(breaking, places, cut)
    assert answer.status_code == 503
    assert "It is not known whether this was saved" in answer.text
    assert "not saved a second time" in answer.text
    assert "Nothing was saved" not in answer.text
    assert count(runtime, places, ADDING["claims.add_act"].table) == (1 if cut is Cut.AFTER else 0)
