"""For whom a case is opened: quick capture seals the name and shows code names alone."""

import pytest
from sqlalchemy import text

from caseflow.db.identity_tokens import IdentityField
from caseflow.features.cases.queries import case_by_reference
from caseflow.features.people.identity.queries import found_people
from caseflow.features.people.queries import people_of_case
from caseflow.models import Role
from tests.factories import make_actor, make_section

GOOD = {"state_code": "ES", "right": "HOUSING", "title": "A family evicted"}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


def people(runtime, ana, page):
    reference = page.markup.title.split()[2]
    with runtime.units.begin(ana) as uow:
        found = people_of_case(uow, case_by_reference(uow, reference))
        return [(one.code_name, one.person.kind.value, one.person.size, one.person.is_named) for one in found]


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ({}, []),
        ({"person_name": "Rosa Navarro"}, [("V1", "individual", None, True)]),
        ({"people_number": "1"}, [("V1", "individual", None, False)]),
        (
            {"person_name": "Rosa Navarro", "people_number": "6"},
            [("V1", "individual", None, True), ("V2", "household", 5, False)],
        ),
        ({"people_number": "300"}, [("V1", "community", 300, False)]),
    ],
    ids=["nobody", "a name", "one", "a name and a number", "many"],
)
def test_it_is_recorded_for_whom_a_case_is_opened(runtime, pages, ana, typed, recorded):
    page = pages(ana).submit("/cases/new", **GOOD, **typed)
    assert people(runtime, ana, page) == recorded


def test_the_name_is_found_again_and_stands_nowhere_in_clear(runtime, pages, ana, section, database):
    browser = pages(ana)
    case = browser.submit("/cases/new", **GOOD, person_name="Zerusalda Quirós", people_number="2")
    for page in (case, browser.get(f"{case.path}/people"), browser.get(f"{case.path}/history")):
        assert "Zerusalda" not in page.html
    with runtime.units.begin(ana) as uow:
        assert found_people(uow, [section.id], [(IdentityField.NAME, "quiros")])
        kept = uow.session.execute(text("SELECT row_to_json(a)::text FROM audit_entry a")).scalars().all()
    assert kept
    assert not [one for one in kept if "Zerusalda" in one]


@pytest.mark.parametrize("number", ["0", "-3", "20000000"])
def test_an_impossible_number_is_refused_at_its_box_and_nothing_typed_is_lost(pages, ana, number):
    page = pages(ana).submit("/cases/new", status=422, **GOOD, person_name="Rosa", people_number=number)
    assert "Enter how many people it concerns, in digits, or leave this empty." in page.words
    assert 'value="Rosa"' in page.html
    assert 'href="#people_number"' in page.html
