"""What a change of a map brings with it: its line in the map's history, and the end of its review.

A map helps people to find a time limit, so a wrong one does harm: what was changed must be reviewed again.
"""

from typing import Final

from caseflow.audit import Changes, changes_of
from caseflow.clock import now
from caseflow.features.reference.service import note_register_change
from caseflow.features.remedy_maps.queries import SUBJECT
from caseflow.models import RemedyMap, RemedyMapStep
from caseflow.unit_of_work import UnitOfWork

NOT_TOLD: Final = frozenset({"map_id", "position", "pack", "changed_at"})
"""Fields that say nothing to people."""


def told(row: RemedyMap | RemedyMapStep) -> Changes:
    """Return what was changed on a row, of what is told to people."""
    return {name: values for name, values in changes_of(row).items() if name not in NOT_TOLD}


def note(uow: UnitOfWork, remedy_map: RemedyMap, action: str, changes: Changes, *, source: str = "") -> None:
    """Write into the history of a map who did what; nobody where a pack was loaded."""
    note_register_change(uow, SUBJECT, str(remedy_map.id), action, changes, source=source)


def note_change(uow: UnitOfWork, remedy_map: RemedyMap, action: str, changes: Changes) -> None:
    """Note what a person changed, and take the review away. The map's version rises with every change of a step, too."""
    if remedy_map.reviewed_by:
        changes = {**changes, "reviewed_by": [remedy_map.reviewed_by, None]}
        remedy_map.reviewed_by, remedy_map.reviewed_on = "", None
    remedy_map.changed_at = now()
    note(uow, remedy_map, action, changes)
