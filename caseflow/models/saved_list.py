"""What a person keeps of the list of cases: filters under a name, and the columns."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, CodeList, CreatedAt, LongText, RandomId


class SavedList(Base):
    """A list of cases under a name. With a section it is for all who work on its cases, else for the person alone."""

    __tablename__ = "saved_list"
    __table_args__ = (
        Index(
            "uq_saved_list_own",
            "user_id",
            func.lower(text("name")),
            unique=True,
            postgresql_where=text("section_id IS NULL"),
        ),
        Index(
            "uq_saved_list_section",
            "section_id",
            func.lower(text("name")),
            unique=True,
            postgresql_where=text("section_id IS NOT NULL"),
        ),
    )

    id: Mapped[RandomId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    """Whoever saved it."""
    section_id: Mapped[UUID | None] = mapped_column(ForeignKey("section.id"))
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[LongText] = mapped_column(info={"audit": "hidden"})
    """The query string of the list. The words of a search can name a person, so the trail says only that they changed."""
    created_at: Mapped[CreatedAt]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class ListSetting(Base):
    """The columns of the list of cases that a person chose."""

    __tablename__ = "list_setting"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    columns: Mapped[CodeList]
