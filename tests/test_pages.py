"""The page client finds planted faults."""

import gc
import weakref
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import sessionmaker

from caseflow.models import Role
from caseflow.runtime import make_runtime
from tests.factories import make_actor, make_case, make_section
from tests.markup import Markup
from tests.pages import SharedApp


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


def test_a_page_is_read_and_a_form_is_sent_as_a_browser_does(pages, ana):
    page = pages(ana).submit("/cases/new", state_code="ES", right="HOUSING", title="A family evicted")
    assert "A family evicted" in page.words
    assert page.path.startswith("/cases/")


def test_a_page_that_names_another_section_is_refused(runtime, pages, ana):
    other = make_section(runtime.units, "EC")
    case = make_case(runtime.units, ana, title=f"Moved here from {other.name}")
    with pytest.raises(AssertionError, match="names Office of EC"):
        pages(ana).get(f"/cases/{case.id}")
    pages(ana).get(f"/cases/{case.id}", may_name=("EC",))


def test_a_page_with_too_many_statements_is_refused(pages, ana):
    with pytest.raises(AssertionError, match="statements"):
        pages(ana).get("/cases", most=1)


PLANTED = {
    "<title> \u2013 caseflow</title>": "has no title",
    "<title>Page</title><p id=a></p><p id=a></p>": "an id is used twice",
    "<title>Page</title><p class='govuk-body-l'></p>": "the style sheet has no {'govuk-body-l'}",
    "<title>Page</title><input name=b>": "no label for",
    "<title>Page</title><p onclick=x></p>": "inline onclick",
    "<title>Page</title><script>x()</script>": "lacks the nonce",
    "<title>Page</title><script nonce=other>x()</script>": "lacks the nonce",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_of_a_page_is_found(app, pages, monkeypatch, planted):
    def sign_in():
        return planted

    sign_in.guard = None
    monkeypatch.setitem(app.view_functions, "accounts.sign_in", sign_in)
    with pytest.raises(AssertionError, match=PLANTED[planted]):
        pages().get("/sign-in")


def test_controls_without_a_label_and_inline_handlers_are_found():
    page = Markup(
        '<p onclick="x"><label for="a">A</label><input id="a" name="a"><input name="b"><select name="c"></select>'
    )
    assert page.unlabelled() == ["b", "c"]
    assert page.faults == ["inline onclick on <p>"]


def test_a_form_sends_its_values():
    form = Markup(
        "<main><form method=post><input name=a value=1><input type=radio name=r value=x><input type=radio name=r value=y checked>"
        "<select name=s><option value=p>P<option value=q selected>Q</select><textarea name=t>\nText</textarea>"
        "<input type=checkbox name=k value=y></form></main>"
    ).main[0]
    assert form.values() == {"a": ["1"], "r": ["y"], "s": ["q"], "t": ["Text"], "k": []}


def test_the_shared_application_is_lent_as_it_was_made(shared_app, runtime):
    first = shared_app.lend(runtime)
    sign_in, status_cache = first.view_functions["accounts.sign_in"], first.extensions["caseflow.status_cache"]
    first.view_functions["accounts.sign_in"] = lambda: "another"
    first.extensions["caseflow.open_data"] = "of the first database"
    first.config["DEMO_DATA"] = True
    other = replace(runtime)
    second = shared_app.lend(other)
    assert second.view_functions["accounts.sign_in"] is sign_in
    assert second.extensions["caseflow.runtime"] is other
    assert second.extensions["caseflow.status_cache"] is not status_cache
    assert "caseflow.open_data" not in second.extensions
    assert not second.config["DEMO_DATA"]


def is_kept_after_lending(shared_app: SharedApp, database, runtime, fault=None) -> bool:
    """Return whether the application still has parts of the previous test."""
    sessions = sessionmaker(database.sessions.kw["bind"], join_transaction_mode="create_savepoint")
    kept = weakref.ref(sessions)
    app = shared_app.lend(make_runtime(database.settings, engine=database.engine, sessions=sessions))
    for path in ("/sign-in", "/bound", "/cases"):
        app.test_client().get(path)
    if fault:
        fault(app)
    del sessions
    shared_app.lend(runtime)
    gc.collect()
    return kept() is not None


def test_the_shared_application_keeps_nothing_of_the_last_test(shared_app, database, runtime):
    assert not is_kept_after_lending(shared_app, database, runtime)


def test_a_planted_cache_that_outlives_a_test_is_found(shared_app, database, runtime):
    def keep(app: Flask) -> None:
        app.jinja_env.filters["planted"] = app.extensions["caseflow.runtime"].units

    assert is_kept_after_lending(shared_app, database, runtime, keep)
    del shared_app.app.jinja_env.filters["planted"]
