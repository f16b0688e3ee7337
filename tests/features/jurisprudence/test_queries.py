"""Search, filters and pages of the decisions, compared with a naive reading of the pack."""

import re

import pytest

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import now
from caseflow.errors import NotFound
from caseflow.features.jurisprudence import queries
from caseflow.features.jurisprudence.commands import DecisionSearch, SearchedWord
from caseflow.law.jurisprudence import EXAMINED, holdings_by_number, load_jurisprudence
from caseflow.models import DecidedCommunication, Holding

KEEPER = JobActor(SystemRole.ACCOUNTS_ADMIN)
PACK = load_jurisprudence()
HELD = holdings_by_number(PACK.communications, PACK.holdings)


@pytest.fixture
def library(runtime):
    with runtime.units.begin(KEEPER) as uow:
        return queries.current_library(uow)


def every_number(library, search):
    """Return the numbers of all pages in order, and how many pages there are."""
    numbers, pages, after = [], 0, ""
    while True:
        page = queries.found_decisions(library, search, after=after)
        numbers += [one.number for one in page.rows]
        pages += 1
        if not (after := page.next):
            assert page.total == len(numbers)
            return numbers, pages


def naive(keep):
    rows = sorted(PACK.communications, key=lambda one: (one.ordered_on, one.serial), reverse=True)
    return [one.number for one in rows if keep(one)]


@pytest.mark.parametrize(
    ("search", "keep"),
    [
        (DecisionSearch(), lambda one: True),
        (DecisionSearch(outcomes=EXAMINED), lambda one: one.outcome in EXAMINED),
        (DecisionSearch(right="SOCSEC"), lambda one: "SOCSEC" in one.rights),
        (DecisionSearch(topic="foreclosure"), lambda one: one.topic == "foreclosure"),
        (DecisionSearch(state="IT"), lambda one: one.state_code == "IT"),
        (DecisionSearch(number="5/2015"), lambda one: one.number == "5/2015"),
        (DecisionSearch(year=2024), lambda one: one.year == 2024),
        (DecisionSearch(rule="one-year"), lambda one: any(held.rule == "one-year" for held in HELD[one.number])),
        (
            DecisionSearch(state="ES", right="HOUSING", outcomes=("violation",)),
            lambda one: one.state_code == "ES" and "HOUSING" in one.rights and one.outcome == "violation",
        ),
    ],
)
def test_filters_and_pages_give_what_the_pack_has(library, search, keep):
    numbers, pages = every_number(library, search)
    assert numbers == naive(keep)
    assert numbers
    assert pages == max(1, -(-len(numbers) // queries.PAGE))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["lopez", "rodriguez"], "1/2013"),
        (["loyal", "cooperation"], "51/2018"),
    ],
)
def test_words_are_found_in_names_and_holdings(library, words, found):
    numbers, _ = every_number(library, DecisionSearch(words=tuple(SearchedWord(word) for word in words)))
    assert found in numbers
    assert len(numbers) < 20


def test_every_word_must_be_there_and_signs_mean_nothing(library):
    assert every_number(library, DecisionSearch(words=(SearchedWord("lopez"), SearchedWord("zzz"))))[0] == []
    assert every_number(library, DecisionSearch(words=(SearchedWord("%"),)))[0] == []


def test_a_place_that_does_not_exist_begins_nowhere(library):
    page = queries.found_decisions(library, DecisionSearch(), after="9999/2026")
    assert (page.rows, page.next) == ([], "")


@pytest.mark.parametrize("number", ["9999/2026", "nothing", "", "5/", "\0"])
def test_a_decision_that_is_not_there_is_not_found(library, number):
    with pytest.raises(NotFound):
        queries.one_decision(library, number)


def test_what_is_against_the_author_comes_first_and_the_weightiest_of_it(library):
    ranks = [(one.direction, one.weight) for one, _ in queries.holdings_on(library, "exhaustion")]
    assert len(ranks) == sum(one.rule == "exhaustion" for one in PACK.holdings)
    sides = ["for_state", "for_author", "neutral"]
    weights = ["leading", "consistent", "single"]
    assert ranks == sorted(ranks, key=lambda rank: (sides.index(rank[0]), weights.index(rank[1])))


def test_an_unknown_rule_is_not_found(library):
    with pytest.raises(NotFound):
        queries.holdings_on(library, "nothing")


def test_a_joined_communication_shows_the_holdings_of_its_twin(library):
    ids = {one.id for one in library.held["227/2021"]}
    assert ids == {one.id for one in HELD["227/2021"]}
    assert ids


def test_the_figures_are_those_of_the_documentation(library):
    found = queries.figures(library)
    assert found.by_year[2021] == {"violation": 3, "no_violation": 1, "inadmissible": 3, "discontinued": 28}
    assert found.by_year[None] == {"unknown": 1}
    assert list(found.by_year)[:2] == [2015, 2016]
    assert len(found.grounds) == 31
    durations = {one.kind: (one.number, round(one.median)) for one in found.durations}
    assert durations[None] == (144, 1060)
    assert durations["views"] == (26, 1007)
    assert durations["inadmissibility"] == (29, 851)
    assert durations["discontinuance"] == (88, 1100)
    assert sum(found.reasons.values()) == 215
    assert (found.reasons["no_reply"], found.reasons["lost_contact"]) == (29, 13)


def test_the_library_is_read_again_only_after_a_change(runtime, library):
    with runtime.units.begin(KEEPER) as uow:
        assert queries.current_library(uow) is library
        uow.session.get_one(DecidedCommunication, "5/2015").notes = "Another note."
    with runtime.units.begin(KEEPER) as uow:
        later = queries.current_library(uow)
        assert later.decisions["5/2015"].notes == "Another note."
        uow.session.delete(uow.session.get_one(Holding, PACK.holdings[0].id))
    with runtime.units.begin(KEEPER) as uow:
        assert len(queries.current_library(uow).holdings) == len(PACK.holdings) - 1


def test_the_database_holds_what_the_pack_has(library):
    assert set(library.decisions.values()) == set(PACK.communications)
    assert set(library.holdings) == set(PACK.holdings)
    assert (library.version, library.youngest) == (PACK.version, PACK.youngest)


def test_a_change_by_hand_gives_the_data_another_version(runtime, library):
    with runtime.units.begin(KEEPER) as uow:
        row = uow.session.get_one(DecidedCommunication, "5/2015")
        row.notes, row.changed_at = "Another note.", now()
    with runtime.units.begin(KEEPER) as uow:
        version = queries.current_library(uow).version
    assert re.fullmatch(re.escape(PACK.version) + r"\+\d{4}-\d\d-\d\d\.[0-9a-f]{8}", version)


def test_the_outcomes_are_counted_whatever_outcomes_are_asked_for(library):
    found = queries.found_decisions(library, DecisionSearch(state="IT", outcomes=EXAMINED))
    assert sum(found.outcomes.values()) == sum(one.state_code == "IT" for one in PACK.communications)
    assert found.total == sum(found.outcomes[outcome] for outcome in EXAMINED)
