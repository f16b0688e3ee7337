"""Two persons who look the same and are not: said with a reason, not suggested again, and taken back."""

import pytest
from sqlalchemy import select

from caseflow.errors import Conflict
from caseflow.features.duplicates import queries
from caseflow.features.duplicates.dismissing import say_different, take_back
from caseflow.features.duplicates.service import pair_of
from caseflow.models import AuditEntry, Role
from tests.factories import make_actor, make_case, make_person, make_section, seal
from tests.factories.merging import merge

ROSA = {"name": "Rosa Navarro", "phone": "+34 600 111 222"}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def cases(runtime, ana):
    return [make_case(runtime.units, ana) for _ in range(2)]


@pytest.fixture
def twice(runtime, ana, cases):
    return [make_person(runtime.units, ana, case, **ROSA) for case in cases]


def compare(first, second):
    return f"/people/twice/{first.id}/{second.id}"


def say(runtime, by, first, second, reason="Mother and daughter"):
    with runtime.units.begin(by) as uow:
        return say_different(uow, pair_of(uow, first.id, second.id), reason)


def test_who_is_not_the_same_is_not_suggested_again_until_it_is_taken_back(runtime, pages, ana, cases, twice):
    browser = pages(ana)
    assert "Say why these two are not" in browser.submit(compare(*twice) + "/different", status=422).words
    page = browser.submit(compare(*twice) + "/different", reason="Mother and daughter, same first name")
    for words in ("not suggested again", "Mother and daughter", "by Ana", "Take it back"):
        assert words in page.words
    assert "Nobody seems to be recorded twice" in browser.get("/people/twice").words
    listed = browser.get("/people/twice/different")
    for words in (cases[0].reference, cases[1].reference, "Mother and daughter", "by Ana"):
        assert words in listed.words
    compared = browser.get(compare(*twice))
    assert "these two are not the same" in compared.words
    assert "Merge into one person" not in compared.words
    assert "It was taken back" in browser.send(page).words
    assert ">Compare<" in browser.get("/people/twice").html
    assert "Nobody was said to be different" in browser.get("/people/twice/different").words
    with runtime.units.begin(ana) as uow:
        for case in cases:
            found = select(AuditEntry.action).where(AuditEntry.case_id == case.id).order_by(AuditEntry.sequence)
            assert uow.session.scalars(found).all()[-2:] == ["person.said_different", "person.different_taken_back"]
    words = browser.get(f"/cases/{cases[0].id}/history").words
    assert "Said that two persons who look the same are not" in words
    assert cases[1].reference not in words, "not everybody sees both cases"


def test_who_is_not_the_same_is_not_merged(runtime, ana, twice):
    said = say(runtime, ana, *twice)
    with pytest.raises(Conflict, match="take that back first"):
        merge(runtime.units, ana, *twice)
    with pytest.raises(Conflict, match="already"):
        say(runtime, ana, *reversed(twice))
    with runtime.units.begin(ana) as uow:
        take_back(uow, queries.one_difference(uow, said.id))
    assert merge(runtime.units, ana, *twice).undone_at is None


def test_it_is_taken_back_once(runtime, ana, twice):
    said = say(runtime, ana, *twice)
    moments = []
    for _ in range(2):
        with runtime.units.begin(ana) as uow:
            moments.append(take_back(uow, queries.one_difference(uow, said.id)).taken_back_at)
    with runtime.units.begin(ana) as uow:
        found = select(AuditEntry.id).where(AuditEntry.action == "person.different_taken_back")
        assert len(uow.session.scalars(found).all()) == len(twice)  # one in the history of each case
    assert moments[0] == moments[1]


def test_it_holds_for_whoever_was_merged_into_one_of_the_two(runtime, pages, ana, cases, twice):
    third = make_person(runtime.units, ana, make_case(runtime.units, ana), **ROSA)
    say(runtime, ana, twice[1], third)
    merge(runtime.units, ana, *twice)
    assert "Nobody seems to be recorded twice" in pages(ana).get("/people/twice").words
    with pytest.raises(Conflict, match="take that back first"):
        merge(runtime.units, ana, twice[0], third)


def test_nobody_reads_of_a_person_whom_they_do_not_see(runtime, pages, section, ana, twice):
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    hidden = make_person(runtime.units, eva, seal(runtime.units, eva, make_case(runtime.units, eva)), **ROSA)
    said = say(runtime, eva, twice[0], hidden)
    pages(ana).get(f"/people/twice/different/{said.id}", status=404)
    assert "Nobody was said to be different" in pages(ana).get("/people/twice/different").words
