"""Remedy maps and their steps, besides the packaged maps of Spain and Ecuador."""

from typing import Any

from caseflow.access import PersonActor
from caseflow.features.remedy_maps.commands import NewRemedyMap, StepDetails
from caseflow.features.remedy_maps.queries import map_for
from caseflow.features.remedy_maps.service import add_map
from caseflow.features.remedy_maps.steps import add_step
from caseflow.models import RemedyMap, RemedyMapStep
from caseflow.unit_of_work import Units


def make_map(units: Units, by: PersonActor, state: str = "SI", right: str = "HOUSING", **details: Any) -> RemedyMap:
    """Add a map."""
    with units.begin(by) as uow:
        return add_map(uow, NewRemedyMap(state_code=state, right=right, **details))


def make_map_step(units: Units, by: PersonActor, remedy_map: RemedyMap, **details: Any) -> RemedyMapStep:
    """Add a step to a map."""
    given = {"stage": "COURT_1", "name": "Tožba", **details}
    with units.begin(by) as uow:
        return add_step(uow, remedy_map.id, StepDetails(version=None, **given))


def packaged_map(units: Units, by: PersonActor, state: str = "ES", right: str = "HOUSING") -> RemedyMap:
    """Return a packaged map, with its steps."""
    with units.begin(by) as uow:
        remedy_map = map_for(uow, state, right)
    assert remedy_map is not None
    return remedy_map
