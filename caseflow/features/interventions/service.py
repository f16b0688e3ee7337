"""The service of interventions: what the organisations did for the people of a case, and what came of it.

HURIDOCS Events Standard Formats: Intervention (type, party, date, response, impact). The law engine does not read them: they
are no domestic remedies (OP-ICESCR art. 3(1)).
"""

from typing import Final

from caseflow.clock import latest_local_today
from caseflow.errors import Invalid
from caseflow.features.cases.service import EditableCase, add_child, change_child, check_day, remove_child
from caseflow.features.interventions.commands import InterventionDetails
from caseflow.law import ends_before
from caseflow.models import Intervention, InterventionKind, InterventionResult
from caseflow.unit_of_work import UnitOfWork

MOST_INTERVENTIONS: Final = 200
"""Of a case."""
_TOO_MANY = Invalid("A case can hold 200 interventions, and this one has reached that number.")


def add_intervention(uow: UnitOfWork, case: EditableCase, details: InterventionDetails) -> Intervention:
    """Record an intervention.

    Raises:
        Invalid: it is not said what was done, the dates are impossible, or there are too many.
    """
    _check(details)
    among, most = Intervention.case_id == case.id, MOST_INTERVENTIONS
    return add_child(
        uow, case, Intervention(), details, "intervention.added", among=among, most=most, too_many=_TOO_MANY
    )


def change_intervention(
    uow: UnitOfWork, case: EditableCase, intervention: Intervention, details: InterventionDetails
) -> Intervention:
    """Change an intervention, such as when its result is known.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: it is not said what was done, or the dates are impossible.
    """
    return change_child(uow, case, intervention, details, "intervention.changed", check=_check)


def remove_intervention(uow: UnitOfWork, case: EditableCase, intervention: Intervention) -> Intervention:
    """Remove an intervention and return it. The history keeps its content."""
    return remove_child(uow, case, intervention, "intervention.removed")


def _check(details: InterventionDetails) -> None:
    problems: dict[str, str] = {}
    if details.kind not in set(InterventionKind):
        problems["kind"] = "Choose one from the list."
    if not details.measure.strip() and not details.party.strip():
        problems["measure"] = "Say in a few words what was done, without names."
    for name in ("began", "ended"):
        when = getattr(details, name)
        check_day(problems, name, when)
        if name not in problems and when is not None and when.earliest > latest_local_today():
            problems[name] = "This date is in the future. Record it once it has happened."
    if ends_before(details.ended, details.began):
        problems["ended"] = "It cannot have ended before it began. Check both dates."
    if details.ended is not None and details.result is InterventionResult.OPEN:
        problems["result"] = "There is an end date: choose how it ended, or clear the date."
    if problems:
        raise Invalid("The intervention was not saved.", problems)
