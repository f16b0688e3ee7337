"""Several cases are assigned to one person: each with its own version, refusal and entry in the history."""

import pytest
from sqlalchemy import select

from caseflow.features.cases.assigning.commands import AssignCases
from caseflow.features.cases.assigning.service import assign_cases
from caseflow.models import AuditEntry, Role
from tests.factories import alter_case, make_actor, make_case, make_section, reload_case, seal, share


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def head(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def cases(runtime, head):
    return [make_case(runtime.units, head, title=f"Case {number}") for number in range(3)]


def owners_of(runtime, head, cases):
    return [reload_case(runtime.units, head, case).owner_id for case in cases]


def address(*cases):
    return "/cases/assign?" + "&".join(f"chosen={case.id}" for case in cases)


def test_the_chosen_cases_of_the_list_are_assigned(runtime, pages, head, ana, cases):
    browser = pages(head)
    drawn = browser.get("/cases?text=case")
    assert drawn.html.count('name="chosen"') == 3
    chosen = cases[:2]
    page = browser.submit(address(*chosen), owner=str(ana.user_id))
    assert page.path == "/cases"
    assert f"{ana.name} now owns: {chosen[0].reference}, {chosen[1].reference}." in page.words
    assert owners_of(runtime, head, cases) == [ana.user_id, ana.user_id, head.user_id]
    with runtime.units.begin(head) as uow:
        acts = select(AuditEntry.case_id).where(AuditEntry.action == "case.assigned")
        assert sorted(uow.session.scalars(acts)) == sorted(case.id for case in chosen)


def test_it_says_what_is_missing_and_keeps_what_was_chosen(runtime, pages, head, ana, cases):
    browser = pages(head)
    page = browser.submit(address(*cases), status=422, chosen=[str(cases[1].id)], owner="")
    assert page.error_at("owner") == "Choose the new owner."
    assert page.form().values()["chosen"] == [str(cases[1].id)]
    page = browser.submit(address(*cases), status=422, chosen=[], owner=str(ana.user_id))
    assert page.error_at("chosen") == "Choose at least one case."
    assert page.form().values()["owner"] == [str(ana.user_id)]
    assert "No case was chosen" in browser.get("/cases/assign").words
    assert owners_of(runtime, head, cases) == [head.user_id] * 3


def test_one_refusal_does_not_undo_the_others(runtime, pages, head, ana, cases):
    changed, sealed, plain = cases
    seal(runtime.units, head, sealed)
    browser = pages(head)
    drawn = browser.get(address(*cases))
    alter_case(runtime.units, head, changed, title="Changed meanwhile")
    page = browser.send(drawn, owner=str(ana.user_id))
    assert f"{ana.name} now owns: {plain.reference}." in page.words
    assert f"Not assigned: {changed.reference}. Someone else saved this meanwhile." in page.words
    assert f"Not assigned: {sealed.reference}. Only the owner sees a sealed case." in page.words
    assert owners_of(runtime, head, cases) == [head.user_id, head.user_id, ana.user_id]


def test_an_owner_who_has_it_already_makes_no_entry(runtime, pages, head, cases):
    page = pages(head).submit(address(*cases[:1]), owner=str(head.user_id))
    assert f"These had this owner already: {cases[0].reference}." in page.words
    with runtime.units.begin(head) as uow:
        assert uow.session.scalar(select(AuditEntry.id).where(AuditEntry.action == "case.assigned")) is None


def test_nobody_can_be_chosen(runtime, pages, head, cases):
    page = pages(head).submit(address(cases[0]), owner="none")
    assert f"Now without an owner: {cases[0].reference}." in page.words
    assert owners_of(runtime, head, cases[:1]) == [None]


def test_cases_of_other_sections_are_left_out_or_refused(runtime, pages, head, ana, cases):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.SECTION_COORDINATOR))
    shared, hidden = (make_case(runtime.units, stranger) for _ in range(2))
    share(runtime.units, stranger, shared, head)
    browser = pages(head)
    page = browser.get(address(cases[0], shared, hidden), may_name=("FR",))
    assert page.form().values()["chosen"] == [str(cases[0].id)]
    assert "1 of the chosen cases is left out" in page.words
    assert browser.get("/cases", may_name=("FR",)).html.count('name="chosen"') == 3
    with runtime.units.begin(head) as uow:
        versions = {one.id: 1 for one in (shared, hidden)}
        done = assign_cases(uow, AssignCases(versions=versions, owner_id=ana.user_id))
    assert ([reference for reference, _ in done.refused], done.missing, done.done) == ([shared.reference], 1, [])
    assert owners_of(runtime, stranger, (shared, hidden)) == [stranger.user_id] * 2


def test_caseworkers_assign_nothing(runtime, pages, head, ana, cases):
    browser = pages(ana)
    assert "Assign the chosen cases" not in browser.get("/cases").html, "they choose cases to flag them"
    browser.get(address(*cases), status=403)


@pytest.mark.parametrize("versions", ["", "x", "{id}:", "{id}:99", "{id}:99999999999999999999", "::::"])
def test_a_version_that_does_not_fit_changes_nothing(runtime, pages, head, ana, versions):
    case = make_case(runtime.units, head)
    shown = versions.replace("{id}", str(case.id))
    page = pages(head).submit(address(case), owner=str(ana.user_id), versions=shown)
    assert f"Not assigned: {case.reference}." in page.words
    assert owners_of(runtime, head, [case]) == [head.user_id]


def test_the_statements_of_the_page_do_not_grow(runtime, pages, head, cases):
    browser = pages(head)
    browser.get(address(*cases))
    assert len(browser.get(address(*cases)).statements) == len(browser.get(address(cases[0])).statements)
