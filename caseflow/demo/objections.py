"""What States objected to in the filed cases of the demo."""

from datetime import date

from caseflow.demo.plan import CasePlan, known
from caseflow.features.cases.service import EditableCase
from caseflow.features.objections.commands import ObjectionDetails
from caseflow.features.objections.service import add_objection, confirm_objections
from caseflow.unit_of_work import UnitOfWork


def add_objections_of(uow: UnitOfWork, case: EditableCase, plan: CasePlan, on: date) -> None:
    """Add the planned objections of the State to a case, and that there is no other one where the plan says so."""
    for one in plan.objected:
        details = ObjectionDetails(
            version=None,
            ground=one.ground,
            raised=known(one.raised, on),
            names_remedy=one.names_remedy,
            summary=one.summary,
        )
        add_objection(uow, case, details)
        uow.flush()
    if plan.objected_to_nothing_else:
        confirm_objections(uow, case, case.version, is_checked=True)
