"""The audit trail: one insert-only table, chained by hashes, one chain per section."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, RandomId


class AuditEntry(Base):
    """An act: actor, action, row, time, and the changed fields with old and new values.

    `sequence`, `at`, `previous_hash` and `hash` are filled by a trigger (`db/sql/audit_chain.sql`); the application can't write them.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("section_id", "sequence"),
        Index("ix_audit_entry_case_id", "case_id", "at", "sequence"),
        Index("ix_audit_entry_section_id", "section_id", "at", "sequence"),
    )

    id: Mapped[RandomId]
    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"))
    sequence: Mapped[int | None] = mapped_column(nullable=False)
    at: Mapped[datetime | None] = mapped_column(nullable=False)
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    job: Mapped[str] = mapped_column(String(60), default="")
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))
    changes: Mapped[dict[str, object]] = mapped_column(JSONB)
    previous_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), nullable=False)
    hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), nullable=False)


class AuditChain(Base):
    """The head of each section's chain. Written by the trigger only."""

    __tablename__ = "audit_chain"

    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"), primary_key=True)
    last_sequence: Mapped[int]
    last_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
