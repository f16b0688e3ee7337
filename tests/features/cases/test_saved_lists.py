"""Saved lists: their own for everybody, those of a section for its people, kept by its coordinators."""

import pytest
from sqlalchemy import select

from caseflow.errors import Invalid
from caseflow.features.cases.saved.commands import NewSavedList
from caseflow.features.cases.saved.service import MOST, save_list
from caseflow.models import AuditEntry, Role, SavedList
from tests.factories import make_actor, make_case, make_section

ADDRESS = "/cases/saved/new?text=flood&stage=intake&sort=clock"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def boss(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Bea")


def saved(runtime, actor):
    with runtime.units.begin(actor) as uow:
        return uow.session.scalars(select(SavedList).order_by(SavedList.name)).all()


def test_a_list_is_saved_with_its_words_filters_and_order(runtime, pages, ana):
    make_case(runtime.units, ana, title="A flood")
    page = pages(ana).get("/cases?text=flood&stage=intake&sort=clock&page=x")
    assert page.links["Save this list"] == ADDRESS
    shown = pages(ana).submit(page.links["Save this list"], name="Floods")
    (one,) = saved(runtime, ana)
    assert (one.name, one.query, one.section_id) == ("Floods", "text=flood&stage=intake&sort=clock", None)
    assert shown.links["Floods"] == f"/cases?{one.query}"
    assert "Save this list" not in shown.links
    assert "A flood" in shown.words


def test_all_cases_are_no_list_to_save(pages, ana):
    assert "Save this list" not in pages(ana).get("/cases").links
    page = pages(ana).submit("/cases/saved/new", name="All", status=422)
    assert "Choose a view" in page.error_at("name")


def test_what_is_no_filter_is_not_saved(runtime, pages, ana):
    pages(ana).submit("/cases/saved/new?view=mine&next=https://elsewhere.example&sort=nothing", name="Mine")
    assert [one.query for one in saved(runtime, ana)] == ["view=mine"]


def test_own_lists_are_seen_by_nobody_else_and_those_of_a_section_by_its_people(runtime, pages, ana, boss, section):
    pages(ana).submit(ADDRESS, name="Only Ana")
    pages(boss).submit("/cases/saved/new?view=due", name="For us", whose=str(section.id))
    assert [one.name for one in saved(runtime, ana)] == ["For us", "Only Ana"]
    assert [one.name for one in saved(runtime, boss)] == ["For us"]
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.SECTION_COORDINATOR))
    assert saved(runtime, stranger) == []


def test_a_caseworker_saves_for_no_section_and_changes_none_of_its_lists(runtime, pages, ana, boss, section):
    pages(boss).submit("/cases/saved/new?view=due", name="For us", whose=str(section.id))
    (ours,) = saved(runtime, ana)
    assert "Who has this list" not in pages(ana).get(ADDRESS).words
    values = dict(pages(ana).get(ADDRESS).form().values()) | {"name": "Mine", "whose": str(section.id)}
    assert pages(ana).post(ADDRESS, values).answer.status_code in {422, 303}
    assert [one.name for one in saved(runtime, ana)] == ["For us"]
    for address in (f"/cases/saved/{ours.id}", f"/cases/saved/{ours.id}/remove"):
        pages(ana).get(address, status=403)
    assert "Remove: For us" not in pages(ana).get("/cases/saved").words


def test_a_list_is_renamed_and_removed(runtime, pages, ana, section):
    pages(ana).submit(ADDRESS, name="Floods")
    (one,) = saved(runtime, ana)
    pages(ana).submit(f"/cases/saved/{one.id}", name="  Water   damage ")
    assert [again.name for again in saved(runtime, ana)] == ["Water damage"]
    pages(ana).submit(f"/cases/saved/{one.id}/remove")
    assert saved(runtime, ana) == []
    with runtime.units.begin(make_actor(runtime.units, (section, Role.AUDITOR))) as uow:
        entries = uow.session.scalars(select(AuditEntry).where(AuditEntry.subject == "saved_list")).all()
    assert sorted(entry.action for entry in entries) == ["saved_list.added", "saved_list.removed", "saved_list.renamed"]
    assert "flood" not in str([entry.changes for entry in entries])


def test_a_name_is_given_once(pages, ana):
    pages(ana).submit(ADDRESS, name="Floods")
    page = pages(ana).submit("/cases/saved/new?view=mine", name="FLOODS", status=422)
    assert "with this name already" in page.error_at("name")


def test_a_person_saves_twenty_lists_at_most(runtime, ana):
    with runtime.units.begin(ana) as uow:
        for number in range(MOST):
            save_list(uow, NewSavedList(name=f"List {number}", query="view=mine"))
        with pytest.raises(Invalid):
            save_list(uow, NewSavedList(name="One more", query="view=mine"))
