"""Queries on who is mentioned in notes. Row security leaves out notes that the person may not see, or no longer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, Uuid, bindparam, column, func, select, update

from caseflow.models import Case, Evidence, Note, NoteKind, NoteMention, Section, User
from caseflow.unit_of_work import UnitOfWork

MOST_COUNTED = 100
_ME = bindparam("me", type_=NoteMention.user_id.type)
_WAITS = (NoteMention.user_id == _ME, NoteMention.read_at.is_(None))
NUMBER_WAITING = (
    select(func.count())
    .select_from(select(NoteMention.id).where(*_WAITS).limit(MOST_COUNTED).subquery())
    .scalar_subquery()
)
"""How many notes wait for the person `me`, at most `MOST_COUNTED`, as part of another query."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may see a case. `is_of_section`: also what its restricted evidence is."""

    name: str
    is_of_section: bool


def readers_of_case(uow: UnitOfWork, case: Case) -> dict[UUID, Reader]:
    """Return who may see a case, besides the acting person and those whom they may not see, by name: one statement."""
    readers = func.caseflow_case_readers(case.id).table_valued(
        column("user_id", Uuid), column("is_of_section", Boolean)
    )
    one = readers.render_derived(name="readers")
    found = (
        select(User.id, User.shown_name, one.c.is_of_section)
        .join(one, one.c.user_id == User.id)
        .where(User.is_active, User.id != uow.person.user_id)
        .order_by(User.shown_name, User.id)
    )
    return {row[0]: Reader(row[1], row[2]) for row in uow.session.execute(found)}


def mention_rows(uow: UnitOfWork, note: Note) -> Sequence[NoteMention]:
    """Return the rows of who is mentioned in a note."""
    return uow.session.scalars(select(NoteMention).where(NoteMention.note_id == note.id)).all()


def restricted_subject(uow: UnitOfWork, note: Note) -> str:
    """Return the number of the piece of evidence that a note is on, if that is restricted; else an empty text."""
    if note.evidence_id is None:
        return ""
    found = select(Evidence).where(Evidence.id == note.evidence_id, Evidence.is_restricted)
    evidence = uow.session.scalar(found)
    return evidence.label if evidence is not None else ""


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """A note that waits for the acting person."""

    note_id: UUID
    case_id: UUID
    reference: str
    case_title: str
    zone: str
    kind: NoteKind
    held_on: date | None
    at: datetime
    by: str | None


_LISTED = (
    select(
        NoteMention.note_id,
        Case.id,
        Case.reference,
        Case.title,
        Section.time_zone,
        Note.kind,
        Note.held_on,
        NoteMention.created_at,
        User.shown_name,
    )
    .join(Note, Note.id == NoteMention.note_id)
    .join(Case, Case.id == NoteMention.case_id)
    .join(Section, Section.id == Case.section_id)
    .outerjoin(User, User.id == NoteMention.mentioned_by_id)
    .where(*_WAITS)
    .order_by(NoteMention.created_at.desc(), NoteMention.id)
)


def waiting_notes(uow: UnitOfWork, most: int) -> list[WaitingNote]:
    """Return the notes that wait for the acting person, the latest first: one statement."""
    rows = uow.session.execute(_LISTED.limit(most), {"me": uow.person.user_id})
    return [WaitingNote(*row) for row in rows]


def mark_read(uow: UnitOfWork, note_ids: Collection[UUID], at: datetime) -> None:
    """Keep when the acting person opened notes in which they are mentioned, if they had not yet."""
    mine = update(NoteMention).where(NoteMention.note_id.in_(note_ids), *_WAITS).values(read_at=at)
    uow.session.execute(mine, {"me": uow.person.user_id}, execution_options={"synchronize_session": False})
