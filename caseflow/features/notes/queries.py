"""Queries on notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select, tuple_
from sqlalchemy.orm import joinedload

from caseflow.db.excerpts import Finder
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.models import Case, CasePerson, Note, NoteKind, Person, User
from caseflow.unit_of_work import UnitOfWork, one

LISTED = 50
"""Notes on a page."""
_WITH_AUTHOR = joinedload(Note.written_by).undefer(User.shown_name)
_OF_CASE = (
    select(Note)
    .where(Note.case_id == bindparam("case_id"), Note.note_id.is_(None))
    .options(_WITH_AUTHOR)
    .order_by(Note.created_at.desc(), Note.id.desc())
    .limit(bindparam("most"))
)
_AMENDMENTS = select(Note).where(Note.case_id == bindparam("case_id"), Note.note_id.is_not(None)).options(_WITH_AUTHOR)


def number_of_notes(uow: UnitOfWork, case: Case) -> int:
    """Return how many notes and amendments a case has."""
    return uow.session.scalar(select(func.count()).where(Note.case_id == case.id)) or 0


def latest_notes(uow: UnitOfWork, case: Case, *, before: Cursor | None = None, most: int = LISTED) -> Sequence[Note]:
    """Return the notes of a case without amendments, the latest first, and one more than `most` where there are more."""
    found = _OF_CASE
    if before is not None:
        found = found.where(tuple_(Note.created_at, Note.id) < (before.value, before.id))
    return uow.session.scalars(found, {"case_id": case.id, "most": most + 1}).all()


def found_notes(uow: UnitOfWork, case: Case, typed: str, most: int = LISTED) -> Sequence[Note]:
    """Return the latest notes of a case that have a word of a question in their own text or in an amendment."""
    finder = Finder(typed)
    rows = uow.session.scalars(select(Note).where(Note.case_id == case.id).options(_WITH_AUTHOR)).all()
    hits = {row.note_id or row.id for row in rows if finder.terms and finder.excerpt(row.text)}
    found = [row for row in rows if row.id in hits]
    return sorted(found, key=lambda row: (row.created_at, row.id), reverse=True)[:most]


def amendments_of(uow: UnitOfWork, case: Case, notes: Sequence[Note]) -> Mapping[UUID, list[Note]]:
    """Return the amendments of notes in the order in which they were written: one statement."""
    found: dict[UUID, list[Note]] = {note.id: [] for note in notes}
    wanted = _AMENDMENTS.where(Note.note_id.in_(list(found))).order_by(Note.created_at, Note.id)
    for row in uow.session.scalars(wanted, {"case_id": case.id}):
        if row.note_id is not None:
            found[row.note_id].append(row)
    return found


def merged_into(uow: UnitOfWork, person_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return into whom persons were merged, of those that were."""
    found = select(Person.id, Person.merged_into_id).where(
        Person.id.in_(person_ids), Person.merged_into_id.is_not(None)
    )
    return {row[0]: row[1] for row in uow.session.execute(found) if row[1] is not None}


def one_note(uow: UnitOfWork, case: Case, note_id: UUID) -> Note:
    """Return a note of a case, with its author.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Note).where(Note.id == note_id, Note.case_id == case.id).options(_WITH_AUTHOR)
    return one(uow, found, NotFound("This note does not exist, or you do not have access to it."))


@dataclass(frozen=True, slots=True)
class HeldNote:
    """That there is a note of a call, interview or meeting on a day. `number` is its place among all notes, 1 for the latest."""

    id: UUID
    kind: NoteKind
    held_on: date
    claim_id: UUID | None
    remedy_id: UUID | None
    code_name: str | None
    """Of the person whom it is about."""
    created_at: datetime
    number: int


_NUMBERED = (
    select(
        Note.id,
        Note.kind,
        Note.held_on,
        Note.claim_id,
        Note.domestic_remedy_id,
        CasePerson.code_name,
        Note.created_at,
        func.row_number().over(order_by=(Note.created_at.desc(), Note.id.desc())).label("number"),
    )
    .outerjoin(CasePerson, (CasePerson.person_id == Note.person_id) & (CasePerson.case_id == Note.case_id))
    .where(Note.case_id == bindparam("case_id"), Note.note_id.is_(None))
    .subquery()
)
_HELD = select(_NUMBERED).where(_NUMBERED.c.held_on.is_not(None)).order_by(_NUMBERED.c.number.desc())


def held_notes(uow: UnitOfWork, case: Case) -> list[HeldNote]:
    """Return the notes of a case that name the day of a call, interview or meeting, the first written first, without their texts."""
    return [HeldNote(*row) for row in uow.session.execute(_HELD, {"case_id": case.id})]
