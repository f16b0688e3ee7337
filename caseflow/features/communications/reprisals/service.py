"""The verbs of the log of reprisals: record what happened, and add to it. Nothing is changed or removed.

The history says that something was recorded, and nothing of it: people of other sections with whom the case is shared read the history.
"""

from typing import Final

from caseflow.access import Permission, PersonActor
from caseflow.clock import today
from caseflow.errors import Forbidden, Invalid
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase, check_day
from caseflow.features.communications.reprisals.commands import NewReprisal, NewReprisalEntry
from caseflow.features.communications.reprisals.queries import number_of_entries
from caseflow.features.deadlines.responsible.queries import staff_of_case
from caseflow.features.people.queries import people_of_case
from caseflow.features.tasks.commands import TaskDetails
from caseflow.features.tasks.service import add_tasks
from caseflow.law.dates import UncertainDate, ends_before
from caseflow.models import Case, Reprisal, ReprisalEntryKind
from caseflow.unit_of_work import UnitOfWork

MOST_ENTRIES: Final = 500
"""Of a case."""
WITH_ADDRESSEE: Final = frozenset({ReprisalEntryKind.REPORTED, ReprisalEntryKind.PROTECTION_ASKED})


def may_see_reprisals(uow: UnitOfWork, case: Case) -> bool:
    """Return whether the acting person works in the section of a case: nobody else sees its reprisals, whatever is shared."""
    return isinstance(uow.actor, PersonActor) and uow.actor.may(Permission.CASE_EDIT, case.section_id)


def check_may_see(uow: UnitOfWork, case: Case) -> None:
    """Refuse people who do not work in the section of a case.

    Raises:
        Forbidden: the acting person does not.
    """
    if not may_see_reprisals(uow, case):
        raise Forbidden("Reprisals are recorded in the section of the case only. Contact its coordinator at once.")


def record_reprisal(uow: UnitOfWork, case: EditableCase, new: NewReprisal, task: str) -> Reprisal:
    """Record a reprisal. Each coordinator of the section gets a task of today, called `task`; it says nothing of what happened.

    Raises:
        Forbidden: the acting person does not work in the section of the case.
        Invalid: nothing is said, the day is impossible, nobody is named to whom it happened, or the person is not of the case.
    """
    check_may_see(uow, case)
    problems: dict[str, str] = {}
    if not new.text.strip():
        problems["text"] = "Enter what happened."
    if new.person_id is None and not new.whom.strip():
        problems["whom"] = "Choose a person of the case, or describe to whom it happened."
    elif new.person_id is not None and new.person_id not in {one.person_id for one in people_of_case(uow, case)}:
        problems["person_id"] = "Choose a person of this case."
    _check_happened(case, new.happened, problems)
    row = Reprisal(
        kind=ReprisalEntryKind.EVENT,
        person_id=new.person_id,
        whom=new.whom.strip(),
        happened=new.happened,
        by_whom=new.by_whom.strip(),
        is_continuing=new.is_continuing,
        text=new.text.strip(),
    )
    _add(uow, case, row, problems)
    day = today(case.section.time_zone)
    coordinators = staff_of_case(uow, case).coordinators
    add_tasks(uow, case, [TaskDetails(title=task, due_on=day, given_to_id=one) for one in coordinators])
    return row


def add_entry(uow: UnitOfWork, case: EditableCase, event: Reprisal, new: NewReprisalEntry) -> Reprisal:
    """Add to a reprisal: to whom it was reported, that protection was asked for, what came of it, or a correction.

    Raises:
        Forbidden: the acting person does not work in the section of the case.
        Invalid: nothing is said, the day is impossible or before what happened, or it is not said to whom.
    """
    check_may_see(uow, case)
    problems: dict[str, str] = {}
    if not new.text.strip():
        problems["text"] = "Enter what was done, or what came of it."
    if new.kind is ReprisalEntryKind.EVENT:
        problems["kind"] = "Choose one from the list."
    elif new.kind in WITH_ADDRESSEE and new.to_whom is None:
        problems["to_whom"] = "Choose to whom it was reported, or who was asked."
    elif new.kind not in WITH_ADDRESSEE and new.to_whom is not None:
        problems["to_whom"] = "Only a report and a request for protection have this. Leave it empty."
    _check_happened(case, new.happened, problems)
    if "happened" not in problems and ends_before(new.happened, event.happened):
        problems["happened"] = "This is before the day of what happened. Check both days."
    row = Reprisal(
        reprisal_id=event.id, kind=new.kind, happened=new.happened, to_whom=new.to_whom, text=new.text.strip()
    )
    return _add(uow, case, row, problems)


def _check_happened(case: EditableCase, happened: UncertainDate | None, problems: dict[str, str]) -> None:
    check_day(problems, "happened", happened)
    if happened is not None and "happened" not in problems and happened.earliest > today(case.section.time_zone):
        problems["happened"] = "This day is to come. The log is of what has happened."


def _add(uow: UnitOfWork, case: EditableCase, row: Reprisal, problems: dict[str, str]) -> Reprisal:
    if problems:
        raise Invalid("The entry was not saved.", problems)
    lock_case(uow, case.id)
    if number_of_entries(uow, case) >= MOST_ENTRIES:
        raise Invalid(
            "A case can hold %(most)s entries on reprisals, and this one has reached that number.",
            values={"most": MOST_ENTRIES},
        )
    row.case_id, row.written_by_id = case.id, uow.person.user_id
    uow.session.add(row)
    uow.flush()
    action = "reprisal.recorded" if row.kind is ReprisalEntryKind.EVENT else "reprisal.added"
    uow.audit.record(action, row, section_id=case.section_id, case_id=case.id, changes={})
    texts = filter(None, (row.text, row.whom, row.by_whom))
    uow.audit.unrecorded.extend((case.id, case.section_id, one) for one in texts)
    return row
