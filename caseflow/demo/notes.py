"""The notes of the demo cases."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from caseflow.demo.plan import Noted
from caseflow.features.cases.service import EditableCase
from caseflow.features.notes.commands import NoteDetails
from caseflow.features.notes.service import add_note, amend_note
from caseflow.models import NoteKind
from caseflow.unit_of_work import UnitOfWork


def add_planned_note(uow: UnitOfWork, case: EditableCase, plan: Noted, people: Mapping[str, UUID], on: date) -> None:
    """Add a note, and its amendment where there is one."""
    held_on, person_id = on - timedelta(days=plan.days_ago), people[plan.about] if plan.about else None
    details = NoteDetails(kind=NoteKind(plan.kind), text=plan.text, held_on=held_on, person_id=person_id)
    note = add_note(uow, case, details)
    uow.flush()
    if plan.amendment:
        amend_note(uow, case, note, plan.amendment)
        uow.flush()
