"""The State's objections as facts for the law engine, and where each fact is entered."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from caseflow import law
from caseflow.models import Case, StateObjection
from caseflow.sources import FactsPart, FieldPlace
from caseflow.unit_of_work import UnitOfWork

FIELDS = ("ground", "raised", "names_remedy", "summary")
"""The facts of an objection; its columns have the same names."""


def facts(_uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, FactsPart]:
    """Return the objections of each case."""
    return {case.id: _facts(case) for case in cases}


def _facts(case: Case) -> FactsPart:
    places = {
        "/state_objections": FieldPlace(
            endpoint="objections.confirm",
            anchor="is_without_objections",
            words=("place", "confirm_objections"),
            row_id=case.id,
        )
    }
    for number, row in enumerate(case.state_objections):
        places[f"/state_objections/{number}"] = _place(row, "ground")
        places.update({f"/state_objections/{number}/{name}": _place(row, name) for name in FIELDS})
    nothing = () if case.is_without_objections else None
    return FactsPart({"state_objections": tuple(map(objection_facts, case.state_objections)) or nothing}, places=places)


def objection_facts(row: StateObjection) -> law.StateObjection:
    """Return an objection as the engine takes it."""
    return law.StateObjection(row.ground, row.raised, row.names_remedy, row.summary or None)


def _place(row: StateObjection, column: str) -> FieldPlace:
    return FieldPlace(
        endpoint="objections.edit",
        anchor=f"{column}-day" if column == "raised" else column,
        words=("field", column),
        subject=("objection_ground", row.ground),
        ids={"objection_id": row.id},
        row_id=row.id,
    )
