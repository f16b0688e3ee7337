"""Tasks of the daily work: who does what until when, and with which result."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import WIDTH_OF_A_LINE, Base, CreatedAt, Line, LongText, RandomId, choice
from caseflow.models.case import Case
from caseflow.models.section import User


class TaskStatus(StrEnum):
    """How a task stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Task(Base):
    """A task in a case, or on one claim, remedy or person of it. It is done or cancelled, and never removed.

    One with a day is a deadline as well, of the source "tasks".
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("num_nonnulls(claim_id, domestic_remedy_id, person_id) <= 1", name="one_subject"),
        CheckConstraint("(status = 'open') = (ended_at IS NULL)", name="end_has_moment"),
        CheckConstraint("(status = 'open') = (result = '')", name="end_says_how"),
        CheckConstraint("done_steps <@ steps", name="done_steps_exist"),
        Index("ix_task_case_id", "case_id", "created_at", "id"),
        Index("ix_task_case_open", "case_id", postgresql_where=text("status = 'open'")),
        Index("ix_task_given_open", "given_to_id", postgresql_where=text("status = 'open'")),
        *(Index(f"ix_task_{name}_id", f"{name}_id") for name in ("claim", "domestic_remedy", "person")),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    title: Mapped[Line]
    details: Mapped[LongText] = mapped_column(default="", server_default="")
    due_on: Mapped[date | None]
    """The last day, in the section's time zone; none if it has no day."""
    given_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    """The person who was chosen for it; empty: whoever owns the case."""
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim.id", ondelete="SET NULL"))
    domestic_remedy_id: Mapped[UUID | None] = mapped_column(ForeignKey("domestic_remedy.id", ondelete="SET NULL"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    """Not their role in the case, which goes when two records of a person are merged."""
    gap: Mapped[str] = mapped_column(String(100), default="", server_default="")
    """The gap of readiness from which it was made (`readiness.gaps.queries.gap_key`); empty if from none."""
    steps: Mapped[list[str]] = mapped_column(ARRAY(String(WIDTH_OF_A_LINE)), default=list, server_default="{}")
    """The checklist, each step once."""
    done_steps: Mapped[list[str]] = mapped_column(ARRAY(String(WIDTH_OF_A_LINE)), default=list, server_default="{}")
    status: Mapped[TaskStatus] = choice(TaskStatus, "task_status", default=TaskStatus.OPEN, server_default="open")
    result: Mapped[Line] = mapped_column(default="", server_default="")
    """What came of it, or why it was cancelled."""
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    case: Mapped[Case] = relationship(lazy="raise_on_sql")
    given_to: Mapped[User | None] = relationship(foreign_keys=given_to_id, lazy="raise_on_sql")
    asked_by: Mapped[User | None] = relationship(foreign_keys=asked_by_id, lazy="raise_on_sql")
    ended_by: Mapped[User | None] = relationship(foreign_keys=ended_by_id, lazy="raise_on_sql")
    """Like the other two only where the reader sees them."""

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be done."""
        return self.status is TaskStatus.OPEN

    @property
    def about(self) -> str:
        """Return what the task is on, as the form names it: "claim:...", "remedy:...", "person:...", or nothing for the case."""
        subjects = {"claim": self.claim_id, "remedy": self.domestic_remedy_id, "person": self.person_id}
        return next((f"{kind}:{row_id}" for kind, row_id in subjects.items() if row_id), "")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it
