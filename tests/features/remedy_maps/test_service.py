"""Remedy maps: who may change them, what is refused, what the history records, and when a review is removed."""

from dataclasses import fields, replace
from datetime import date

import pytest

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import today
from caseflow.errors import Conflict, Forbidden, Invalid, NotFound
from caseflow.features.remedy_maps.commands import CopyMap, MapHead, NewRemedyMap, ReviewMap, StepDetails
from caseflow.features.remedy_maps.queries import map_history, one_remedy_map, one_step
from caseflow.features.remedy_maps.service import add_map, change_map, copy_map, load_map_pack, mark_reviewed
from caseflow.features.remedy_maps.steps import change_step, move_step, remove_step
from caseflow.law.remedy_maps import load_remedy_maps
from caseflow.models import LimitFrom, LimitUnit, Role
from tests.factories import in_days, make_actor, make_section
from tests.factories.remedy_maps import make_map, make_map_step, packaged_map

LOADING = JobActor(SystemRole.ACCOUNTS_ADMIN)
TEN_DAYS = {"limit_count": 10, "limit_unit": LimitUnit.WORKING_DAYS, "limit_from": LimitFrom.NOTIFICATION}


@pytest.fixture
def eva(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.SECTION_COORDINATOR))


@pytest.fixture
def slovenia(runtime, eva):
    return make_map(runtime.units, eva)


def read(runtime, eva, remedy_map):
    with runtime.units.begin(eva) as uow:
        return one_remedy_map(uow, remedy_map.id)


def actions(runtime, eva, remedy_map):
    with runtime.units.begin(eva) as uow:
        return [change.action for change in reversed(map_history(uow, remedy_map.id, limit=50))]


def details_of(step, **changes):
    return replace(StepDetails(**{one.name: getattr(step, one.name) for one in fields(StepDetails)}), **changes)


def head_of(remedy_map, **changes):
    return replace(
        MapHead(version=remedy_map.version, source=remedy_map.source, checked_on=remedy_map.checked_on), **changes
    )


def review(runtime, eva, remedy_map, **changes):
    with runtime.units.begin(eva) as uow:
        version = one_remedy_map(uow, remedy_map.id).version
        given = {"version": version, "reviewed_by": "Odvetnica Novak", "reviewed_on": today(), **changes}
        return mark_reviewed(uow, remedy_map.id, ReviewMap(**given))


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CASEWORKER, False),
        (Role.SECTION_REPORTER, False),
        (Role.AUDITOR, False),
        (Role.SECTION_COORDINATOR, True),
        (Role.COALITION_COORDINATOR, True),
        (Role.ADMINISTRATOR, True),
    ],
)
def test_coordinators_and_administrators_change_maps_and_everybody_reads_them(runtime, slovenia, role, may):
    person = make_actor(runtime.units, (make_section(runtime.units, "EC"), role))
    assert read(runtime, person, slovenia).state_code == "SI"
    if may:
        make_map_step(runtime.units, person, slovenia)
    else:
        with pytest.raises(Forbidden):
            make_map_step(runtime.units, person, slovenia)


@pytest.mark.parametrize(
    ("place", "field"),
    [(("XX", "HOUSING"), "state_code"), (("SI", "NOTHING"), "right"), (("SI", "HOUSING"), "right")],
)
def test_a_map_of_an_unknown_state_or_a_second_one_is_refused(runtime, eva, slovenia, place, field):
    with runtime.units.begin(eva) as uow, pytest.raises(Invalid) as refused:
        add_map(uow, NewRemedyMap(state_code=place[0], right=place[1]))
    assert field in refused.value.fields


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"stage": "NOTHING"}, "stage"),
        ({"name": " "}, "name"),
        ({"limit_count": 10}, "limit_unit"),
        ({"limit_count": 10, "limit_unit": LimitUnit.MONTHS}, "limit_from"),
        ({"limit_unit": LimitUnit.MONTHS}, "limit_count"),
        ({"limit_from": LimitFrom.DECISION}, "limit_count"),
        ({**TEN_DAYS, "limit_count": 0}, "limit_count"),
        ({**TEN_DAYS, "limit_count": 1001}, "limit_count"),
    ],
)
def test_an_impossible_step_is_refused_at_its_field(runtime, eva, slovenia, details, field):
    with pytest.raises(Invalid) as refused:
        make_map_step(runtime.units, eva, slovenia, **details)
    assert field in refused.value.fields
    assert read(runtime, eva, slovenia).steps == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"holiday_region": "NOWHERE"}, "holiday_region"),
        ({"closed_periods": (("08-01", "08-32"),)}, "closed_periods"),
        ({"closed_periods": (("01-01", "12-31"),)}, "closed_periods"),
        ({"closed_periods": (("01-01", "06-30"), ("07-01", "10-27"))}, "closed_periods"),
        ({"closed_periods": (("08-01", "08-31"),) * 21}, "closed_periods"),
    ],
)
def test_an_impossible_calendar_is_refused(runtime, eva, slovenia, changes, field):
    with runtime.units.begin(eva) as uow, pytest.raises(Invalid) as refused:
        change_map(uow, slovenia.id, head_of(slovenia, **changes))
    assert field in refused.value.fields


def test_steps_are_moved_changed_and_removed_with_history(runtime, eva, slovenia):
    made = [make_map_step(runtime.units, eva, slovenia, name=name) for name in ("Tožba", "Pritožba", "Revizija")]
    with runtime.units.begin(eva) as uow:
        move_step(uow, slovenia.id, made[2].id, one_remedy_map(uow, slovenia.id).version, earlier=True)
    with runtime.units.begin(eva) as uow:
        move_step(uow, slovenia.id, made[0].id, one_remedy_map(uow, slovenia.id).version, earlier=True)
        change_step(uow, slovenia.id, made[0].id, details_of(made[0], **TEN_DAYS))
        remove_step(uow, slovenia.id, made[1].id, one_step(uow, slovenia.id, made[1].id).version)
    assert [step.name for step in read(runtime, eva, slovenia).steps] == ["Tožba", "Revizija"]
    added = ["remedy_map.added", *["remedy_map.step_added"] * 3]
    later = ["remedy_map.step_moved", "remedy_map.step_changed", "remedy_map.step_removed"]
    assert actions(runtime, eva, slovenia) == added + later
    with runtime.units.begin(eva) as uow:
        removed, changed = map_history(uow, slovenia.id, limit=2)
    assert removed.changes["name"] == ["Pritožba", None]
    assert (changed.who, changed.changes["limit_count"]) == (eva.name, [None, 10])


def test_saving_without_a_change_adds_no_history(runtime, eva, slovenia):
    step = make_map_step(runtime.units, eva, slovenia)
    before = actions(runtime, eva, slovenia)
    with runtime.units.begin(eva) as uow:
        change_step(uow, slovenia.id, step.id, details_of(step))
        now_there = one_remedy_map(uow, slovenia.id)
        change_map(uow, slovenia.id, head_of(now_there))
    assert actions(runtime, eva, slovenia) == before


def test_a_stale_form_is_refused(runtime, eva, slovenia):
    step = make_map_step(runtime.units, eva, slovenia)
    with runtime.units.begin(eva) as uow:
        change_step(uow, slovenia.id, step.id, details_of(step, authority="Okrožno sodišče"))
    with runtime.units.begin(eva) as uow, pytest.raises(Conflict) as clash:
        change_step(uow, slovenia.id, step.id, details_of(step, version=1, authority="Okrajno sodišče"))
    assert clash.value.row.authority == "Okrožno sodišče"
    with runtime.units.begin(eva) as uow, pytest.raises(Conflict):
        change_map(uow, slovenia.id, head_of(slovenia, version=1, source="Uradni list"))
    with runtime.units.begin(eva) as uow, pytest.raises(Conflict) as clash:
        remove_step(uow, slovenia.id, step.id, step.version)
    assert clash.value.row.authority == "Okrožno sodišče"
    with runtime.units.begin(eva) as uow, pytest.raises(Conflict):
        move_step(uow, slovenia.id, step.id, slovenia.version, earlier=True)


def test_a_step_of_another_map_is_not_found(runtime, eva, slovenia):
    step = packaged_map(runtime.units, eva).steps[0]
    with runtime.units.begin(eva) as uow, pytest.raises(NotFound):
        remove_step(uow, slovenia.id, step.id, step.version)


def test_a_review_ends_the_example_and_any_change_removes_the_review(runtime, eva):
    spain = packaged_map(runtime.units, eva)
    assert spain.is_example
    review(runtime, eva, spain, reviewed_by="Abogada García")
    reviewed = read(runtime, eva, spain)
    assert (reviewed.is_example, reviewed.reviewed_by, reviewed.reviewed_on) == (False, "Abogada García", today())
    with runtime.units.begin(eva) as uow:
        move_step(uow, spain.id, spain.steps[0].id, reviewed.version, earlier=False)
    changed = read(runtime, eva, spain)
    assert (changed.is_example, changed.reviewed_by, changed.reviewed_on) == (False, "", None)
    with runtime.units.begin(eva) as uow:
        assert map_history(uow, spain.id, limit=1)[0].changes["reviewed_by"] == ["Abogada García", None]


def test_a_map_changed_after_the_review_is_not_marked_as_reviewed(runtime, eva, slovenia):
    make_map_step(runtime.units, eva, slovenia)
    seen = read(runtime, eva, slovenia).version
    make_map_step(runtime.units, eva, slovenia, name="Pritožba")
    with pytest.raises(Conflict):
        review(runtime, eva, slovenia, version=seen)


def test_a_review_of_an_empty_map_or_on_a_future_day_is_refused(runtime, eva, slovenia):
    with pytest.raises(Invalid) as refused:
        review(runtime, eva, slovenia, reviewed_on=in_days(2))
    assert set(refused.value.fields) == {"reviewed_by", "reviewed_on"}


def test_a_review_in_an_early_year_is_refused(runtime, eva):
    with pytest.raises(Invalid) as refused:
        review(runtime, eva, packaged_map(runtime.units, eva), reviewed_on=date(1989, 12, 31))
    assert set(refused.value.fields) == {"reviewed_on"}


def test_a_copy_is_an_example_without_the_calendar_of_the_other_state(runtime, eva):
    spain = packaged_map(runtime.units, eva)
    review(runtime, eva, spain)
    with runtime.units.begin(eva) as uow:
        abroad = copy_map(uow, spain.id, CopyMap(state_code="CL", right="HOUSING"))
    with runtime.units.begin(eva) as uow:
        water = copy_map(uow, spain.id, CopyMap(state_code="ES", right="WATER"))
    abroad, water = read(runtime, eva, abroad), read(runtime, eva, water)
    assert [step.name for step in abroad.steps] == [step.name for step in water.steps] == [s.name for s in spain.steps]
    assert (abroad.is_example, abroad.reviewed_by, abroad.closed_periods) == (True, "", [])
    assert (water.is_example, water.closed_periods) == (True, spain.closed_periods)
    with runtime.units.begin(eva) as uow, pytest.raises(Invalid):
        copy_map(uow, spain.id, CopyMap(state_code="ES", right="WATER"))


def test_the_pack_is_loaded_once_and_never_replaces_changed_maps(runtime, eva, monkeypatch):
    spain, ecuador = packaged_map(runtime.units, eva), packaged_map(runtime.units, eva, "EC")
    with runtime.units.begin(eva) as uow:
        remove_step(uow, spain.id, spain.steps[-1].id, spain.steps[-1].version)
    newer = replace(
        load_remedy_maps(),
        version="remedy-maps/newer",
        maps=tuple(replace(one, steps=one.steps[:1]) for one in load_remedy_maps().maps),
    )
    with runtime.units.begin(LOADING) as uow:
        load_map_pack(uow)
    assert actions(runtime, eva, ecuador) == ["remedy_map.pack_loaded"]
    monkeypatch.setattr("caseflow.features.remedy_maps.service.load_remedy_maps", lambda: newer)
    with runtime.units.begin(LOADING) as uow:
        load_map_pack(uow)
    assert len(read(runtime, eva, spain).steps) == len(spain.steps) - 1
    assert len(read(runtime, eva, ecuador).steps) == 1
    assert actions(runtime, eva, ecuador) == ["remedy_map.pack_loaded"] * 2


def test_every_packaged_map_has_a_source(runtime, eva):
    places = {(one.state_code, one.right) for one in load_remedy_maps().maps}
    assert places == {(state, right) for state in ("ES", "EC") for right in ("HOUSING", "SOCSEC")}
    for packed in load_remedy_maps().maps:
        loaded = packaged_map(runtime.units, eva, packed.state_code, packed.right)
        assert loaded.is_example
        assert loaded.source
        assert [step.name for step in loaded.steps] == [step.name for step in packed.steps]
        assert all(step.source and step.checked_on == date(2026, 11, 23) for step in loaded.steps)
