"""Sections of the coalition, people, and their roles."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    case,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column, relationship

from caseflow.db.base import Base, Code, CreatedAt, Line, LongText, RandomId, choice


class SectionKind(StrEnum):
    """A national section or member organisation, or the coalition's secretariat."""

    SECTION = "section"
    SECRETARIAT = "secretariat"


class Role(StrEnum):
    """The role of a person in a section. Its permissions: `caseflow.access.permissions`."""

    CASEWORKER = "caseworker"
    SECTION_COORDINATOR = "section_coordinator"
    SECTION_REPORTER = "section_reporter"
    COALITION_COORDINATOR = "coalition_coordinator"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


WORKING_ROLES = (Role.CASEWORKER, Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR)
"""The roles in which people work on cases."""


class Section(Base):
    """A member organisation or section. Other sections must not see its cases."""

    __tablename__ = "section"

    id: Mapped[RandomId]
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Line]
    kind: Mapped[SectionKind] = choice(SectionKind, "section_kind", default=SectionKind.SECTION)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]


class SectionContact(Base):
    """How strangers reach a section first. Everybody reads it while it is published, and people of the section otherwise."""

    __tablename__ = "section_contact"
    __table_args__ = (CheckConstraint("NOT is_published OR address <> ''", name="published_with_address"),)

    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"), primary_key=True)
    is_published: Mapped[bool] = mapped_column(default=False)
    address: Mapped[Line] = mapped_column(default="", server_default="")
    """For first contact: an email address, a telephone number or a postal address, as the section writes it."""
    languages: Mapped[Line] = mapped_column(default="", server_default="")
    safe_channel: Mapped[LongText] = mapped_column(default="", server_default="")
    hours: Mapped[Line] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)

    section: Mapped[Section] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class User(Base):
    """A person who may sign in. Named `app_user` in the database, where `user` is a reserved word."""

    __tablename__ = "app_user"
    __table_args__ = (
        Index("uq_app_user_email", func.lower(text("email")), unique=True),
        Index("ix_app_user_name", "name"),
    )

    id: Mapped[RandomId]
    email: Mapped[Line]
    name: Mapped[Line]
    password_hash: Mapped[str] = mapped_column(String(300), deferred=True, deferred_raiseload=True)
    """Never loaded: only functions of the database compare it (`db/sql/sign_in.sql`)."""
    language: Mapped[str] = mapped_column(String(10), default="en")
    is_active: Mapped[bool] = mapped_column(default=True)
    device_generation: Mapped[int] = mapped_column(default=0, server_default="0")
    """Devices that signed in before are known while it stays the same (`features/accounts/devices.py`)."""
    created_at: Mapped[CreatedAt]
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", lazy="raise_on_sql")
    if TYPE_CHECKING:
        shown_name: Mapped[str]
        """The name, with a part of the address where the reader sees others of that name. Loaded where a query names it."""


class Membership(Base):
    """A role of a person in a section, with start and end. Row security reads it for every statement."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_active",
            "user_id",
            "section_id",
            "role",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_membership_section_id", "section_id"),
        UniqueConstraint("id", "section_id"),
    )

    id: Mapped[RandomId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"))
    role: Mapped[Role] = choice(Role, "role")
    started_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(back_populates="memberships", lazy="raise_on_sql")
    section: Mapped[Section] = relationship(lazy="raise_on_sql")


def _told_apart() -> ColumnElement[str]:
    """Return a user's name, with the first part of the address (or all of it) if the reader sees others of that name."""
    other = aliased(User)
    local, other_local = (func.split_part(one.email, "@", 1) for one in (User, other))
    namesake = select(other.id).where(other.name == User.name, other.id != User.id).correlate_except(other)
    beside = case((namesake.where(other_local == local).exists(), User.email), else_=local)
    return case((namesake.exists(), User.name + " (" + beside + ")"), else_=User.name)


User.shown_name = column_property(_told_apart(), deferred=True)
