"""Forms that were saved, so that a form that is sent again is not saved a second time."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, CreatedAt


class RequestKey(Base):
    """One form that was saved. Both hashes are keyed: neither shows what was typed."""

    __tablename__ = "request_key"
    __table_args__ = (
        Index("ix_request_key_content", "user_id", "content"),
        Index("ix_request_key_created_at", "created_at"),
    )

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """Hash of the account, the address and the key of the form."""
    content: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Hash of the address and of everything that was typed."""
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    location: Mapped[str] = mapped_column(Text, default="")
    """Where the person was led after saving: an address of this site."""
    created_at: Mapped[CreatedAt]
