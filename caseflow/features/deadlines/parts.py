"""The deadlines on the case page."""

from collections.abc import Mapping

from caseflow.features.deadlines.queries import deadlines_of_case
from caseflow.models import Case
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_parts import CasePart, Data


def build(uow: UnitOfWork, case: Case, others: Mapping[str, Data]) -> Data:  # noqa: ARG001 - the shape of every part
    """Return the open and the done deadlines, and the soonest open one."""
    deadlines = deadlines_of_case(uow, case.id)
    still_open = [deadline for deadline in deadlines if deadline.done_at is None]
    return {
        "open": still_open,
        "done": [deadline for deadline in deadlines if deadline.done_at is not None],
        "next": still_open[0] if still_open else None,
    }


DEADLINES_PART = CasePart("deadlines", build, {60: "deadlines/_deadlines.html"})
