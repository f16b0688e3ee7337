"""Makes reprisals for tests."""

from typing import Any

from caseflow.access import PersonActor
from caseflow.features.cases.service import editable_case
from caseflow.features.communications.reprisals.commands import NewReprisal
from caseflow.features.communications.reprisals.service import record_reprisal
from caseflow.models import Case, Reprisal
from caseflow.unit_of_work import Units


def make_reprisal(units: Units, by: PersonActor, case: Case, **values: Any) -> Reprisal:
    """Record that a witness was followed."""
    new = NewReprisal(**{"text": "Two men followed her home.", "whom": "A witness", **values})
    with units.begin(by) as uow:
        return record_reprisal(uow, editable_case(uow, case.id), new, "Read what was recorded")
