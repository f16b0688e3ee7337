"""Queries on notes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, tuple_
from sqlalchemy.orm import joinedload

from caseflow.db.excerpts import Finder
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.models import (
    Case,
    CasePerson,
    Evidence,
    EvidenceContent,
    Note,
    NoteKind,
    NoteMention,
    Person,
    User,
)
from caseflow.unit_of_work import UnitOfWork, one

LISTED = 50
"""Notes on a page."""
_WITH_PEOPLE = (
    joinedload(Note.written_by).undefer(User.shown_name),
    joinedload(Note.mention_rows).joinedload(NoteMention.user).undefer(User.shown_name),
)
_OF_CASE = (
    select(Note)
    .where(Note.case_id == bindparam("case_id"), Note.note_id.is_(None))
    .options(*_WITH_PEOPLE, joinedload(Note.evidence))
    .order_by(Note.created_at.desc(), Note.id.desc())
    .limit(bindparam("most"))
)
_AMENDMENTS = select(Note).where(Note.case_id == bindparam("case_id"), Note.note_id.is_not(None)).options(*_WITH_PEOPLE)


def number_of_notes(uow: UnitOfWork, case: Case) -> int:
    """Return how many notes and amendments a case has."""
    return uow.session.scalar(select(func.count()).where(Note.case_id == case.id)) or 0


def latest_notes(uow: UnitOfWork, case: Case, *, before: Cursor | None = None, most: int = LISTED) -> Sequence[Note]:
    """Return the notes of a case without amendments, the latest first, and one more than `most` where there are more."""
    found = _OF_CASE
    if before is not None:
        found = found.where(tuple_(Note.created_at, Note.id) < (before.value, before.id))
    return uow.session.scalars(found, {"case_id": case.id, "most": most + 1}).unique().all()


def found_notes(uow: UnitOfWork, case: Case, typed: str, most: int = LISTED) -> Sequence[Note]:
    """Return the latest notes of a case that have a word of a question in their own text or in an amendment."""
    finder = Finder(typed)
    found_all = select(Note).where(Note.case_id == case.id).options(*_WITH_PEOPLE, joinedload(Note.evidence))
    rows = uow.session.scalars(found_all).unique().all()
    hits = {row.note_id or row.id for row in rows if finder.terms and finder.excerpt(row.text)}
    found = [row for row in rows if row.id in hits]
    return sorted(found, key=lambda row: (row.created_at, row.id), reverse=True)[:most]


def amendments_of(uow: UnitOfWork, case: Case, notes: Sequence[Note]) -> Mapping[UUID, list[Note]]:
    """Return the amendments of notes in the order in which they were written: one statement."""
    found: dict[UUID, list[Note]] = {note.id: [] for note in notes}
    wanted = _AMENDMENTS.where(Note.note_id.in_(list(found))).order_by(Note.created_at, Note.id)
    for row in uow.session.scalars(wanted, {"case_id": case.id}).unique():
        if row.note_id is not None:
            found[row.note_id].append(row)
    return found


def merged_into(uow: UnitOfWork, person_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return into whom persons were merged, of those that were."""
    found = select(Person.id, Person.merged_into_id).where(
        Person.id.in_(person_ids), Person.merged_into_id.is_not(None)
    )
    return {row[0]: row[1] for row in uow.session.execute(found) if row[1] is not None}


@dataclass(frozen=True, slots=True)
class NamedEvidence:
    """A piece of evidence whose title the reader may see."""

    id: UUID
    number: int
    title: str

    @property
    def label(self) -> str:
        """The number as it is cited: E1."""
        return f"E{self.number}"


def evidence_by_number(uow: UnitOfWork, case: Case) -> list[NamedEvidence]:
    """Return the evidence of a case that is not restricted to others: one statement."""
    found = (
        select(Evidence.id, Evidence.number, EvidenceContent.title)
        .join(EvidenceContent, EvidenceContent.evidence_id == Evidence.id)
        .where(Evidence.case_id == case.id)
        .order_by(Evidence.number)
    )
    return [NamedEvidence(*row) for row in uow.session.execute(found)]


def notes_on_evidence(uow: UnitOfWork, evidence: Evidence, most: int = LISTED) -> Sequence[Note]:
    """Return the latest notes on a piece of evidence, without amendments."""
    on_it = _OF_CASE.where(Note.evidence_id == evidence.id)
    return uow.session.scalars(on_it, {"case_id": evidence.case_id, "most": most}).unique().all()


def one_note(uow: UnitOfWork, case: Case, note_id: UUID) -> Note:
    """Return a note of a case, with its author.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Note).where(Note.id == note_id, Note.case_id == case.id).options(_WITH_PEOPLE[0])
    return one(uow, found, NotFound("This note does not exist, or you do not have access to it."))


@dataclass(frozen=True, slots=True)
class HeldNote:
    """That there is a note of a call, interview or meeting on a day."""

    id: UUID
    kind: NoteKind
    held_on: date
    claim_id: UUID | None
    remedy_id: UUID | None
    code_name: str | None
    """Of the person whom it is about."""
    created_at: datetime


_HELD = (
    select(
        Note.id,
        Note.kind,
        Note.held_on,
        Note.claim_id,
        Note.domestic_remedy_id,
        CasePerson.code_name,
        Note.created_at,
    )
    .outerjoin(CasePerson, (CasePerson.person_id == Note.person_id) & (CasePerson.case_id == Note.case_id))
    .where(Note.case_id == bindparam("case_id"), Note.note_id.is_(None), Note.held_on.is_not(None))
    .order_by(Note.created_at, Note.id)
)


def held_notes(uow: UnitOfWork, case: Case) -> list[HeldNote]:
    """Return the notes of a case that name the day of a call, interview or meeting, the first written first, without their texts."""
    rows: Iterable[Any] = uow.session.execute(_HELD, {"case_id": case.id})
    return [HeldNote(*row) for row in rows]
