"""A search shows where its words are."""

import re
from html import unescape

import pytest

from caseflow.db.excerpts import BEFORE, LENGTH, Finder
from caseflow.models import Role
from tests.factories import (
    make_act,
    make_actor,
    make_case,
    make_claim,
    make_procedure,
    make_remedy,
    make_section,
    share,
)


@pytest.mark.parametrize(
    ("typed", "text", "hits"),
    [
        ("water", "The (water), was cut off.", ["water"]),
        ("forecl", "Foreclosure of the flat", ["Foreclosure"]),
        ("AGUÁ", "sin agua", ["agua"]),
        ("T-025/04", "es T 4: Sentencia T-025/04, de 22", ["T-025/04"]),
        ("t02504", "Sentencia T-025/04, de 22", ["T-025/04"]),
        ("025/04", "Sentencia T-025/04", ["T-025/04"]),
        ("co-operation", "by cooperation", ["cooperation"]),
        ("cooperation", "they co-operate by co-operation", ["co-operation"]),
        ("025", "file 25", ["25"]),
        ('"water cut"', "water was good; " * 30 + "the water cut came", ["water cut"]),
        ("water OR light", "light", ["light"]),
        ("-water night", "water at night", ["night"]),
        ("水道", "その水道は止められた", ["水道"]),
        ("हिन्दी", "यह हिंदी है", ["हिंदी"]),
        ("x", "y" * 500, None),
        ("!!!", "nothing", None),
        ("", "nothing", None),
    ],
)
def test_the_words_are_found_as_the_search_finds_them(typed, text, hits):
    excerpt = Finder(typed).excerpt(text)
    assert (excerpt and [part.text for part in excerpt.parts if part.is_hit]) == hits


def test_an_excerpt_is_short_and_the_one_with_most_words():
    text = "water " + "and so on " * 60 + "night water " + "and so on " * 60
    excerpt = Finder("water night").excerpt(text)
    assert [part.text for part in excerpt.parts if part.is_hit] == ["night", "water"]
    assert excerpt.text.startswith("…")
    assert excerpt.text.endswith("…")
    assert len(excerpt.text) <= LENGTH + 2
    assert excerpt.text.index("night") <= BEFORE + 1


@pytest.mark.parametrize("text", ["z" * 5_000, "水" * 5_000, "a " * 20_000, "(((" * 900 + "z", "\u0301" * 900 + "z"])
def test_any_text_has_a_short_excerpt_or_none(text):
    for typed in ("z", "zzz", "水水水", "a", '"a a a"'):
        excerpt = Finder(typed).excerpt(text)
        assert excerpt is None or len(excerpt.text) <= LENGTH + 2


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


def found_in(browser, typed):
    cells = re.findall(
        r'<span class="cf-cell__second cf-found"[^>]*>(.*?)</span>', browser.get(f"/cases?text={typed}").html
    )
    return [unescape(re.sub("</?mark>", "", cell)) for cell in cells]


def test_the_list_shows_each_place(runtime, pages, ana):
    case = make_case(runtime.units, ana, title="Titular", narrative="They <b>came</b> at night & left.")
    claim = make_claim(runtime.units, ana, case, label="Ballena")
    make_act(runtime.units, ana, claim, what="Doors sealed")
    make_remedy(runtime.units, ana, claim, authority="Juzgado 4", file_number="T-025/04")
    make_procedure(runtime.units, ana, case, file_number="33290/96")
    browser = pages(ana)
    assert found_in(browser, "night") == ["What happened: They <b>came</b> at night & left."]
    assert found_in(browser, "ballena") == ["Claim: Ballena"]
    assert found_in(browser, "doors") == ["Act: Doors sealed"]
    assert found_in(browser, "juzgado") == ["Authority: Juzgado 4"]
    assert found_in(browser, "025/04") == ["File number: T-025/04"]
    assert found_in(browser, "33290") == ["File number before another body: 33290/96"]
    assert found_in(browser, "titular") == []
    assert browser.get("/cases?text=night").html.count("<mark>night</mark>") == 1


def test_what_is_not_searched_is_never_shown(runtime, pages, ana):
    make_case(runtime.units, ana, title="Ballena", contact_note="Ballena at noon", lateness_reason="Ballena was away")
    page = pages(ana).get("/cases?text=ballena")
    assert "noon" not in page.html
    assert "away" not in page.html


def test_a_guest_sees_the_words_of_the_shared_case_and_of_no_other(runtime, pages, ana):
    shared = make_case(runtime.units, ana, narrative="The whale at night")
    make_case(runtime.units, ana, narrative="A whale that is hidden")
    guest = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    share(runtime.units, ana, shared, guest)
    assert found_in(pages(guest), "whale") == ["What happened: The whale at night"]


def test_statements_do_not_grow_with_the_cases(runtime, pages, ana):
    make_case(runtime.units, ana, narrative="A whale")
    browser = pages(ana)
    browser.get("/cases?text=whale")
    one = len(browser.get("/cases?text=whale").statements)
    for _ in range(3):
        make_act(runtime.units, ana, make_claim(runtime.units, ana, make_case(runtime.units, ana)), what="The whale")
    assert len(browser.get("/cases?text=whale").statements) == one
    assert len(browser.get("/cases").statements) < one
