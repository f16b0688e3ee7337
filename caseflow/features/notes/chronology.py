"""Calls, interviews and meetings of which there is a note with their day, for the chronology: without the text of the note."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from caseflow.db.paging import Cursor
from caseflow.features.notes.queries import HeldNote, held_notes
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.law.dates import UncertainDate
from caseflow.models import Case
from caseflow.sources import DatedEntry
from caseflow.unit_of_work import UnitOfWork


def chronology(uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return what notes say was on a day: one statement."""
    claims = {remedy.id: remedy.claim_id for remedy in uow.cached(remedies_of_case, case)}
    return [_entry(one, claims) for one in held_notes(uow, case)]


def _entry(one: HeldNote, claims: Mapping[UUID, UUID]) -> DatedEntry:
    claim_id = claims.get(one.remedy_id) if one.remedy_id else one.claim_id
    return DatedEntry(
        on=UncertainDate.of(one.held_on),
        kind="note",
        what="note.held",
        subject=("note_kind", one.kind.value),
        details=(one.code_name,) if one.code_name else (),
        claim_ids=frozenset({claim_id} if claim_id else ()),
        remedy_ids=frozenset({one.remedy_id} if one.remedy_id else ()),
        values={"page": "tasks", "notes": str(_page_from(one))},
        anchor=f"note-{one.id}",
    )


def _page_from(one: HeldNote) -> Cursor:
    """Return the place in the list of notes from which a page begins with this one."""
    return Cursor(one.created_at, UUID(int=one.id.int + 1))
