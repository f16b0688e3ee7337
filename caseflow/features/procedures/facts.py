"""The procedures elsewhere of a case, for the law engine, and where each fact is entered."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from caseflow import law
from caseflow.features.procedures.commands import COMMITTEE
from caseflow.models import Case, OtherProcedure
from caseflow.sources import FactsPart, FieldPlace
from caseflow.unit_of_work import UnitOfWork

SAME_NAMES = {name: name for name in ("body", "same_persons", "same_facts", "same_rights", "status")}
PROCEDURE_COLUMNS = {**SAME_NAMES, "from": "began", "until": "ended"}
COMMUNICATION_COLUMNS = {**SAME_NAMES, "number": "file_number", "filed": "began", "anything_new": "has_anything_new"}
"""The path of a fact below its procedure -> its column."""


def facts(_uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, FactsPart]:
    """Return the procedures elsewhere and earlier communications of each case."""
    return {case.id: _facts(case) for case in cases}


def _facts(case: Case) -> FactsPart:
    elsewhere = [row for row in case.other_procedures if row.body != COMMITTEE]
    earlier = [row for row in case.other_procedures if row.body == COMMITTEE]
    places: dict[str, FieldPlace] = {}
    for name, rows, columns in (
        ("other_procedures", elsewhere, PROCEDURE_COLUMNS),
        ("earlier_communications", earlier, COMMUNICATION_COLUMNS),
    ):
        places[f"/{name}"] = FieldPlace(
            endpoint="procedures.confirm",
            anchor="is_without_other_procedures",
            words=("place", "confirm_procedures"),
            row_id=case.id,
        )
        for number, row in enumerate(rows):
            places[f"/{name}/{number}"] = _place(row, "body")
            places.update({f"/{name}/{number}/{fact}": _place(row, column) for fact, column in columns.items()})
    nothing = () if case.is_without_other_procedures else None
    values = {
        "other_procedures": tuple(map(_procedure, elsewhere)) or nothing,
        "earlier_communications": tuple(map(_communication, earlier)) or nothing,
    }
    return FactsPart(values, places=places)


def _procedure(row: OtherProcedure) -> law.OtherProcedure:
    return law.OtherProcedure(
        body=row.body,
        same_persons=row.same_persons,
        same_facts=row.same_facts,
        same_rights=row.same_rights,
        status=row.status,
        start=row.began,
        until=row.ended,
    )


def _communication(row: OtherProcedure) -> law.EarlierCommunication:
    return law.EarlierCommunication(
        number=row.file_number or None,
        filed=row.began,
        status=row.status,
        same_persons=row.same_persons,
        same_facts=row.same_facts,
        same_rights=row.same_rights,
        anything_new=row.has_anything_new,
    )


def _place(row: OtherProcedure, column: str) -> FieldPlace:
    return FieldPlace(
        endpoint="procedures.edit",
        anchor=f"{column}-day" if column in ("began", "ended") else column,
        words=("field", column),
        subject=("body", row.body),
        ids={"procedure_id": row.id},
        row_id=row.id,
    )
