"""The pages of persons: adding, households, whom a claim concerns, and identities that are shown with a reason."""

import pytest
from sqlalchemy import update

from caseflow.features.people.queries import people_of_case, relations_in_case
from caseflow.models import ReminderSetting, Role
from tests.factories import make_actor, make_case, make_claim, make_person, make_section

ROSA = {"name": "Rosa Navarro", "phone": "+34 600 111 222"}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def carmen(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def rosa(runtime, ana, case):
    return make_person(runtime.units, ana, case, description="mother of four", **ROSA)


def page_of(case, person):
    return f"/cases/{case.id}/people/{person.id}"


def test_a_person_is_added_and_shown_by_code_name_alone(pages, ana, case):
    typed = {"name": "Rosa Navarro", "roles": "victim", "description": "mother of four", "kind": "individual"}
    pages(ana).submit(f"/cases/{case.id}/people/new", **typed)
    page = pages(ana).get(f"/cases/{case.id}/people")
    assert "V1" in page.words
    assert "mother of four" in page.words
    assert "Navarro" not in page.words


def test_a_person_without_a_role_is_refused_and_nothing_typed_is_lost(pages, ana, case):
    page = pages(ana).submit(f"/cases/{case.id}/people/new", status=422, name="Rosa Navarro", kind="individual")
    assert "Choose what the person is in this case." in page.words
    assert "Rosa Navarro" in page.html


def test_a_household_is_recorded_in_one_pass(runtime, pages, ana, case):
    lines = "Rosa Navarro, 34, mother\nIbai, 7\n\nAna María, 2, has asthma"
    typed = {"people": lines, "is_parent": "y", "size": "5", "phone": "600111222"}
    pages(ana).submit(f"/cases/{case.id}/people/household", **typed)
    with runtime.units.begin(ana) as uow:
        people = people_of_case(uow, case)
        assert [(one.code_name, one.description, one.person.is_child, one.person.size) for one in people] == [
            ("V1", "mother", False, None),
            ("V2", "", True, None),
            ("V3", "has asthma", True, None),
            ("V4", "", None, 2),
        ]
        assert [(one.code_name, one.other) for one in relations_in_case(uow, case)] == [("V1", "V2"), ("V1", "V3")]


def test_a_household_is_not_smaller_than_its_list(pages, ana, case):
    page = pages(ana).submit(f"/cases/{case.id}/people/household", status=422, people="Rosa\nIbai", size="1")
    assert "Enter how many live there in all" in page.words


def test_a_claim_concerns_the_people_who_are_chosen(pages, ana, runtime, case, rosa):
    make_person(runtime.units, ana, case)
    claim = make_claim(runtime.units, ana, case)
    address = f"/cases/{case.id}/people/of-claim/{claim.id}"
    pages(ana).submit(address, **{f"concerns_{rosa.id.hex}": "y", f"harm_{rosa.id.hex}": "Lost her home"})
    assert "Lost her home" in pages(ana).get(address).html


def test_a_claim_never_comes_to_concern_everybody_unsaid(pages, ana, runtime, case, rosa):
    make_person(runtime.units, ana, case)
    claim = make_claim(runtime.units, ana, case)
    address = f"/cases/{case.id}/people/of-claim/{claim.id}"
    browser, everybody, box = pages(ana), f"everybody_{claim.id.hex}", f"concerns_{rosa.id.hex}"
    assert everybody not in browser.get(address).html
    browser.submit(address, **{box: "y"})
    removed = browser.submit(f"{page_of(case, rosa)}/remove", status=422)
    assert "Claims that concern V1 alone: 1." in removed.words
    cleared = browser.get(address)
    cleared = browser.send(cleared, status=422, **{box: ""})
    assert "Tick this if the claim concerns all victims" in cleared.words
    assert "not both" in browser.send(cleared, status=422, **{box: "y", everybody: "y"}).words
    browser.send(cleared, **{box: "", everybody: "y"})
    browser.submit(f"{page_of(case, rosa)}/remove")


def test_an_identity_is_shown_with_a_reason(pages, ana, case, rosa):
    before = pages(ana).get(page_of(case, rosa))
    assert "Navarro" not in before.words
    pages(ana).submit(page_of(case, rosa) + "/reveal", reason="She is on the phone")
    after = pages(ana).get(page_of(case, rosa))
    assert "Rosa Navarro" in after.words
    assert after.answer.headers["Cache-Control"] == "no-store"


def test_a_coordinator_sees_who_saw_whom_and_why(pages, ana, carmen, case, rosa):
    pages(ana).submit(page_of(case, rosa) + "/reveal", reason="She is on the phone")
    page = pages(carmen).get("/section/reveals")
    assert "She is on the phone" in page.words
    assert case.reference in page.words
    assert "Navarro" not in page.words


def test_the_list_of_reveals_is_in_the_time_of_its_reader(pages, runtime, carmen, case, rosa):
    pages(carmen).submit(page_of(case, rosa) + "/reveal", reason="She is on the phone")
    assert " UTC" in pages(carmen).get("/section/reveals").words
    own = ReminderSetting.user_id == carmen.user_id
    with runtime.units.begin(carmen) as uow:
        uow.session.execute(update(ReminderSetting).where(own).values(time_zone="Europe/Madrid"))
    assert " in Madrid" in pages(carmen).get("/section/reveals").words


def test_a_second_person_agrees_where_the_section_asks_for_one(pages, ana, carmen, case, rosa):
    pages(carmen).submit("/section/reveals/setting", reveal_needs_second_person="y")
    pages(ana).submit(page_of(case, rosa) + "/reveal", reason="She is on the phone")
    assert "A coordinator of the section must agree" in pages(ana).get(page_of(case, rosa)).words
    waiting = pages(carmen).get("/section/reveals")
    pages(carmen).send(waiting)
    assert "Rosa Navarro" in pages(ana).get(page_of(case, rosa)).words


def test_an_identity_is_changed_while_it_is_shown_only(pages, ana, case, rosa):
    address = page_of(case, rosa) + "/identity"
    assert pages(ana).client.get(address).status_code == 303
    pages(ana).submit(page_of(case, rosa) + "/reveal", reason="She is on the phone")
    pages(ana).submit(address, name="Rosa Vega")
    assert "Rosa Vega" in pages(ana).get(page_of(case, rosa)).words


def test_somebody_on_the_phone_is_found_without_a_name_in_any_address(pages, ana, case, rosa):
    page = pages(ana).submit("/people/find", status=200, name="navarro rosa")
    assert case.reference in page.words
    assert "mother of four" in page.words
    nobody = pages(ana).submit("/people/find", status=200, name="somebody else")
    assert "Nobody matches" in nobody.words


@pytest.mark.parametrize(("typed", "said"), [({}, "Enter a name"), ({"phone": "12"}, "too short")])
def test_an_empty_or_short_question_is_refused(pages, ana, typed, said):
    assert said in pages(ana).submit("/people/find", status=422, **typed).words


@pytest.mark.parametrize("name", ["", "Rosa Navarro"])
def test_readiness_leads_to_the_name_of_the_author_where_it_is_missing(pages, ana, runtime, case, name):
    make_person(runtime.units, ana, case, "author", name=name)
    page = pages(ana).get(f"/cases/{case.id}/readiness")
    assert page.words.count("Record: A new person") == 1  # for the victims, of whom there is none
    assert ("Record: A1: Name" in page.words) is not bool(name)
