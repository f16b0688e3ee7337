"""That two records are not the same, although they look so: said by somebody with a reason, until it is taken back."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, Line, RandomId
from caseflow.models.section import User


def _arguments(table: str, *keys: Any) -> tuple[Any, ...]:
    """Return what both tables have: each pair once, in the order of ids, while it holds."""
    return (
        *keys,
        CheckConstraint("first_id < second_id", name="two_in_order"),
        CheckConstraint("(taken_back_by_id IS NULL) = (taken_back_at IS NULL)", name="taking_back_is_whole"),
        Index(
            f"uq_{table}_holds", "first_id", "second_id", unique=True, postgresql_where=text("taken_back_at IS NULL")
        ),
        Index(f"ix_{table}_second_id", "second_id"),
        Index(f"ix_{table}_section_id", "section_id", text("said_at DESC"), text("id DESC")),
    )


class Difference(Base):
    """What is kept of two records that are not the same."""

    __abstract__ = True

    id: Mapped[RandomId]
    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"))
    reason: Mapped[Line]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    said_at: Mapped[CreatedAt]
    taken_back_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    taken_back_at: Mapped[datetime | None]

    if TYPE_CHECKING:
        first_id: Mapped[UUID]
        second_id: Mapped[UUID]
        user: Mapped[User | None]
        taken_back_by: Mapped[User | None]
    else:

        @declared_attr
        def user(cls) -> Mapped[User | None]:  # noqa: N805 - as SQLAlchemy documents it
            """Return who said it, where the reader sees them."""
            return relationship(lazy="raise_on_sql", foreign_keys=[cls.user_id])

        @declared_attr
        def taken_back_by(cls) -> Mapped[User | None]:  # noqa: N805 - as SQLAlchemy documents it
            """Return who took it back, where the reader sees them."""
            return relationship(lazy="raise_on_sql", foreign_keys=[cls.taken_back_by_id])


class PersonDifference(Difference):
    """That two persons who look as if they were recorded twice are two."""

    __tablename__ = "person_difference"
    __table_args__ = _arguments(
        "person_difference",
        ForeignKeyConstraint(["first_id", "section_id"], ["person.id", "person.section_id"]),
        ForeignKeyConstraint(["second_id", "section_id"], ["person.id", "person.section_id"]),
    )

    first_id: Mapped[UUID]
    second_id: Mapped[UUID]


class CaseDifference(Difference):
    """That two cases that look like one event are two."""

    __tablename__ = "case_difference"
    __table_args__ = _arguments("case_difference")

    first_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    second_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
