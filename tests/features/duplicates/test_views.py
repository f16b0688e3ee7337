"""The pages of persons who were recorded twice: the list, side by side, the merge, and undoing it."""

import pytest
from sqlalchemy import select

from caseflow.features.people.queries import people_of_case
from caseflow.models import AuditEntry, ConsentScope, ConsentStatus, Role
from tests.factories import make_actor, make_case, make_claim, make_consent, make_person, make_section, seal
from tests.factories.merging import merge

ROSA = {"name": "Rosa Navarro", "phone": "+34 600 111 222", "birth_date": "1984-03-27"}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def cases(runtime, ana):
    return [make_case(runtime.units, ana) for _ in range(2)]


@pytest.fixture
def twice(runtime, ana, cases):
    """The same person in two cases."""
    return [make_person(runtime.units, ana, case, description="mother of four", **ROSA) for case in cases]


def compare(first, second):
    return f"/people/twice/{first.id}/{second.id}"


def test_the_list_says_why_and_names_nobody(pages, ana, twice):
    page = pages(ana).get("/people/twice")
    for reason in ("Same phone number", "Same whole name", "Same date of birth"):
        assert reason in page.words
    assert page.html.count(compare(*twice)) == 1  # although they share three digests
    assert "Navarro" not in page.html


def test_a_family_that_shares_a_phone_is_not_suggested(runtime, pages, ana, cases):
    for name in ("Rosa Navarro", "Luis Navarro", "Eva Ortega"):
        make_person(runtime.units, ana, cases[0], name=name, phone=ROSA["phone"])
    assert ">Compare<" not in pages(ana).get("/people/twice").html


def test_what_many_share_is_no_reason(runtime, pages, ana, cases):
    for number in range(6):
        make_person(runtime.units, ana, cases[number % 2], name="Rosa Navarro")
    assert "Nobody seems to be recorded twice" in pages(ana).get("/people/twice").words


def test_persons_of_cases_that_are_not_seen_are_not_suggested(runtime, pages, section, ana, cases):
    make_person(runtime.units, ana, cases[0], **ROSA)
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    sealed = seal(runtime.units, eva, make_case(runtime.units, eva))
    make_person(runtime.units, eva, sealed, **ROSA)
    assert ">Compare<" in pages(eva).get("/people/twice").html
    assert "Nobody seems to be recorded twice" in pages(ana).get("/people/twice").words


def test_two_persons_are_merged_with_a_choice_and_the_history_says_so(runtime, pages, ana, cases, twice):
    browser = pages(ana)
    page = browser.get(compare(*twice))
    assert "Navarro" not in page.html
    browser.submit(compare(*twice), is_same="y", identity="both")
    person = browser.get(f"/cases/{cases[1].id}/people/{twice[1].id}")
    assert "Recorded twice" in person.words
    assert cases[0].reference in person.words
    for case in cases:
        assert "Merged two records of a person" in browser.get(f"/cases/{case.id}/history").words
    assert "Nobody seems to be recorded twice" in browser.get("/people/twice").words


def test_without_the_tick_nothing_is_merged(pages, ana, twice):
    page = pages(ana).submit(compare(*twice), status=422)
    assert "Tick this if you are sure" in page.words


def test_the_code_name_of_a_merged_role_leads_to_the_one_that_stays(runtime, pages, ana, cases):
    twice = [make_person(runtime.units, ana, cases[0], **ROSA) for _ in range(2)]
    merge(runtime.units, ana, *twice)
    page = pages(ana).get(f"/cases/{cases[0].id}/people/{twice[1].id}", status=302)
    assert page.answer.headers["Location"].endswith(f"/people/{twice[0].id}")
    with runtime.units.begin(ana) as uow:
        assert [one.code_name for one in people_of_case(uow, cases[0])] == ["V1"]


def test_what_changed_while_somebody_looked_is_looked_at_again(runtime, pages, ana, cases, twice):
    browser = pages(ana)
    drawn = browser.get(compare(*twice))
    make_consent(runtime.units, ana, cases[0], twice[0])
    again = browser.send(drawn, status=409, is_same="y", identity="both")
    assert "was changed while you looked" in again.words
    assert "are one person now" in browser.send(again, is_same="y", identity="both").words


def test_a_merge_is_undone_with_a_reason_and_not_after_a_change(runtime, pages, ana, cases, twice):
    made = merge(runtime.units, ana, *twice)
    browser, address = pages(ana), f"/people/twice/merges/{made.id}"
    assert "Undo the merge" in browser.get(address).words
    make_consent(runtime.units, ana, cases[0], twice[0])
    page = browser.get(address)
    assert "A consent of the person was added or changed since." in page.words
    assert "Why are these two not the same person?" not in page.words


def test_an_undone_merge_says_so(runtime, pages, ana, cases, twice):
    made = merge(runtime.units, ana, *twice)
    browser, address = pages(ana), f"/people/twice/merges/{made.id}"
    assert "Say why these two are not the same person." in browser.submit(address, status=422).words
    browser.submit(address, reason="Two sisters")
    page = browser.get(address)
    assert "Two sisters" in page.words
    assert ">Compare<" in browser.get("/people/twice").html
    with runtime.units.begin(ana) as uow:
        acts = uow.session.scalars(select(AuditEntry.action).where(AuditEntry.case_id == cases[1].id)).all()
    assert "person.unmerged" in acts


def test_the_stricter_answer_stands_and_the_history_keeps_both(runtime, pages, ana, cases):
    make_claim(runtime.units, ana, cases[0])
    twice = [make_person(runtime.units, ana, cases[0], **ROSA) for _ in range(2)]
    make_consent(runtime.units, ana, cases[0], twice[0], ConsentScope.SUBMIT)
    make_consent(runtime.units, ana, cases[0], twice[1], ConsentScope.SUBMIT, status=ConsentStatus.REFUSED, how=None)
    merge(runtime.units, ana, *twice)
    with runtime.units.begin(ana) as uow:
        (person,) = people_of_case(uow, cases[0])
        assert [(one.scope, one.status) for one in person.consents] == [(ConsentScope.SUBMIT, ConsentStatus.REFUSED)]
    words = pages(ana).get(f"/cases/{cases[0].id}/history").words
    assert "Two records of a person had different answers" in words
