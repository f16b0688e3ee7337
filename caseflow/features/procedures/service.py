"""The service of procedures elsewhere: filings before other international bodies, and earlier ones before the Committee.

OP-ICESCR art. 3(2)(c): the Committee can't examine a matter that was or is being examined elsewhere.
"""

from caseflow.clock import latest_local_today
from caseflow.errors import Invalid, stale
from caseflow.features.cases.service import EditableCase, add_child, change_child, check_day, remove_child
from caseflow.features.procedures.commands import ProcedureDetails
from caseflow.law import ends_before, load_vocabularies
from caseflow.models import Case, OtherProcedure
from caseflow.unit_of_work import UnitOfWork

PENDING = "pending"


def add_procedure(uow: UnitOfWork, case: EditableCase, details: ProcedureDetails) -> OtherProcedure:
    """Add a procedure elsewhere. This withdraws the confirmation that nothing else was filed.

    Raises:
        Invalid: a code is unknown, or the dates are impossible.
    """
    _check(details)
    among = OtherProcedure.case_id == case.id
    procedure = add_child(uow, case, OtherProcedure(), details, "procedure.added", among=among)
    if case.is_without_other_procedures:
        _record_checked(uow, case, is_checked=False)
    return procedure


def change_procedure(
    uow: UnitOfWork, case: EditableCase, procedure: OtherProcedure, details: ProcedureDetails
) -> OtherProcedure:
    """Change a procedure before another international body.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: a code is unknown, or the dates are impossible.
    """
    return change_child(uow, case, procedure, details, "procedure.changed", check=_check)


def remove_procedure(uow: UnitOfWork, case: EditableCase, procedure: OtherProcedure) -> OtherProcedure:
    """Remove a procedure and return it. The history keeps its content."""
    return remove_child(uow, case, procedure, "procedure.removed")


def confirm_procedures(uow: UnitOfWork, case: EditableCase, version: int, *, is_checked: bool) -> Case:
    """Confirm that nothing else was filed elsewhere, or withdraw that.

    Raises:
        Conflict: somebody saved the case meanwhile; carries the saved row.
    """
    if case.version != version:
        raise stale(case)
    if case.is_without_other_procedures != is_checked:
        _record_checked(uow, case, is_checked=is_checked)
        uow.facts_changed(case.id)
    return case


def _record_checked(uow: UnitOfWork, case: Case, *, is_checked: bool) -> None:
    case.is_without_other_procedures = is_checked
    uow.audit.record("case.procedures_checked", case, section_id=case.section_id, case_id=case.id)


def _check(details: ProcedureDetails) -> None:
    words = load_vocabularies()
    problems: dict[str, str] = {}
    if details.body not in {body.code for body in words.bodies}:
        problems["body"] = "Choose the body from the list."
    if details.status and details.status not in {status.code for status in words.procedure_statuses}:
        problems["status"] = "Choose the status from the list."
    for name in ("began", "ended"):
        check_day(problems, name, getattr(details, name))
        when = getattr(details, name)
        if when is not None and when.earliest > latest_local_today():
            problems[name] = "This date is in the future. Record it once it has happened."
    if ends_before(details.ended, details.began):
        problems["ended"] = "It cannot have ended before it began. Check both dates."
    if details.ended is not None and details.status == PENDING:
        problems["status"] = "There is an end date: choose how it ended, or clear the date."
    if problems:
        raise Invalid("The procedure was not saved.", problems)
