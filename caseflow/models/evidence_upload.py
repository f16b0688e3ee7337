"""Uploads of evidence in progress: what has arrived of a file that is sent in parts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, CreatedAt, Line, RandomId


class EvidenceUpload(Base):
    """A file that one person is sending to one case. It is no evidence yet: only they see it, and after some days it is removed."""

    __tablename__ = "evidence_upload"
    __table_args__ = (
        CheckConstraint("received >= 0 AND received <= size", name="received_of_size"),
        CheckConstraint("octet_length(beginning) = 32", name="beginning_whole"),
        CheckConstraint("(stored_as IS NULL) = (key_sealed IS NULL)", name="stored_with_key"),
        Index("ix_evidence_upload_case_id", "case_id"),
        Index("ix_evidence_upload_user_id", "user_id"),
        Index("ix_evidence_upload_touched_at", "touched_at"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    file_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    size: Mapped[int] = mapped_column(BigInteger)
    """Bytes of the whole file, as the browser says."""
    beginning: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of its first bytes: with name and size it tells that the same file was chosen again."""
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    """Bytes that have arrived and are in the store."""
    parts_as: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default="{}")
    """Names in the store of the parts, in their order."""
    keys_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    """Keys of the parts, one after the other, in hexadecimal digits."""
    media_type: Mapped[Line] = mapped_column(default="", server_default="")
    """By its content, once the first part is there."""
    stored_as: Mapped[UUID | None]
    """Name in the store of the whole file, once all parts have arrived."""
    key_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    begun_at: Mapped[CreatedAt]
    touched_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None]
    """When it became evidence, or was discarded: what is left of it is removed."""

    def bound_to(self, field: str) -> str:
        """Return what a sealed field is bound to (`db.sealing`)."""
        return f"upload:{self.id}:{field}"
