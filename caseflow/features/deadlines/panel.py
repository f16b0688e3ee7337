"""The deadlines on the case page."""

from collections.abc import Mapping

from caseflow.features.deadlines.acknowledgements.queries import acknowledgements_of_case
from caseflow.features.deadlines.kinds import COMPUTED
from caseflow.features.deadlines.queries import active_snooze, deadlines_of_case
from caseflow.models import Case
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_panels import CasePanel, Data


def build(uow: UnitOfWork, case: Case, others: Mapping[str, Data]) -> Data:  # noqa: ARG001 - the shape of every part
    """Return the open and the done deadlines, the soonest open one, and what was said of them."""
    deadlines = deadlines_of_case(uow, case.id)
    me, said = uow.person.user_id, acknowledgements_of_case(uow, case.id)
    days = {deadline.id: deadline.due_on for deadline in deadlines}
    still_open = [deadline for deadline in deadlines if deadline.done_at is None]
    return {
        "open": still_open,
        "done": [deadline for deadline in deadlines if deadline.done_at is not None],
        "next": still_open[0] if still_open else None,
        "seen_by": {one.deadline_id: one.name for one in said if one.acknowledged_for == days[one.deadline_id]},
        "snoozed_until_by_id": {
            one.deadline_id: active_snooze(one.snoozed_until, case.section.time_zone)
            for one in said
            if one.user_id == me
        },
        "person_id": me,
        "computed": COMPUTED,
    }


DEADLINES_PART = CasePanel("deadlines", build, {60: "deadlines/_deadlines.html"})
