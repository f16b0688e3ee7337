"""The verbs of mentions: say who is mentioned in a note, and keep that they opened it. Mails never tell of it.

Opening is private, so the audit trail does not record it, as with reminders.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from caseflow.audit import Changes
from caseflow.clock import now
from caseflow.errors import Invalid
from caseflow.features.cases.service import EditableCase
from caseflow.features.notes.mentions import queries
from caseflow.models import Note, NoteMention
from caseflow.unit_of_work import UnitOfWork

LISTED: Final = 20
"""Notes that wait for somebody, on one page."""


@dataclass(frozen=True, slots=True)
class WaitingNotes:
    """The latest notes that wait for the acting person, and whether there are more."""

    items: Sequence[queries.WaitingNote]
    is_more: bool


def notes_waiting(uow: UnitOfWork) -> WaitingNotes:
    """Return the notes that wait for the acting person: one statement."""
    found = queries.waiting_notes(uow, LISTED + 1)
    return WaitingNotes(found[:LISTED], len(found) > LISTED)


def mention(uow: UnitOfWork, case: EditableCase, note: Note, user_ids: Collection[UUID]) -> Changes:
    """Say who is mentioned in a note that is stored, and return what that changes, in numbers, for the history.

    The history has no names: everybody who sees the case reads it, also in another section.

    Raises:
        Invalid: somebody may not see the case, or not the restricted piece of evidence that the note is on.
    """
    present = {row.user_id: row for row in queries.mention_rows(uow, note)}
    if not user_ids and not present:
        return {}
    readers = queries.readers_of_case(uow, case)
    _check(uow, note, readers, user_ids)
    wanted = set(user_ids)
    for user_id in present.keys() - wanted:
        uow.session.delete(present[user_id])
    for user_id in wanted - present.keys():
        uow.session.add(
            NoteMention(note_id=note.id, case_id=case.id, user_id=user_id, mentioned_by_id=uow.person.user_id)
        )
    if present.keys() == wanted:
        return {}
    return {"mentions": [len(present) or None, len(wanted) or None]}


def _check(uow: UnitOfWork, note: Note, readers: dict[UUID, queries.Reader], user_ids: Collection[UUID]) -> None:
    if not readers.keys() >= set(user_ids):
        raise Invalid(
            "The note was not saved.",
            {"mentions": "Someone you chose no longer has access to this case. Choose from the list."},
        )
    outside = [readers[one].name for one in user_ids if not readers[one].is_of_section]
    number = queries.restricted_subject(uow, note) if outside else ""
    if number:
        raise Invalid(
            "The note was not saved.",
            {
                "mentions": "%(number)s is restricted to the section of the case, and %(names)s may not read notes on it. Leave them out."
            },
            values={"number": number, "names": ", ".join(sorted(outside))},
        )


def open_note(uow: UnitOfWork, note: Note) -> None:
    """Keep that the acting person opened a note in which they are mentioned: it waits for them no more."""
    queries.mark_read(uow, [note.id], now())
