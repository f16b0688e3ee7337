"""Search, filters and pages of the decisions, compared with a naive reading of the pack."""

import pytest

from caseflow.access.actor import JobActor, SystemRole
from caseflow.errors import NotFound
from caseflow.features.jurisprudence import queries
from caseflow.features.jurisprudence.commands import DecisionSearch, SearchedWord
from caseflow.law.jurisprudence import EXAMINED, holdings_by_number, load_jurisprudence

KEEPER = JobActor(SystemRole.ACCOUNTS_ADMIN)
PACK = load_jurisprudence()
HELD = holdings_by_number(PACK)


def ask(runtime, wanted, *args, **options):
    with runtime.units.begin(KEEPER) as uow:
        return wanted(uow, *args, **options)


def every_number(runtime, search):
    """Return the numbers of all pages in order, and how many pages there are."""
    numbers, pages, after = [], 0, ""
    while True:
        with runtime.units.begin(KEEPER) as uow:
            page = queries.found_decisions(uow, search, after=after)
            numbers += [row.number for row in page.rows]
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
def test_filters_and_pages_give_what_the_pack_has(runtime, search, keep):
    numbers, pages = every_number(runtime, search)
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
def test_words_are_found_in_names_and_holdings(runtime, words, found):
    numbers, _ = every_number(runtime, DecisionSearch(words=tuple(SearchedWord(word) for word in words)))
    assert found in numbers
    assert len(numbers) < 20


def test_every_word_must_be_there_and_signs_mean_nothing(runtime):
    assert every_number(runtime, DecisionSearch(words=(SearchedWord("lopez"), SearchedWord("zzz"))))[0] == []
    assert every_number(runtime, DecisionSearch(words=(SearchedWord("%"),)))[0] == []


def test_a_place_that_does_not_exist_begins_nowhere(runtime):
    page = ask(runtime, queries.found_decisions, DecisionSearch(), after="9999/2026")
    assert (page.rows, page.next) == ([], "")


@pytest.mark.parametrize("number", ["9999/2026", "nothing", "", "5/", "\0"])
def test_a_decision_that_is_not_there_is_not_found(runtime, number):
    with pytest.raises(NotFound):
        ask(runtime, queries.one_decision, number)


def test_what_is_against_the_author_comes_first_and_the_weightiest_of_it(runtime):
    with runtime.units.begin(KEEPER) as uow:
        found = queries.holdings_on(uow, "exhaustion")
        ranks = [(one.direction, one.weight) for one, _ in found]
    assert len(ranks) == sum(one.rule == "exhaustion" for one in PACK.holdings)
    sides = ["for_state", "for_author", "neutral"]
    weights = ["leading", "consistent", "single"]
    assert ranks == sorted(ranks, key=lambda rank: (sides.index(rank[0]), weights.index(rank[1])))


def test_an_unknown_rule_is_not_found(runtime):
    with pytest.raises(NotFound):
        ask(runtime, queries.holdings_on, "nothing")


def test_a_joined_communication_shows_the_holdings_of_its_twin(runtime):
    with runtime.units.begin(KEEPER) as uow:
        ids = {one.id for one in queries.holdings_of(uow, queries.one_decision(uow, "227/2021"))}
    assert ids == {one.id for one in HELD["227/2021"]}
    assert ids


def test_the_figures_are_those_of_the_documentation(runtime):
    found = ask(runtime, queries.figures)
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
