"""Entering the letters of a table, through the services of the docket; a case that is not recorded here yet is opened as filed."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.audit import case_imported_from
from caseflow.clock import today
from caseflow.errors import CaseflowError, Invalid
from caseflow.features.accounts.queries import section_by_code
from caseflow.features.cases.commands import NewCase
from caseflow.features.cases.queries import case_by_reference
from caseflow.features.cases.service import EditableCase, editable_case, open_case
from caseflow.features.communications.commands import LetterDetails, NoAnswer
from caseflow.features.communications.importing.table import OF_NEW_CASE, CaseRows, Fault, LetterRow
from caseflow.features.communications.queries import letters_of_case
from caseflow.features.communications.service import add_letter, set_no_answer
from caseflow.law.thresholds import load_thresholds
from caseflow.models import Letter, Stage
from caseflow.unit_of_work import UnitOfWork

COLUMN_OF: Final[Mapping[str, str]] = {
    "registration_number": "number",
    "asks": "says",
    "awaited": "who_answers",
    "reason": "no_answer_because",
    "state_code": "state",
}
"""The columns of fields that are called otherwise in the services."""
Result = TypeVar("Result")


class Refused(CaseflowError):
    """The lines of a case can't be brought in; nothing of the case was."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("Nothing of this case was brought in.")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done for a case of the table."""

    reference: str
    is_new: bool
    added: int
    there_already: int


def import_docket(uow: UnitOfWork, rows: CaseRows) -> Imported:
    """Enter the letters of a case that its docket does not have yet. Calling it twice adds nothing.

    Raises:
        Refused: a line is wrong; carries what, line by line. The unit of work must not be committed.
    """
    if rows.faults:
        raise Refused(rows.faults)
    case, is_new, filed_on = _case_of(uow, rows)
    if filed_on and (early := [row for row in rows.letters if row.dated_on < filed_on]):
        raise Refused([Fault(row.line, "dated_on", "This is before the filing of the case.") for row in early])
    before = list(letters_of_case(uow, case))
    by_name: dict[str, UUID] = {}
    added = 0
    for row in sorted(rows.letters, key=lambda one: one.dated_on):
        letter = next((one for one in before if _is(one, row)), None)
        if letter is not None:
            before.remove(letter)
        else:
            letter = _add(uow, case, row, by_name)
            added += 1
        if row.name:
            by_name[row.name] = letter.id
    return Imported(case.reference, is_new, added, len(rows.letters) - added)


def _is(letter: Letter, row: LetterRow) -> bool:
    """Return whether a letter of the docket is that of a line: kind, direction, day, number and what it says are the same."""
    return (letter.kind, letter.direction, letter.dated_on, letter.registration_number, letter.asks) == (
        row.kind,
        row.direction,
        row.dated_on,
        row.number,
        row.says,
    )


def _add(uow: UnitOfWork, case: EditableCase, row: LetterRow, by_name: Mapping[str, UUID]) -> Letter:
    if unknown := [name for name in row.answers if name not in by_name]:
        what = f"No earlier letter of this case is called “{unknown[0][:40]}” in the column “letter”."
        raise Refused([Fault(row.line, "answers", what)])
    details = LetterDetails(
        kind=row.kind,
        direction=row.direction,
        registration_number=row.number,
        dated_on=row.dated_on,
        received_on=row.received_on,
        channel=row.channel,
        asks=row.says,
        awaited=row.awaited,
        due_on=row.due_on,
        answers=tuple(by_name[name] for name in row.answers),
    )

    def save() -> Letter:
        letter = add_letter(uow, case, details)
        uow.flush()
        if row.no_answer_because:
            set_no_answer(uow, case, letter, NoAnswer(version=letter.version, reason=row.no_answer_because))
            uow.flush()
        return letter

    return _in_line(row.line, save)


def _in_line(line: int, act: Callable[[], Result]) -> Result:
    """Return what a service returns; what it refuses is said of the line."""
    try:
        return act()
    except Invalid as invalid:
        found = [Fault(line, COLUMN_OF.get(name, name), what) for name, what in invalid.fields.items()]
        raise Refused(found or [Fault(line, "", str(invalid))]) from invalid
    except CaseflowError as error:
        raise Refused([Fault(line, "", str(error))]) from error


def _case_of(uow: UnitOfWork, rows: CaseRows) -> tuple[EditableCase, bool, date | None]:
    """Return the case of some lines, whether it was opened now, and the day of its filing if the table says it."""
    if not rows.new:
        return _in_line(rows.line, lambda: editable_case(uow, case_by_reference(uow, rows.name).id)), False, None
    if missing := [name for name in OF_NEW_CASE if not rows.new.get(name)]:
        raise Refused([Fault(rows.line, missing[0], "A case that is not recorded here yet needs this.")])
    section = section_by_code(uow, rows.new["section"].upper())
    if section is None:
        raise Refused([Fault(rows.line, "section", f"There is no section “{rows.new['section'][:40]}”.")])
    filed_on = _filing_day(rows, section.time_zone)
    document = hashlib.sha256(repr(("docket", rows.name, sorted(rows.new.items()))).encode()).hexdigest()
    if reference := case_imported_from(uow.session, section.id, document):
        return _in_line(rows.line, lambda: editable_case(uow, case_by_reference(uow, reference).id)), False, filed_on
    new = NewCase(
        section_id=section.id,
        state_code=rows.new["state"].upper(),
        right=rows.new["right"].upper(),
        title=rows.new["title"],
        opened_on=filed_on,
    )
    return _in_line(rows.line, lambda: _open_as_filed(uow, new, filed_on, document)), True, filed_on


def _filing_day(rows: CaseRows, time_zone: str) -> date:
    try:
        filed_on = date.fromisoformat(rows.new["filed_on"])
    except ValueError:
        raise Refused([Fault(rows.line, "filed_on", "This is not a day. Write it as 2026-05-03.")]) from None
    if filed_on > today(time_zone):
        raise Refused([Fault(rows.line, "filed_on", "This day has not come yet.")])
    if filed_on < load_thresholds().protocol_in_force.value:
        what = "Nothing could be filed before 5 May 2013, when the Protocol entered into force. Check the year."
        raise Refused([Fault(rows.line, "filed_on", what)])
    return filed_on


def _open_as_filed(uow: UnitOfWork, new: NewCase, filed_on: date, document: str) -> EditableCase:
    """Open a case that was filed before it was recorded here. Its filing, with the proof, is recorded by two people on its page.

    Raises:
        Forbidden: the person may not approve cases of the section.
    """
    case = open_case(uow, new)
    require_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)
    before, case.stage = case.stage, Stage.FILED
    uow.audit.record(
        "case.imported",
        case,
        section_id=case.section_id,
        case_id=case.id,
        changes={
            "document": [None, document],
            "stage": [before.value, case.stage.value],
            "filed_on": [None, filed_on.isoformat()],
        },
    )
    uow.flush()
    uow.facts_changed(case.id)
    return editable_case(uow, case.id)  # with its section
