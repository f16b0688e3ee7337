"""Notes of the daily work: who called, what was agreed, what was advised."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, LongText, RandomId, choice
from caseflow.models.evidence import Evidence
from caseflow.models.section import User


class NoteKind(StrEnum):
    """What a note is about."""

    CALL = "call"
    INTERVIEW = "interview"
    MEETING = "meeting"
    ADVICE = "advice"
    INTERNAL = "internal"


class Note(Base):
    """A note on a case, or on one claim, remedy, person or piece of evidence of it. It is never removed.

    Its author may change it for fifteen minutes; after that an amendment, which is a note that names it, adds to it.
    """

    __tablename__ = "note"
    __table_args__ = (
        UniqueConstraint("id", "case_id"),
        ForeignKeyConstraint(["note_id", "case_id"], ["note.id", "note.case_id"]),
        ForeignKeyConstraint(["evidence_id", "case_id"], ["evidence.id", "evidence.case_id"]),
        CheckConstraint("num_nonnulls(claim_id, domestic_remedy_id, person_id, note_id) <= 1", name="one_subject"),
        CheckConstraint(
            "num_nonnulls(claim_id, domestic_remedy_id, person_id, evidence_id) <= 1", name="one_subject_or_evidence"
        ),
        Index("ix_note_case_id", "case_id", "created_at", "id"),
        *(
            Index(f"ix_note_{name}_id", f"{name}_id")
            for name in ("note", "claim", "domestic_remedy", "person", "evidence")
        ),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[NoteKind] = choice(NoteKind, "note_kind")
    held_on: Mapped[date | None]
    """The day of the call, interview or meeting."""
    text: Mapped[LongText]
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim.id", ondelete="SET NULL"))
    domestic_remedy_id: Mapped[UUID | None] = mapped_column(ForeignKey("domestic_remedy.id", ondelete="SET NULL"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    """Not their role in the case: that goes when two records of a person are merged, and a note is not changed by it."""
    evidence_id: Mapped[UUID | None]
    """Of an amendment that of its note: whoever may not know what a piece of evidence is reads neither."""
    note_id: Mapped[UUID | None]
    """The note that this one amends."""
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    written_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
    """Its author, where the reader sees them."""
    evidence: Mapped[Evidence | None] = relationship(lazy="raise_on_sql", viewonly=True)
    mention_rows: Mapped[list["NoteMention"]] = relationship(
        lazy="raise_on_sql", viewonly=True, order_by="NoteMention.created_at, NoteMention.id"
    )

    @property
    def about(self) -> str:
        """Return what the note is on, as the form names it: "claim:...", "remedy:...", "person:...", "evidence:...", or nothing for the case."""
        subjects = {
            "claim": self.claim_id,
            "remedy": self.domestic_remedy_id,
            "person": self.person_id,
            "evidence": self.evidence_id,
        }
        return next((f"{kind}:{row_id}" for kind, row_id in subjects.items() if row_id), "")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class NoteMention(Base):
    """That somebody is mentioned in a note: it waits for them until they have opened it. Mails say nothing of it."""

    __tablename__ = "note_mention"
    __table_args__ = (
        ForeignKeyConstraint(["note_id", "case_id"], ["note.id", "note.case_id"]),
        UniqueConstraint("note_id", "user_id"),
        Index("ix_note_mention_case_id", "case_id"),
        Index("ix_note_mention_unread", "user_id", postgresql_where=text("read_at IS NULL")),
    )

    id: Mapped[RandomId]
    note_id: Mapped[UUID]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    mentioned_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[CreatedAt]
    read_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship(foreign_keys=user_id, lazy="raise_on_sql", viewonly=True)
    """Where the reader sees them."""
