"""The pages of remedy maps."""

import time

import pytest

from caseflow.features.remedy_maps.queries import one_remedy_map
from caseflow.models import LimitFrom, LimitUnit, Role
from tests.factories import make_actor, make_section
from tests.factories.remedy_maps import make_map, make_map_step, packaged_map

MOST = 8
"""Statements of a page: the session, the person, their roles, the actor, the map with its steps, its history."""


@pytest.fixture
def eva(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.SECTION_COORDINATOR))


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))


@pytest.fixture
def slovenia(runtime, eva):
    return make_map(runtime.units, eva)


def read(runtime, eva, remedy_map):
    with runtime.units.begin(eva) as uow:
        return one_remedy_map(uow, remedy_map.id)


def test_the_list_says_how_far_each_map_can_be_relied_on(pages, ana):
    page = pages(ana).get("/remedy-maps", most=MOST)
    assert "Ecuador: Adequate housing" in page.links
    assert "Spain: Social security" in page.links
    assert "Example, not reviewed" in page.words
    assert "Create a remedy map" not in page.words


def test_the_list_is_filtered_by_state_and_right(pages, ana):
    page = pages(ana).get("/remedy-maps?state=ES&right=HOUSING")
    assert "Spain: Adequate housing" in page.links
    assert "Spain: Social security" not in page.links
    assert "Ecuador: Adequate housing" not in page.links
    assert "Spain: Adequate housing" in pages(ana).get("/remedy-maps?state=NOWHERE&after=nothing").links
    assert "No maps match" in pages(ana).get("/remedy-maps?state=FI").words


def test_a_long_list_has_pages(pages, ana, monkeypatch):
    monkeypatch.setattr("caseflow.features.remedy_maps.queries.MAPS_PAGE", 3)
    first = pages(ana).get("/remedy-maps")
    second = pages(ana).get(first.links["More maps"])
    assert "Spain: Adequate housing" in first.links
    assert [words for words in second.links if ":" in words] == ["Spain: Social security"]
    assert "More maps" not in second.links


def test_a_map_is_shown_as_a_ladder(pages, runtime, ana, eva):
    page = pages(ana).get(f"/remedy-maps/{packaged_map(runtime.units, eva).id}", most=MOST)
    for words in (
        "Recurso de apelación",
        "Audiencia Provincial",
        "20 working days after the notification",
        "Extraordinary",
        "LEC arts. 448.2",
        "to be confirmed",
        "A worked example: a lawyer of the State must review it",
        "Excluding the days from 1 August to 31 August",
        "Loaded an example",
    ):
        assert words in page.words, words
    assert "Change" not in page.links


def test_a_map_is_added_filled_and_reviewed(pages, runtime, eva):
    page = pages(eva).submit(
        "/remedy-maps/new",
        state_code="FI",
        right="SOCSEC",
        source="Laki",
        checked_on__year="2026",
        checked_on__month="11",
        checked_on__day="2",
    )
    assert "The map was created" in page.words
    address = page.path
    page = pages(eva).submit(
        f"{address}/steps/new", name="Oikaisuvaatimus", stage="ADM_APPEAL", limit_count="37",
        limit_unit="calendar_days", limit_from="decision", is_suspensive="no", effectiveness="doubtful", source="Laki 1 §",
    )  # fmt: skip
    assert "37 calendar days after the decision" in page.words
    assert "Doubtful" in page.words
    page = pages(eva).submit(f"{address}/review", reviewed_by="Asianajaja Virtanen")
    assert "Reviewed by Asianajaja Virtanen on" in page.words
    assert "must review it" not in page.words


def test_faults_are_reported_at_their_fields_and_input_is_kept(pages, eva, slovenia):
    page = pages(eva).submit(
        f"/remedy-maps/{slovenia.id}/steps/new", name="Tožba", stage="COURT_1", limit_count="ten", status=422
    )
    assert page.error_at("limit_count")
    assert page.form().values()["limit_count"] == ["ten"]
    page = pages(eva).submit(
        f"/remedy-maps/{slovenia.id}/steps/new", name="Tožba", stage="COURT_1", limit_count="10", status=422
    )
    assert "Choose in what" in page.error_at("limit_unit")
    page = pages(eva).submit(f"/remedy-maps/{slovenia.id}/edit", closed_periods="July and August", status=422)
    assert "for example 08-01 to 08-31" in page.error_at("closed_periods")


@pytest.mark.parametrize(
    "typed", ["07-15 to 08-15\n\n12-24-01-06", "07-15 - 08-15\r\n12-24 01-06", "07-15/08-15\n12-24,01-06"]
)
def test_closed_periods_are_read_line_by_line(pages, runtime, eva, slovenia, typed):
    page = pages(eva).submit(f"/remedy-maps/{slovenia.id}/edit", closed_periods=typed)
    assert "Excluding the days from 24 December to 6 January" in page.words
    assert read(runtime, eva, slovenia).closed_periods == [["07-15", "08-15"], ["12-24", "01-06"]]
    assert pages(eva).get(f"/remedy-maps/{slovenia.id}/edit").form().values()["closed_periods"] == [
        "07-15 to 08-15\n12-24 to 01-06"
    ]


def test_a_step_is_changed_moved_and_removed(pages, runtime, eva, slovenia):
    first, second = (make_map_step(runtime.units, eva, slovenia, name=name) for name in ("Tožba", "Pritožba"))
    base = f"/remedy-maps/{slovenia.id}/steps"
    page = pages(eva).submit(f"{base}/{first.id}", authority="Okrožno sodišče")
    assert "Okrožno sodišče" in page.words
    sent = {"csrf_token": page.form().values()["csrf_token"], "to": "earlier"}
    seen = str(read(runtime, eva, slovenia).version)
    assert f'name="version" value="{seen}"' in page.html
    pages(eva).post(f"{base}/{second.id}/move", {**sent, "version": seen})
    assert [step.name for step in read(runtime, eva, slovenia).steps] == ["Pritožba", "Tožba"]
    late = pages(eva).post(f"{base}/{first.id}/move", {**sent, "version": seen})
    assert (late.status, "nothing was moved" in late.words) == (409, True)
    assert pages(eva).post(f"{base}/{first.id}/move", sent).status == 422
    assert [step.name for step in read(runtime, eva, slovenia).steps] == ["Pritožba", "Tožba"]
    asked = pages(eva).get(f"{base}/{second.id}/remove")
    pages(eva).submit(f"{base}/{second.id}", authority="Višje sodišče")
    again = pages(eva).send(asked, status=409)
    assert "Someone else changed this step" in again.words
    assert "Višje sodišče" in again.words
    pages(eva).send(again)
    assert [step.name for step in read(runtime, eva, slovenia).steps] == ["Tožba"]
    assert "Removed a step" in pages(eva).get(f"/remedy-maps/{slovenia.id}/history").words


def test_concurrent_changes_of_a_step_are_merged(pages, runtime, eva, slovenia):
    step = make_map_step(
        runtime.units, eva, slovenia, limit_count=15, limit_unit=LimitUnit.WORKING_DAYS, limit_from=LimitFrom.DECISION
    )
    path = f"/remedy-maps/{slovenia.id}/steps/{step.id}"
    stale = pages(eva).get(path)
    pages(eva).submit(path, limit_count="30", authority="Okrožno sodišče")
    page = pages(eva).send(stale, limit_count="8", status=409)
    values = page.form().values()
    assert (values["limit_count"], values["authority"]) == (["8"], ["Okrožno sodišče"])
    assert "30" in page.words


def test_a_form_without_the_field_of_closed_periods_is_refused(pages, eva, slovenia):
    path = f"/remedy-maps/{slovenia.id}/edit"
    sent = pages(eva).get(path).form().values()
    del sent["closed_periods"]
    page = pages(eva).post(path, sent)
    assert page.status == 422
    assert "This page had been open for too long" in page.error_at("closed_periods")


def test_a_map_is_copied_to_another_state(pages, runtime, eva):
    page = pages(eva).submit(
        f"/remedy-maps/{packaged_map(runtime.units, eva).id}/copy", state_code="CL", right="HOUSING"
    )
    assert "Chile: Adequate housing" in page.words
    assert "Recurso de amparo" in page.words
    assert "Copied the map from another" in page.words


def test_the_history_has_pages(pages, runtime, eva, slovenia, monkeypatch):
    monkeypatch.setattr("caseflow.features.remedy_maps.views.HISTORY_PAGE", 2)
    for name in ("Tožba", "Pritožba"):
        make_map_step(runtime.units, eva, slovenia, name=name)
    first = pages(eva).get(f"/remedy-maps/{slovenia.id}/history")
    assert first.words.count("Added a step") == 2
    second = pages(eva).get(first.links["Older"])
    assert "Created the map" in second.words
    assert "Older" not in second.links


def test_people_of_other_sections_are_not_named(pages, ana, eva, slovenia):
    page = pages(ana).get(f"/remedy-maps/{slovenia.id}")
    assert "Someone in another section" in page.words
    assert eva.name not in page.words


def test_a_line_of_many_blanks_is_parsed_in_linear_time(pages, eva, slovenia):
    begun = time.process_time()
    pages(eva).submit(f"/remedy-maps/{slovenia.id}/edit", closed_periods=f"08-01{' ' * 19_000}x", status=422)
    assert time.process_time() - begun < 2  # quadratic time would be four seconds and more
