"""What somebody typed into a form and has not saved."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, CreatedAt, RandomId


class Draft(Base):
    """What one person typed into one form in one window. Without `typed_sealed` the form was saved, and nothing more is kept of it."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("uq_draft_form", "user_id", "address", "form_key", unique=True),
        Index("ix_draft_saved_at", "saved_at"),
    )

    id: Mapped[RandomId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))
    """The case that the form belongs to: without access to it the draft is not shown."""
    address: Mapped[str] = mapped_column(String(300))
    """The path to which the form is sent."""
    form_key: Mapped[str] = mapped_column(String(64))
    """The key with which the form is saved once (`web.once`): another window has another."""
    typed_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    """Names and values of the fields, and the query of the page."""
    saved_at: Mapped[CreatedAt]
    written: Mapped[int] = mapped_column(BigInteger, default=0)
    """The order in which the page sent what was typed, in milliseconds: an older text that arrives later is dropped."""
    version: Mapped[int] = mapped_column(default=1)

    def bound_to(self, field: str) -> str:
        """Return what a sealed field of this draft is bound to (`db.sealing`)."""
        return f"draft:{self.user_id}:{self.address}:{self.form_key}:{field}"
