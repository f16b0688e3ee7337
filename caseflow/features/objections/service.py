"""The service of the State's objections to admissibility.

CESCR, 176/2020, paras. 6.6 and 6.7: a State that does not object in reasonable time, and name the remedies, is taken to have
given up the objection. That is why the day counts, and that it raised none.
"""

from caseflow.clock import latest_local_today
from caseflow.errors import Invalid, stale
from caseflow.features.cases.service import EditableCase, add_child, change_child, check_day, remove_child
from caseflow.features.objections.commands import EXHAUSTION, ObjectionDetails
from caseflow.law import load_vocabularies
from caseflow.law.facts import MOST_OBJECTIONS
from caseflow.models import Case, StateObjection
from caseflow.unit_of_work import UnitOfWork


def add_objection(uow: UnitOfWork, case: EditableCase, details: ObjectionDetails) -> StateObjection:
    """Add an objection of the State. This withdraws the confirmation that there is none.

    Raises:
        Invalid: the ground is unknown, the date impossible, or the case has too many objections.
    """
    _check(details)
    most, among = MOST_OBJECTIONS, StateObjection.case_id == case.id
    too_many = Invalid(
        "A case can have at most %(most)s objections, and this one has reached that number.", values={"most": most}
    )
    row = add_child(uow, case, StateObjection(), details, "objection.added", among=among, most=most, too_many=too_many)
    if case.is_without_objections:
        _record_checked(uow, case, is_checked=False)
    return row


def change_objection(
    uow: UnitOfWork, case: EditableCase, objection: StateObjection, details: ObjectionDetails
) -> StateObjection:
    """Change an objection.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: the ground is unknown, or the date impossible.
    """
    return change_child(uow, case, objection, details, "objection.changed", check=_check)


def remove_objection(uow: UnitOfWork, case: EditableCase, objection: StateObjection) -> StateObjection:
    """Remove an objection and return it. The history keeps its content."""
    return remove_child(uow, case, objection, "objection.removed")


def confirm_objections(uow: UnitOfWork, case: EditableCase, version: int, *, is_checked: bool) -> Case:
    """Confirm that the State objected to nothing else, or withdraw that.

    Raises:
        Conflict: somebody saved the case meanwhile; carries the saved row.
    """
    if case.version != version:
        raise stale(case)
    if case.is_without_objections != is_checked:
        _record_checked(uow, case, is_checked=is_checked)
        uow.facts_changed(case.id)
    return case


def _record_checked(uow: UnitOfWork, case: Case, *, is_checked: bool) -> None:
    case.is_without_objections = is_checked
    uow.audit.record("case.objections_checked", case, section_id=case.section_id, case_id=case.id)


def _check(details: ObjectionDetails) -> None:
    problems: dict[str, str] = {}
    if details.ground not in {each.code for each in load_vocabularies().objection_grounds}:
        problems["ground"] = "Choose the ground from the list."
    check_day(problems, "raised", details.raised)
    if details.raised is not None and details.raised.earliest > latest_local_today():
        problems["raised"] = "This date is in the future. Record it once it has happened."
    if details.names_remedy is not None and details.ground != EXHAUSTION:
        problems["names_remedy"] = (
            "Only an objection that remedies were not exhausted names one: choose Not known here."
        )
    if problems:
        raise Invalid("The objection was not saved.", problems)
