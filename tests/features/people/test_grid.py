"""The grid of persons and claims: whom each claim concerns, the harm, and the same harm for several."""

import pytest

from caseflow.features.claims.queries import one_claim
from caseflow.features.people.queries import concerned_by, people_of_case
from caseflow.models import Role
from tests.factories import make_actor, make_case, make_claim, make_person, make_section


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def claims(runtime, ana, case):
    return [make_claim(runtime.units, ana, case, rights=(right,)) for right in ("HOUSING", "HEALTH")]


@pytest.fixture
def people(runtime, ana, case):
    make_person(runtime.units, ana, case, "perpetrator", description="the bank")
    return [make_person(runtime.units, ana, case, description=words) for words in ("mother", "son", "daughter")]


def cell(part, claim, person):
    return f"{part}_{claim.id.hex}_{person.id.hex}"


def recorded(runtime, ana, case, claim):
    with runtime.units.begin(ana) as uow:
        names = {one.id: one.code_name for one in people_of_case(uow, case)}
        return {names[row.case_person_id]: row.harm for row in concerned_by(uow, one_claim(uow, case, claim.id))}


def test_several_claims_are_recorded_at_once_and_one_harm_holds_for_all(runtime, pages, ana, case, claims, people):  # noqa: PLR0917 - fixtures
    first, second = claims
    mother, son, daughter = people
    typed = {cell("concerns", first, one): "y" for one in people}
    typed |= {cell("harm", first, mother): "Lost the home", cell("harm", first, daughter): "Left her school"}
    typed |= {f"same_{first.id.hex}": "y", cell("concerns", second, son): "y"}
    page = pages(ana).submit(f"/cases/{case.id}/people/grid", **typed)
    assert page.path == f"/cases/{case.id}/people"
    harm = {"V1": "Lost the home", "V2": "Lost the home", "V3": "Left her school"}
    assert recorded(runtime, ana, case, first) == harm
    assert recorded(runtime, ana, case, second) == {"V2": ""}
    again = pages(ana).get(f"/cases/{case.id}/people/grid")
    assert again.html.count("Lost the home") == 2
    assert "the bank" not in again.words


def test_without_the_box_each_keeps_their_own_harm(runtime, pages, ana, case, claims, people):  # noqa: PLR0917 - fixtures
    first, (mother, son, _) = claims[0], people
    typed = {cell("concerns", first, one): "y" for one in (mother, son)} | {
        cell("harm", first, mother): "Lost the home"
    }
    pages(ana).submit(f"/cases/{case.id}/people/grid", **typed)
    assert recorded(runtime, ana, case, first) == {"V1": "Lost the home", "V2": ""}


def test_without_a_claim_the_page_says_what_to_do(pages, ana, case):
    assert "There is no claim yet." in pages(ana).get(f"/cases/{case.id}/people/grid").words


def test_the_statements_do_not_grow_with_the_grid(runtime, pages, ana, case, claims, people):  # noqa: PLR0917 - fixtures
    few = len(pages(ana).get(f"/cases/{case.id}/people/grid").statements)
    for _ in range(3):
        make_person(runtime.units, ana, case)
        make_claim(runtime.units, ana, case)
    assert len(pages(ana).get(f"/cases/{case.id}/people/grid").statements) == few


def test_a_claim_of_the_grid_concerns_all_victims_only_where_that_is_said(runtime, pages, ana, case, claims, people):  # noqa: PLR0917 - fixtures
    first, address = claims[0], f"/cases/{case.id}/people/grid"
    browser, box = pages(ana), cell("concerns", first, people[0])
    browser.submit(address, **{box: "y"})
    page = browser.submit(address, status=422, **{box: ""})
    assert "Tick this if the claim concerns all victims" in page.words
    browser.send(page, **{f"everybody_{first.id.hex}": "y"})
    assert recorded(runtime, ana, case, first) == {}
