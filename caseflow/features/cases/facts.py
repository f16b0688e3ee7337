"""The facts of a case itself, for the law engine, and where each is entered."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from caseflow.models import Case
from caseflow.sources import FactsPart, FieldPlace
from caseflow.unit_of_work import UnitOfWork


def facts(_uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, FactsPart]:
    """Return the State and the reason for lateness of each case."""
    return {case.id: _facts(case) for case in cases}


def _facts(case: Case) -> FactsPart:
    values = {"state": case.state_code, "lateness_reason": case.lateness_reason or None}
    places = {
        f"/{fact}": FieldPlace(endpoint="cases.edit", anchor=name, words=("field", name), row_id=case.id)
        for fact, name in (("state", "state_code"), ("lateness_reason", "lateness_reason"))
    }
    return FactsPart(values, places=places)
