"""Sessions, what limits how often somebody may try to sign in, the key that signs who acts, and the check of the data keys."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
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


class SignInBucket(Base):
    """How many sign-ins somebody may try now: a bucket that fills with time, until `full_at`. No row means that it is full.

    The key is a kind and the number of a slot, which a keyed hash gives to an account, a network or a device.
    """

    __tablename__ = "sign_in_bucket"
    __table_args__ = (Index("ix_sign_in_bucket_full_at", "full_at"),)

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    full_at: Mapped[datetime]


class SigningKey(Base):
    """The one key with which the database signs who acts in a transaction (`db/sql/actor.sql`). Only it can read the key."""

    __tablename__ = "signing_key"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[bytes] = mapped_column(LargeBinary(32))


class DataKeyCheck(Base):
    """A known text, encrypted with a data key: another key under the same id does not open it, and the start is refused."""

    __tablename__ = "data_key_check"

    key_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    retired_at: Mapped[datetime | None]
    """When nothing was sealed with it any more: the ring may lack it."""
