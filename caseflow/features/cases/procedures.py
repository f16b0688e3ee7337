"""The verbs of procedures elsewhere: what was filed before other international bodies, and earlier before the Committee.

OP-ICESCR art. 3(2)(c): what was examined there, or is being examined, can't be examined by the Committee any more.
"""

from uuid import UUID

from caseflow.audit import assign_changes, contents_of
from caseflow.clock import latest_today
from caseflow.errors import Invalid, stale
from caseflow.features.cases.claims import ends_before
from caseflow.features.cases.commands import ProcedureDetails
from caseflow.features.cases.queries import last_procedure_position, lock_case, one_procedure
from caseflow.features.cases.service import check_day, editable_case
from caseflow.law import load_vocabularies
from caseflow.models import Case, OtherProcedure
from caseflow.unit_of_work import UnitOfWork

FIELDS = (
    "body", "status", "file_number", "began", "ended", "same_persons", "same_facts", "same_rights", "has_anything_new",
)  # fmt: skip
PENDING = "pending"


def add_procedure(uow: UnitOfWork, case_id: UUID, details: ProcedureDetails) -> OtherProcedure:
    """Add a procedure elsewhere. That nothing else was filed was then wrong, and is asked again.

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
        Invalid: a code is unknown, or the dates can't be.
    """
    case = editable_case(uow, case_id)
    _check(details)
    lock_case(uow, case.id)  # two procedures added at once get two places
    if case.is_without_other_procedures:
        _note_checked(uow, case, is_checked=False)
    procedure = OtherProcedure(case_id=case.id, position=last_procedure_position(uow, case.id) + 1)
    assign_changes(procedure, {name: getattr(details, name) for name in FIELDS})
    uow.session.add(procedure)
    uow.audit.record("procedure.added", procedure, section_id=case.section_id, case_id=case.id)
    uow.facts_changed(case.id)
    return procedure


def change_procedure(uow: UnitOfWork, case_id: UUID, procedure_id: UUID, details: ProcedureDetails) -> OtherProcedure:
    """Change a procedure elsewhere.

    Raises:
        NotFound, Forbidden: the procedure may not be seen, or not be changed.
        Conflict: somebody saved it meanwhile; carries what stands there now.
        Invalid: a code is unknown, or the dates can't be.
    """
    case = editable_case(uow, case_id)
    procedure = one_procedure(uow, case_id, procedure_id)
    if procedure.version != details.version:
        raise stale(procedure)
    _check(details)
    assign_changes(procedure, {name: getattr(details, name) for name in FIELDS})
    uow.audit.record("procedure.changed", procedure, section_id=case.section_id, case_id=case.id)
    uow.facts_changed(case.id)
    return procedure


def remove_procedure(uow: UnitOfWork, case_id: UUID, procedure_id: UUID) -> OtherProcedure:
    """Take a procedure out and return it. What it said stays in the history."""
    case = editable_case(uow, case_id)
    procedure = one_procedure(uow, case_id, procedure_id)
    said = contents_of(procedure)
    uow.audit.record("procedure.removed", procedure, section_id=case.section_id, case_id=case.id, changes=said)
    uow.session.delete(procedure)
    uow.facts_changed(case.id)
    return procedure


def note_procedures_checked(uow: UnitOfWork, case_id: UUID, version: int, *, is_checked: bool) -> Case:
    """Say that nothing but what is recorded was filed elsewhere, or take that back.

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
        Conflict: somebody saved the case meanwhile; carries what stands there now.
    """
    case = editable_case(uow, case_id)
    if case.version != version:
        raise stale(case)
    if case.is_without_other_procedures != is_checked:
        _note_checked(uow, case, is_checked=is_checked)
        uow.facts_changed(case.id)
    return case


def _note_checked(uow: UnitOfWork, case: Case, *, is_checked: bool) -> None:
    case.is_without_other_procedures = is_checked
    uow.audit.record("case.procedures_checked", case, section_id=case.section_id, case_id=case.id)


def _check(details: ProcedureDetails) -> None:
    words = load_vocabularies()
    problems: dict[str, str] = {}
    if details.body not in {body.code for body in words.bodies}:
        problems["body"] = "Choose the body from the list."
    if details.status and details.status not in {status.code for status in words.procedure_statuses}:
        problems["procedure_status"] = "Choose the status from the list."
    for name in ("began", "ended"):
        check_day(problems, name, getattr(details, name))
        when = getattr(details, name)
        if when is not None and when.earliest > latest_today():
            problems[name] = "This day has not come yet. Record it when it has."
    if ends_before(details.ended, details.began):
        problems["ended"] = "It can't have ended before it began. Check both dates."
    if details.ended is not None and details.status == PENDING:
        problems["procedure_status"] = "There is a day on which it ended: choose how, or empty the date."
    if problems:
        raise Invalid("The procedure was not saved.", problems)
