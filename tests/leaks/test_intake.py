"""The search of intake finds nothing of cases and people that the searcher may not see."""

import pytest

from caseflow.models import Confidentiality, GrantLevel, Role
from tests.factories import make_actor, make_case, make_person, make_section, share

TOLD = {
    "name": "Zerusalda Quirós",
    "phone": "+34 600 111 222",
    "place": "Valdeoliva",
    "state_code": "ES",
    "right": "HOUSING",
}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


def plant(runtime, by, title, confidentiality=Confidentiality.SECTION):
    """Make a case that matches everything that is searched for."""
    case = make_case(runtime.units, by, title=title, place_region=TOLD["place"], confidentiality=confidentiality)
    make_person(runtime.units, by, case, name=TOLD["name"], phone=TOLD["phone"])
    return case


def test_a_case_of_another_section_and_a_sealed_one_are_not_found(runtime, pages, ana, section):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "FI"), Role.CASEWORKER), name="Stranger")
    colleague = make_actor(runtime.units, (section, Role.CASEWORKER), name="Colleague")
    plant(runtime, stranger, "Canary of another section")
    plant(runtime, colleague, "Canary that is sealed", Confidentiality.SEALED)
    page = pages(ana).submit("/intake", **TOLD)
    assert "Nobody and no case that you may see matches." in page.words
    assert "Canary" not in page.html


def test_the_people_of_a_shared_case_are_not_found_by_name_or_number(runtime, pages, ana, section):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "FI"), Role.CASEWORKER), name="Stranger")
    case = plant(runtime, stranger, "Shared")
    share(runtime.units, stranger, case, section, GrantLevel.WRITE)
    page = pages(ana).submit("/intake", **TOLD)
    assert "Same place: Valdeoliva" in page.words, "the case itself may be seen"
    assert "Same name" not in page.words
    assert "Same phone number" not in page.words


def test_the_own_section_finds_what_others_do_not(runtime, pages, ana):
    plant(runtime, ana, "Own")
    page = pages(ana).submit("/intake", **TOLD)
    assert "Same name as V1" in page.words
    assert "Same phone number as V1" in page.words
