"""The State's objections: recording, errors at the field, and facts for the law engine."""

import pytest

from caseflow.features.cases.queries import whole_case
from caseflow.features.readiness.facts import case_document
from caseflow.law import StateObjection
from caseflow.models import Role
from tests.factories import known, make_actor, make_case, make_claim, make_objection, make_section, reload_case


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def document(runtime, ana, case):
    with runtime.units.begin(ana) as uow:
        return case_document(uow, whole_case(uow, case.id))


def objections(runtime, ana, case):
    return document(runtime, ana, case).facts.state_objections


def confirm(pages, ana, case, *, is_checked=True):
    pages(ana).submit(f"/cases/{case.id}/objections/checked", is_without_objections="y" if is_checked else "")


def test_an_objection_is_recorded_shown_changed_and_removed(pages, runtime, ana, case):
    address = f"/cases/{case.id}/objections"
    typed = {"ground": "exhaustion", "raised__month": "5", "raised__year": "2022", "names_remedy": "no"}
    page = pages(ana).submit(f"{address}/new", **typed, summary="Remedies were open.")
    assert page.path == f"/cases/{case.id}/committee"
    assert "Domestic remedies not exhausted (art. 3(1))" in page.words
    assert "May 2022" in page.words
    assert "Names a remedy that is left: no" in page.words
    (recorded,) = objections(runtime, ana, case)
    assert recorded == StateObjection("exhaustion", known(2022, 5), names_remedy=False, summary="Remedies were open.")
    place = document(runtime, ana, case).place_of("/state_objections/0/raised")
    assert (place.endpoint, place.anchor) == ("objections.edit", "raised-day")
    one = f"{address}/{place.ids['objection_id']}"
    pages(ana).submit(one, names_remedy="yes")
    assert objections(runtime, ana, case)[0].names_remedy
    pages(ana).submit(f"{one}/remove")
    assert objections(runtime, ana, case) is None
    assert "Removed an objection of the State" in pages(ana).get(f"/cases/{case.id}/history").words


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"ground": ""}, ("ground", "Choose the ground")),
        ({"ground": "bad_weather"}, ("ground", "Choose one from the list")),
        ({"raised__year": "2999"}, ("raised", "is in the future")),
        ({"ground": "abuse", "names_remedy": "yes"}, ("names_remedy", "Only an objection that remedies were not")),
    ],
)
def test_an_impossible_objection_has_an_error_at_its_field_and_is_kept(pages, runtime, ana, typed, message):
    case = make_case(runtime.units, ana)
    given = {"ground": "exhaustion", "summary": "As the letter says.", **typed}
    page = pages(ana).submit(f"/cases/{case.id}/objections/new", **given, status=422)
    field, sentence = message
    assert sentence in page.error_at(field)
    assert page.form().values()["summary"] == ["As the letter says."]
    assert objections(runtime, ana, case) is None


def test_that_there_is_none_is_a_fact_once_it_is_confirmed_and_until_one_is_added(pages, runtime, ana, case):
    assert objections(runtime, ana, case) is None
    confirm(pages, ana, case)
    assert objections(runtime, ana, case) == ()
    assert "has answered, and objected to nothing." in pages(ana).get(f"/cases/{case.id}/committee").words
    make_objection(runtime.units, ana, case, ground="abuse")
    assert not reload_case(runtime.units, ana, case).is_without_objections
    assert [each.ground for each in objections(runtime, ana, case)] == ["abuse"]
    confirm(pages, ana, case)
    assert "objected to nothing else" in pages(ana).get(f"/cases/{case.id}/committee").words
    confirm(pages, ana, case, is_checked=False)
    assert "did the State object to anything else?" in pages(ana).get(f"/cases/{case.id}/committee").words


def test_a_stale_objection_shows_both_texts(pages, runtime, ana, case):
    path = f"/cases/{case.id}/objections/{make_objection(runtime.units, ana, case, summary='First').id}"
    stale = pages(ana).get(path)
    pages(ana).submit(path, summary="Second")
    page = pages(ana).send(stale, summary="Third", status=409)
    assert "Second" in page.words
    assert page.form().values()["summary"] == ["Third"]


def test_the_finding_says_when_the_state_objected_and_leads_to_the_objection(pages, runtime, ana, case):
    make_claim(runtime.units, ana, case)
    objection = make_objection(runtime.units, ana, case, raised=known(2022, 5, 2), names_remedy=False)
    page = pages(ana).get(f"/cases/{case.id}/readiness")
    assert "The State objected to this on 2 May 2022. It named no remedy that is left" in page.words
    assert f"/cases/{case.id}/objections/{objection.id}" in page.html


def test_the_page_says_what_objections_and_silence_mean_with_the_paragraph(pages, runtime, ana, case):
    committee = f"/cases/{case.id}/committee"
    make_objection(runtime.units, ana, case, ground="abuse")
    assert "What this means" not in pages(ana).get(committee).words
    confirm(pages, ana, case)
    words = pages(ana).get(committee).words
    assert (
        "Domestic remedies not exhausted (art. 3(1)). No objection is recorded. A State that does not object" in words
    )
    assert "The Committee may still find the objection inside another one. CESCR, 17/2016" in words
    assert (
        "Outside the Covenant (art. 3(2)(d)). No objection is recorded. The State can't give up this condition" in words
    )
    make_objection(runtime.units, ana, case, names_remedy=False)
    words = pages(ana).get(committee).words
    assert "It named no remedy that is left" in words
    assert "CESCR, 176/2020, Ziablitsev v. France (E/C.12/71/D/176/2020), paras. 6.5 to 6.7" in words
    assert "No objection is recorded" not in words, "adding one withdraws the confirmation"
