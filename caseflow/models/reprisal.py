"""Reprisals against people who communicate with the Committee (OP-ICESCR art. 13), as a log to which entries are only added."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, Line, LongText, RandomId, choice
from caseflow.law.dates import UncertainDate
from caseflow.models.section import User


class ReprisalEntryKind(StrEnum):
    """What an entry says: what happened, or what was done about it."""

    EVENT = "event"
    REPORTED = "reported"
    PROTECTION_ASKED = "protection_asked"
    PROTECTION_GRANTED = "protection_granted"
    PROTECTION_REFUSED = "protection_refused"
    RESULT = "result"
    ENDED = "ended"
    AMENDED = "amended"
    """It corrects or completes what was written before, which stays."""


class ReportedTo(StrEnum):
    """To whom a reprisal was reported, or who was asked for protection."""

    COMMITTEE = "committee"
    SPECIAL_RAPPORTEUR = "special_rapporteur"
    UN_FOCAL_POINT = "un_focal_point"
    POLICE = "police"
    COURT = "court"
    INSTITUTION = "institution"
    OTHER = "other"


class Reprisal(Base):
    """An entry of the log: what happened, or a later entry on it, which names it. None is changed or removed.

    Row security shows it in the section of the case only, whatever is shared, and the history has none of its words.
    """

    __tablename__ = "reprisal"
    __table_args__ = (
        UniqueConstraint("id", "case_id"),
        ForeignKeyConstraint(["reprisal_id", "case_id"], ["reprisal.id", "reprisal.case_id"]),
        CheckConstraint("(kind = 'event') = (reprisal_id IS NULL)", name="entry_on_event"),
        CheckConstraint(
            "kind = 'event' OR (person_id IS NULL AND whom = '' AND by_whom = '' AND is_continuing IS NULL)",
            name="said_of_event",
        ),
        CheckConstraint("(to_whom IS NOT NULL) = (kind IN ('reported', 'protection_asked'))", name="to_whom_of_report"),
        Index("ix_reprisal_case_id", "case_id", "created_at", "id"),
        Index("ix_reprisal_reprisal_id", "reprisal_id"),
        Index("ix_reprisal_person_id", "person_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    reprisal_id: Mapped[UUID | None]
    """The event on which this entry is."""
    kind: Mapped[ReprisalEntryKind] = choice(ReprisalEntryKind, "reprisal_entry_kind")
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    """To whom it happened; null: to nobody of the case."""
    whom: Mapped[Line] = mapped_column(default="", server_default="")
    """To whom else, described without a name: counsel, a witness."""
    happened: Mapped[UncertainDate | None]
    by_whom: Mapped[Line] = mapped_column(default="", server_default="")
    is_continuing: Mapped[bool | None]
    """Whether it went on when it was recorded; null: not known."""
    to_whom: Mapped[ReportedTo | None] = choice(ReportedTo, "reported_to")
    text: Mapped[LongText]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[CreatedAt]

    written_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
