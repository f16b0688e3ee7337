"""Changing decisions and holdings on pages: who may, what is kept, and what a newer pack leaves alone."""

from dataclasses import replace

import pytest

from caseflow.access.actor import JobActor, SystemRole
from caseflow.errors import Conflict, Forbidden, Invalid, NotFound
from caseflow.features.jurisprudence import editing, queries
from caseflow.features.jurisprudence.service import load_decisions_pack
from caseflow.law.jurisprudence import CommitteeHolding, load_jurisprudence
from caseflow.models import Role
from tests.factories import make_actor, make_section

KEEPER = JobActor(SystemRole.ACCOUNTS_ADMIN)
PACK = load_jurisprudence()
FIVE = next(one for one in PACK.communications if one.number == "5/2015")
OWN = next(one for one in PACK.holdings if one.symbol == FIVE.symbol)
NEW = CommitteeHolding("", "exhaustion", "", "7.4", "It was held.", "for_state", "single")


@pytest.fixture
def iris(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.ADMINISTRATOR), name="Iris Demo")


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


def library(runtime):
    with runtime.units.begin(KEEPER) as uow:
        return queries.current_library(uow)


def do(runtime, actor, verb, *args):
    with runtime.units.begin(actor) as uow:
        return verb(uow, *args)


def load_later(runtime):
    with runtime.units.begin(KEEPER) as uow:
        load_decisions_pack(uow, replace(PACK, version="jurisprudence/later"))


def test_the_form_changes_a_decision_and_the_page_shows_its_history(pages, runtime, iris):
    browser = pages(iris)
    assert browser.get("/decisions/5-2015").links["Change"] == "/decisions/5-2015/edit"
    saved = browser.submit("/decisions/5-2015/edit", short_name="M.B. et al. v. Spain", articles_claimed="11(1); 2(2)")
    assert saved.path == "/decisions/5-2015"
    for words in ("M.B. et al. v. Spain", "Changed the decision", "Iris Demo", FIVE.short_name, "11(1); 2(2)"):
        assert words in saved.words, words
    after = library(runtime).decisions["5/2015"]
    assert after == replace(FIVE, short_name="M.B. et al. v. Spain", articles_claimed=("11(1)", "2(2)"))


def test_a_form_that_is_sent_unchanged_changes_nothing(pages, runtime, iris):
    browser = pages(iris)
    for one in (FIVE, *[one for one in PACK.communications if one.individual_recommendations][:3]):
        browser.submit(f"/decisions/{one.number.replace('/', '-')}/edit")
    assert library(runtime).version == PACK.version


def test_holdings_are_added_changed_and_removed_with_history(pages, runtime, iris):
    browser = pages(iris)
    address = "/decisions/5-2015/holdings"
    browser.submit(f"{address}/new", sentence="It was held.", paragraph="7.4", rule="exhaustion", direction="for_state")
    added = next(one for one in library(runtime).held["5/2015"] if one.sentence == "It was held.")
    assert (added.symbol, added.paragraph, added.rule, added.direction) == (
        FIVE.symbol,
        "7.4",
        "exhaustion",
        "for_state",
    )
    browser.submit(f"{address}/{added.id}/edit", sentence="It was held again.")
    assert "It was held again." in browser.get("/decisions/rules/exhaustion").words
    gone = browser.submit(f"{address}/{added.id}/remove")
    assert "Removed a holding" in gone.words
    assert added.id not in {one.id for one in library(runtime).holdings}
    history = gone.words.partition("History")[2]
    for words in ("Added a holding", "Changed a holding", "It was held again.", "Iris Demo"):
        assert words in history, words


def test_a_newer_pack_leaves_alone_what_was_changed_added_or_removed(runtime, iris):
    do(runtime, iris, editing.change_decision, "5/2015", 1, replace(FIVE, notes="A doubt."))
    added = do(runtime, iris, editing.add_holding, "5/2015", NEW).id
    do(runtime, iris, editing.remove_holding, "5/2015", OWN.id, 1)
    load_later(runtime)
    found = library(runtime)
    assert found.decisions["5/2015"].notes == "A doubt."
    ids = {one.id for one in found.holdings}
    assert added in ids
    assert OWN.id not in ids
    assert len(ids) == len(PACK.holdings)
    load_later(runtime)
    assert {one.id for one in library(runtime).holdings} == ids


def test_who_saved_first_is_not_overwritten(runtime, iris):
    do(runtime, iris, editing.change_decision, "5/2015", 1, replace(FIVE, notes="A doubt."))
    with pytest.raises(Conflict):
        do(runtime, iris, editing.change_decision, "5/2015", 1, replace(FIVE, notes="Another."))
    do(runtime, iris, editing.change_holding, "5/2015", OWN.id, 1, replace(OWN, sentence="Otherwise."))
    for verb, args in ((editing.change_holding, (OWN,)), (editing.remove_holding, ())):
        with pytest.raises(Conflict):
            do(runtime, iris, verb, "5/2015", OWN.id, 1, *args)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"outcome": "inadmissible"}, "outcome"),
        ({"symbol": None}, "symbol"),
        ({"joined_with": ("9999/2026",)}, "joined_with"),
        ({"source": "a web page"}, "source"),
        ({"rights": ("HOUSE",)}, "rights"),
        ({"reason_discontinued": "no_reply"}, "reason_discontinued"),
    ],
)
def test_what_cannot_be_true_is_refused(runtime, iris, wrong, field):
    with pytest.raises(Invalid) as refused:
        do(runtime, iris, editing.change_decision, "5/2015", 1, replace(FIVE, **wrong))
    assert field in refused.value.fields


def test_faults_are_shown_beside_what_was_typed(pages, iris):
    page = pages(iris).submit("/decisions/5-2015/holdings/new", status=422, sentence="It was held.", paragraph="seven")
    assert "Enter the number of the paragraph, for example 7.4." in page.words
    assert "It was held." in page.html
    assert 'value="seven"' in page.html


def test_only_administrators_change_decisions(pages, runtime, ana):
    browser = pages(ana)
    assert "Change" not in browser.get("/decisions/5-2015").links
    for address in ("edit", "holdings/new", f"holdings/{OWN.id}/edit", f"holdings/{OWN.id}/remove"):
        browser.get(f"/decisions/5-2015/{address}", status=403)
    with pytest.raises(Forbidden):
        do(runtime, ana, editing.add_holding, "5/2015", NEW)


def test_a_holding_is_found_only_under_its_own_decision(runtime, iris):
    other = next(one for one in PACK.communications if one.symbol and one.number != "5/2015")
    for number, holding_id in ((other.number, OWN.id), ("5/2015", "none"), ("9999/2026", OWN.id), ("5/2015", "\0")):
        with pytest.raises(NotFound):
            do(runtime, iris, queries.stored_holding, number, holding_id)


def test_a_decision_without_a_document_of_its_own_takes_no_holding(runtime, iris):
    without = next(one for one in PACK.communications if one.symbol is None)
    with pytest.raises(NotFound, match="no document of its own"):
        do(runtime, iris, editing.add_holding, without.number, NEW)
