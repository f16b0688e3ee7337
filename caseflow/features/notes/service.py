"""The service of notes: added, changed by their author for fifteen minutes, after that amended, and never removed.

The law engine reads none of them, so that a note changes no assessment.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Final
from uuid import UUID

from caseflow.audit import HIDDEN, Changes, assign_changes, changes_of
from caseflow.clock import now, today
from caseflow.errors import Invalid, stale
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase, check_day
from caseflow.features.notes.commands import NoteDetails
from caseflow.features.notes.mentions.service import mention
from caseflow.features.notes.queries import number_of_notes
from caseflow.law.dates import UncertainDate
from caseflow.models import Note
from caseflow.unit_of_work import UnitOfWork

CHANGED_WITHIN: Final = timedelta(minutes=15)
"""After it was written; the database asks for the same (`db/policies/notes.py`)."""
MOST_NOTES: Final = 2000
"""Of a case, with amendments."""


def add_note(uow: UnitOfWork, case: EditableCase, details: NoteDetails, mentions: Collection[UUID] = ()) -> Note:
    """Add a note, and mention colleagues in it.

    Raises:
        Invalid: there is no text, the day is to come, somebody who is mentioned may not see it, or the case has too many notes.
    """
    _check(case, details)
    note = Note(written_by_id=uow.person.user_id)
    assign_changes(note, details)
    return _added(uow, case, note, "note.added", mentions)


def amend_note(uow: UnitOfWork, case: EditableCase, note: Note, text: str, mentions: Collection[UUID] = ()) -> Note:
    """Add an amendment to a note, and mention colleagues in it; one to an amendment is one to its note.

    Raises:
        Invalid: there is no text, somebody who is mentioned may not see it, or the case has too many notes.
    """
    if not text.strip():
        raise Invalid("The amendment was not saved.", {"text": "Enter what is to be added or corrected."})
    amendment = Note(
        written_by_id=uow.person.user_id,
        kind=note.kind,
        text=text,
        note_id=note.note_id or note.id,
        evidence_id=note.evidence_id,
    )
    return _added(uow, case, amendment, "note.amended", mentions)


def may_change(uow: UnitOfWork, note: Note) -> bool:
    """Return whether the acting person wrote a note less than fifteen minutes ago."""
    return note.written_by_id == uow.person.user_id and now() - note.created_at < CHANGED_WITHIN


def change_note(
    uow: UnitOfWork, case: EditableCase, note: Note, details: NoteDetails, mentions: Collection[UUID] = ()
) -> Note:
    """Change a note that the acting person has just written, and who is mentioned in it.

    Raises:
        Conflict: it was saved in another window meanwhile; carries the saved row.
        Invalid: its fifteen minutes are over or somebody else wrote it, there is no text, the day is to come, or
            somebody who is mentioned may not see it.
    """
    if note.version != details.version:
        raise stale(note)
    if not may_change(uow, note):
        raise Invalid(
            "A note can be changed by its author for fifteen minutes. Add an amendment instead: copy the text from here."
        )
    _check(case, details)
    was_on_evidence = note.evidence_id is not None
    assign_changes(note, details)
    changes = _for_history(note, is_hidden=was_on_evidence)
    uow.flush()
    changes |= mention(uow, case, note, mentions)
    uow.audit.record("note.changed", note, section_id=case.section_id, case_id=case.id, changes=changes)
    return note


def _for_history(note: Note, *, is_hidden: bool = False) -> Changes:
    """Return what changed, for the history. Whoever sees the case reads it, so of a note on evidence it has no words."""
    changes = changes_of(note)
    if (is_hidden or note.evidence_id is not None) and "text" in changes:
        changes["text"] = [HIDDEN if value else None for value in changes["text"]]
    return changes


def _added(uow: UnitOfWork, case: EditableCase, note: Note, action: str, mentions: Collection[UUID]) -> Note:
    lock_case(uow, case.id)
    if number_of_notes(uow, case) >= MOST_NOTES:
        raise Invalid(
            "A case can hold %(most)s notes, and this one has reached that number.", values={"most": MOST_NOTES}
        )
    note.case_id = case.id
    uow.session.add(note)
    changes = _for_history(note)
    uow.flush()
    changes |= mention(uow, case, note, mentions)
    uow.audit.record(action, note, section_id=case.section_id, case_id=case.id, changes=changes)
    return note


def _check(case: EditableCase, details: NoteDetails) -> None:
    problems: dict[str, str] = {}
    if not details.text.strip():
        problems["text"] = "Enter what was said or agreed."
    check_day(problems, "held_on", UncertainDate.of(details.held_on) if details.held_on else None)
    if details.held_on is not None and details.held_on > today(case.section.time_zone):
        problems["held_on"] = (
            "This day is to come. A note is of what has happened; for what is to be done, add a deadline."
        )
    if problems:
        raise Invalid("The note was not saved.", problems)
