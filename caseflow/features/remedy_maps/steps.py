"""The verbs of the steps of a map: add, change, put in order, remove."""

from typing import Final
from uuid import UUID

from caseflow.audit import Removal, assign_changes, contents_of
from caseflow.errors import Conflict, Invalid, stale
from caseflow.features.remedy_maps.commands import StepDetails
from caseflow.features.remedy_maps.queries import map_history, one_step
from caseflow.features.remedy_maps.service import (
    INTERNAL_FIELDS,
    STEP_FIELDS,
    check_checked_on,
    editable_map,
    record_change,
    visible_changes,
)
from caseflow.law import load_vocabularies
from caseflow.law.limits import MAX_COUNT
from caseflow.models import RemedyMap, RemedyMapStep
from caseflow.unit_of_work import UnitOfWork

STEP_REMOVED: Final = "remedy_map.step_removed"
ENTRIES_SEARCHED: Final = 200
"""A form is not open for so many changes of its map."""


def add_step(uow: UnitOfWork, map_id: UUID, details: StepDetails) -> RemedyMapStep:
    """Add a remedy at the end of a map.

    Raises:
        NotFound, Forbidden: the map does not exist, or the person may not change maps.
        Invalid: a code is unknown, or the time limit is incomplete.
    """
    remedy_map = editable_map(uow, map_id)
    check_step(details)
    step = RemedyMapStep(position=max((one.position for one in remedy_map.steps), default=0) + 1)
    assign_changes(step, {name: getattr(details, name) for name in STEP_FIELDS})
    remedy_map.steps.append(step)
    record_change(uow, remedy_map, "remedy_map.step_added", visible_changes(step))
    return step


def change_step(uow: UnitOfWork, map_id: UUID, step_id: UUID, details: StepDetails) -> RemedyMapStep:
    """Change a remedy of a map.

    Raises:
        NotFound, Forbidden: it does not exist, or the person may not change maps.
        Conflict: somebody else has saved it; carries the saved row.
        Invalid: a code is unknown, or the time limit is incomplete.
    """
    remedy_map, step = editable_map(uow, map_id), one_step(uow, map_id, step_id)
    if step.version != details.version:
        raise stale(step)
    check_step(details)
    assign_changes(step, {name: getattr(details, name) for name in STEP_FIELDS})
    if changes := visible_changes(step):
        record_change(uow, remedy_map, "remedy_map.step_changed", {"step": [None, step.name], **changes})
    return step


def removal_of_step(uow: UnitOfWork, *, map_id: UUID, step_id: UUID) -> Removal | None:
    """Return when and by whom a step was removed from a map; None if the history does not say it."""
    for entry in map_history(uow, map_id, limit=ENTRIES_SEARCHED):
        if entry.action == STEP_REMOVED and entry.changes.get("step_id") == [str(step_id), None]:
            return Removal(entry.at, "UTC", entry.who)
    return None


def move_step(uow: UnitOfWork, map_id: UUID, step_id: UUID, version: int, *, earlier: bool) -> RemedyMap:
    """Move a remedy one place earlier or later; at an end of the map nothing changes.

    `version` is that of the map, as a place depends on the order of all steps.

    Raises:
        NotFound, Forbidden: it does not exist, or the person may not change maps.
        Conflict: somebody else has changed the map.
    """
    remedy_map, step = editable_map(uow, map_id), one_step(uow, map_id, step_id)
    if remedy_map.version != version:
        raise Conflict("Someone else changed this map after you opened it. Check it again, then repeat your change.")
    place = remedy_map.steps.index(step)
    other = place - 1 if earlier else place + 1
    if 0 <= other < len(remedy_map.steps):
        neighbour = remedy_map.steps[other]
        step.position, neighbour.position = neighbour.position, step.position
        moved: dict[str, list[object]] = {"step": [None, step.name], "place": [place + 1, other + 1]}
        record_change(uow, remedy_map, "remedy_map.step_moved", moved)
    return remedy_map


def remove_step(uow: UnitOfWork, map_id: UUID, step_id: UUID, version: int) -> RemedyMap:
    """Remove a remedy from a map. The history keeps its content. `version` is that of the step.

    Raises:
        NotFound, Forbidden: it does not exist, or the person may not change maps.
        Conflict: somebody else has changed the step; carries the saved row.
    """
    remedy_map, step = editable_map(uow, map_id), one_step(uow, map_id, step_id)
    if step.version != version:
        raise Conflict("Someone else changed this step after you opened it. Check it again before you remove it.", step)
    contents = {name: values for name, values in contents_of(step).items() if name not in INTERNAL_FIELDS}
    contents["step_id"] = [str(step.id), None]
    remedy_map.steps.remove(step)
    record_change(uow, remedy_map, STEP_REMOVED, contents)
    return remedy_map


def check_step(details: StepDetails) -> None:
    """Check that a step is possible.

    Raises:
        Invalid: with a message for each faulty field.
    """
    problems: dict[str, str] = {}
    check_checked_on(problems, details.checked_on)
    if details.stage not in {stage.code for stage in load_vocabularies().remedy_stages}:
        problems["stage"] = "Choose the stage from the list."
    if not details.name.strip():
        problems["name"] = "Enter the name of the remedy in its country."
    if details.limit_count is None:
        if details.limit_unit or details.limit_from:
            problems["limit_count"] = "Enter how many days, months or years, or choose neither unit nor event."
    elif not 1 <= details.limit_count <= MAX_COUNT:
        problems["limit_count"] = "Enter a number from 1 to 1000."
    else:
        if details.limit_unit is None:
            problems["limit_unit"] = "Choose in what the time limit is counted."
        if details.limit_from is None:
            problems["limit_from"] = "Choose after which event the time limit begins."
    if problems:
        raise Invalid("The step was not saved.", problems)
