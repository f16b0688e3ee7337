"""Templates of tasks: what a section does in cases of one kind, counted from a day."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, CreatedAt, Line, LongText, RandomId, choice
from caseflow.models.case import Stage, Urgency


class TaskTemplate(Base):
    """Tasks that coordinators of a section wrote down for cases of one kind. The shipped examples are no rows."""

    __tablename__ = "task_template"
    __table_args__ = (
        CheckConstraint("name <> '' AND date_name <> '' AND lines <> ''", name="complete"),
        Index("ix_task_template_section_id", "section_id"),
    )

    id: Mapped[RandomId]
    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"))
    name: Mapped[Line]
    date_name: Mapped[Line]
    """The day from which the tasks are counted, such as the day of the eviction."""
    stage: Mapped[Stage | None] = choice(Stage, "task_template_stage")
    """The stage of the cases for which it is meant; none for all."""
    urgency: Mapped[Urgency | None] = choice(Urgency, "task_template_urgency")
    """The urgency of the cases for which it is meant; none for all."""
    lines: Mapped[LongText]
    """Each task in a line, with its days and below it its checklist (`tasks.templates.service.read_lines`)."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it
