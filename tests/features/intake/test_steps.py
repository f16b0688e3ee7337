"""Intake in three steps: search, consent, the form; what is carried, what is refused, and what is recorded."""

import pytest
from sqlalchemy import select, text

from caseflow.features.cases.queries import case_by_reference, whole_case
from caseflow.features.contacts.queries import channels_of
from caseflow.features.people.queries import people_of_case, relations_in_case
from caseflow.law import UncertainDate
from caseflow.models import ConsentScope, ConsentStatus, Draft, Role
from tests.factories import make_actor, make_case, make_person, make_section

SEARCHED = {
    "name": "Zerusalda Quirós",
    "phone": "+34 600 111 222",
    "people_number": "6",
    "state_code": "ES",
    "right": "HOUSING",
    "place": "Valdeoliva",
}
ANSWERED = {"scope_record": "given", "scope_contact": "given", "scope_submit": "given", "how": "telephone"}
RECORDED = {
    "title": "Family of six evicted this morning",
    "p2_name": "Ibai Quirós",
    "p2_age": "child",
    "p2_to_first": "child",
    "p3_name": "Nerea Quirós",
    "p3_age": "child",
    "p3_to_first": "child",
    "p4_name": "Unax Quirós",
    "p4_age": "adult",
    "p4_to_first": "spouse",
    "p5_description": "grandmother",
    "p5_to_first": "parent",
    "safe_from": "18",
    "safe_until": "20:30",
}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


def values_of(page):
    """Return the values of the boxes of a page; of several of one name the first."""
    found = page.form().values().items()
    return {name: next(iter(value), "") if isinstance(value, list) else value for name, value in found}


def press(browser, drawn, then, **typed):
    """Send the form of a page with one of its other buttons."""
    form = drawn.form()
    page = browser.post(form.attributes["action"], {**form.values(), **typed, "then": then})
    assert page.status == 200, page.words[:400]
    return page


def consent_page(browser, **searched):
    return browser.submit("/intake", **SEARCHED | searched)


def record_page(browser, **answered):
    return browser.send(consent_page(browser), **ANSWERED | answered)


def opened(runtime, ana, page):
    with runtime.units.begin(ana) as uow:
        case = whole_case(uow, case_by_reference(uow, page.markup.title.split()[2]).id)
        return case, people_of_case(uow, case), relations_in_case(uow, case)


def test_a_household_is_recorded_in_three_steps(runtime, pages, ana):
    browser = pages(ana)
    third = record_page(browser, for_children="y")
    page = browser.send(third, **RECORDED)
    case, people, relations = opened(runtime, ana, page)
    assert (case.title, case.place_region, case.rights) == (RECORDED["title"], "Valdeoliva", ["HOUSING"])
    assert [claim.rights for claim in case.claims] == [["HOUSING"]]
    assert [(one.code_name, one.person.is_child, one.person.is_named, one.person.size) for one in people] == [
        ("V1", None, True, None),
        ("V2", True, True, None),
        ("V3", True, True, None),
        ("V4", False, True, None),
        ("V5", None, False, None),
        ("V6", None, False, 1),
    ]
    assert [(one.code_name, one.kind.value, one.other) for one in relations] == [
        ("V1", "parent", "V2"),
        ("V1", "parent", "V3"),
        ("V1", "spouse", "V4"),
        ("V5", "parent", "V1"),
    ]
    given = {ConsentScope.RECORD, ConsentScope.CONTACT, ConsentScope.SUBMIT}
    for one in people[:3]:
        assert {row.scope for row in one.consents if row.status is ConsentStatus.GIVEN} == given, one.code_name
    assert {row.given_by_id for row in people[1].consents} == {people[0].id}
    assert not [row for one in people[3:] for row in one.consents], "adults answer for themselves"
    with runtime.units.begin(ana) as uow:
        (channel,) = channels_of(uow, people[0])
    assert (channel.kind.value, f"{channel.safe_from:%H:%M}", f"{channel.safe_until:%H:%M}") == (
        "phone",
        "18:00",
        "20:30",
    )


def test_names_stand_in_no_address_title_trail_or_second_step(runtime, pages, ana):
    browser = pages(ana)
    second = consent_page(browser)
    assert "Quir" not in second.html
    page = browser.send(browser.send(second, **ANSWERED), **RECORDED)
    for path in (page.path, f"{page.path.rpartition('/')[0]}/history", f"{page.path.rpartition('/')[0]}"):
        shown = browser.get(path)
        assert "Quir" not in shown.html, path
    with runtime.units.begin(ana) as uow:
        kept = uow.session.execute(text("SELECT row_to_json(a)::text FROM audit_entry a")).scalars().all()
    assert kept
    assert not [one for one in kept if "Quir" in one or "600 111" in one]


def test_what_was_entered_is_carried_forward_and_back(pages, ana):
    browser = pages(ana)
    third = record_page(browser)
    values = values_of(third)
    assert (values["p1_name"], values["address"], values["place"]) == (
        SEARCHED["name"],
        SEARCHED["phone"],
        "Valdeoliva",
    )
    assert [number for number in range(1, 9) if f"p{number}_name" in values] == [1, 2, 3, 4, 5, 6]
    second = press(browser, third, "back", title="Typed", p3_name="Nerea")
    assert 'name="scope_submit" type="radio" value="given" checked' in second.html
    first = press(browser, second, "back")
    assert values_of(first)["name"] == SEARCHED["name"]
    again = browser.send(browser.send(first), **ANSWERED)
    values = values_of(again)
    assert (values["title"], values["p3_name"]) == ("Typed", "Nerea")


def test_one_more_person_keeps_what_was_typed(pages, ana):
    browser = pages(ana)
    page = press(browser, record_page(browser), "more", p6_name="Six")
    values = values_of(page)
    assert (values["p6_name"], values["p7_name"]) == ("Six", "")


def test_a_search_for_nothing_is_refused_and_can_be_left_out(pages, ana):
    browser = pages(ana)
    page = browser.submit("/intake", status=422)
    assert "Enter a name, a phone number, a place or a day to search for" in page.error_at("name")
    assert "step 2 of 3" in press(browser, page, "on").words


def test_without_consent_to_keep_a_record_nothing_is_recorded(runtime, pages, ana):
    page = pages(ana).send(consent_page(pages(ana)), status=422, scope_record="refused")
    assert "The person does not wish a record to be kept" in page.error_at("scope_record")
    with runtime.units.begin(ana) as uow:
        assert not uow.session.scalars(select(Draft)).all(), "not even a draft"


def test_it_is_asked_how_something_was_allowed(pages, ana):
    page = pages(ana).send(consent_page(pages(ana)), status=422, scope_submit="given")
    assert "Choose how the person consented." in page.error_at("how")


def test_whoever_does_not_wish_to_be_contacted_gets_no_way_to_be_reached(pages, ana):
    page = pages(ana).send(record_page(pages(ana), scope_contact="refused"), status=422, **RECORDED)
    assert "The person does not wish to be contacted." in page.error_at("address")
    assert RECORDED["p3_name"] in page.html


def test_a_message_names_the_person_and_nothing_typed_is_lost(pages, ana):
    wrong = {"p3_to_first": "spouse", "p4_name": "x" * 400}
    page = pages(ana).send(record_page(pages(ana)), status=422, **RECORDED | wrong)
    assert page.error_at("p4_name").startswith("Person 4: Use at most 250 characters")
    page = pages(ana).send(page, status=422, p4_name="Unax")
    assert page.error_at("p3_to_first").startswith("Person 3: This does not go together")
    assert 'href="#p3_to_first"' in page.html
    assert RECORDED["p2_name"] in page.html


def test_the_size_is_not_smaller_than_the_list(pages, ana):
    page = pages(ana).send(record_page(pages(ana)), status=422, **RECORDED | {"people_number": "2"})
    assert "Enter how many people it concerns in all" in page.error_at("people_number")


def test_an_altered_or_foreign_box_is_refused(runtime, pages, ana, section):
    berta = make_actor(runtime.units, (section, Role.CASEWORKER), name="Berta")
    carried = values_of(consent_page(pages(ana)))["carried"]
    for typed in (carried, f"{carried[:-8]}AAAAAAA=", "x"):
        page = pages(berta).submit("/intake/consent", status=422, carried=typed, **ANSWERED)
        assert "What was entered in the steps before can't be read any more." in page.words
        assert "Quir" not in page.html


def matches(browser, **typed):
    return browser.submit("/intake", **typed)


def test_a_match_says_why_and_reveals_nobody(runtime, pages, ana):
    case = make_case(runtime.units, ana, title="Eviction in the old town", place_region="Valdeoliva")
    make_person(runtime.units, ana, case, name="Zerusalda Quirós", phone="600 111 222", description="mother")
    page = matches(
        pages(ana), name="quiros zerusalda", phone="0034600111222", place="valdeoliva", right="HOUSING", state_code="ES"
    )
    for words in (
        "1 case may be the same",
        case.reference,
        "Same name as V1",
        "Same phone number as V1",
        "Same place: Valdeoliva",
        "Same right",
        "Same State: Spain",
    ):
        assert words in page.words, words
    assert "Zerusalda" not in page.words
    assert "step 2 of 3" in press(pages(ana), page, "on").words


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ({"place": "Valdeoliva", "state_code": "ES"}, True),
        ({"place": "Elsewhere", "state_code": "ES", "right": "HOUSING"}, False),
        ({"happened__day": "9", "happened__month": "3", "happened__year": "2026", "right": "HOUSING"}, True),
        ({"happened__day": "19", "happened__month": "3", "happened__year": "2026", "right": "HOUSING"}, False),
        ({"happened__year": "2026", "right": "HOUSING", "state_code": "ES"}, False),
        ({"name": "Nobody Known"}, False),
    ],
)
def test_a_case_matches_by_place_or_day_and_something_besides(runtime, pages, ana, typed, is_found):
    when = UncertainDate.parse("2026-03-05")
    case = make_case(runtime.units, ana, title="Eviction in the old town", place_region="Valdeoliva", happened=when)
    page = matches(pages(ana), **typed)
    assert (case.reference in page.words) is is_found
    assert ("step 2 of 3" in page.words) is not is_found


def test_a_new_case_is_opened_for_somebody_who_is_recorded_already(runtime, pages, ana):
    case = make_case(runtime.units, ana, title="Eviction in the old town")
    rosa = make_person(runtime.units, ana, case, name="Zerusalda Quirós", description="mother of four")
    browser = pages(ana)
    found = matches(browser, **SEARCHED)
    assert f"New case for V1 of {case.reference}" in found.words
    form = found.form()
    second = browser.post(form.attributes["action"], {**form.values(), "known": str(rosa.id)})
    third = browser.send(second, **ANSWERED)
    values = values_of(third)
    assert "Person 1: recorded already as V1 of another case" in third.words
    assert "p1_name" not in values
    assert (values["p1_description"], values["address"]) == ("mother of four", "")
    new, people, _ = opened(runtime, ana, browser.send(third, title="Evicted again", p2_name="Ibai"))
    assert new.id != case.id
    assert people[0].person_id == rosa.person_id
    assert people[0].person.is_named
    assert {row.scope for row in people[0].consents} == {ConsentScope.RECORD, ConsentScope.CONTACT, ConsentScope.SUBMIT}


@pytest.mark.parametrize("back", [True, False])
def test_whoever_was_chosen_is_forgotten_when_the_search_goes_on_without_them(runtime, pages, ana, back):
    case = make_case(runtime.units, ana)
    rosa = make_person(runtime.units, ana, case, name="Zerusalda Quirós")
    browser = pages(ana)
    form = matches(browser, **SEARCHED).form()
    second = browser.post(form.attributes["action"], {**form.values(), "known": str(rosa.id)})
    if back:
        second = press(browser, press(browser, second, "back"), "on")
    assert ("p1_name" in values_of(browser.send(second, **ANSWERED))) is back


def test_nobody_else_can_be_chosen(runtime, pages, ana):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "FI"), Role.CASEWORKER), name="Stranger")
    hidden = make_person(
        runtime.units, stranger, make_case(runtime.units, stranger), name="Somebody", description="x y z"
    )
    browser = pages(ana)
    for chosen in (str(hidden.id), "no id"):
        form = browser.get("/intake").form()
        second = browser.post("/intake", {**form.values(), "known": chosen})
        third = browser.send(second, **ANSWERED)
        assert "p1_name" in values_of(third)
        assert "x y z" not in third.html
