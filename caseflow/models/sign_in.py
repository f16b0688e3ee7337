"""Sessions, and delays after failed sign-ins."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, RandomId
from caseflow.models.section import User


class UserSession(Base):
    """A session of a browser. Only a hash of its token is stored, so that a stolen table gives no access."""

    __tablename__ = "user_session"
    __table_args__ = (Index("ix_user_session_open", "user_id", postgresql_where=text("ended_at IS NULL")),)

    id: Mapped[RandomId]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    browser: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(lazy="raise_on_sql")


class SignInDelay(Base):
    """Failed sign-ins of one account or one network address, by a keyed hash. They delay sign-in, but never lock it."""

    __tablename__ = "sign_in_delay"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
