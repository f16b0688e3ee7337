"""Deadlines, their acknowledgements and snoozes, thresholds of sections, and requests to sync reminders."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, Code, CreatedAt, Line, LongText, RandomId, choice
from caseflow.models.case import Case
from caseflow.models.section import User


class DeadlineKind(StrEnum):
    """The kind of a deadline. Its reminders: `caseflow/models/deadline_kinds.py`."""

    ONE_YEAR = "one_year"
    NEXT_DOMESTIC_STEP = "next_domestic_step"
    THREATENED_ACT = "threatened_act"
    COMMITTEE_REQUEST = "committee_request"
    STATE_REPLY = "state_reply"
    VIEWS_REPLY = "views_reply"
    CONTACT_CHECK = "contact_check"
    CONSENT_EXPIRY = "consent_expiry"
    INTERIM_CHECK = "interim_check"
    TASK = "task"
    MANUAL = "manual"


class Deadline(Base):
    """A deadline, with the rule and the facts from which it was computed.

    `version` grows whenever the date or the person changes, so that reminders of an older date are not sent.
    `key` identifies a computed deadline within its case (such as `one_year:<claim id>`).
    """

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("case_id", "key"),
        CheckConstraint("(done_at IS NULL) OR (outcome <> '')", name="done_says_how"),
        CheckConstraint("(due_at IS NULL) = (zone = '')", name="hour_has_zone"),
        Index("ix_deadline_case_open", "case_id", "due_on", postgresql_where=text("done_at IS NULL")),
        Index("ix_deadline_open", "due_on", "id", postgresql_where=text("done_at IS NULL")),
        Index(
            "ix_deadline_responsible_open", "responsible_id", "due_on", "id", postgresql_where=text("done_at IS NULL")
        ),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim.id", ondelete="SET NULL"))
    kind: Mapped[DeadlineKind] = choice(DeadlineKind, "deadline_kind")
    source: Mapped[Code] = mapped_column(default="", server_default="")
    """Name of the source that computes it; only this source moves and closes it. Empty for manual deadlines."""
    key: Mapped[str] = mapped_column(String(100))
    title: Mapped[Line] = mapped_column(default="", server_default="")
    due_on: Mapped[date]
    """The last day, in the section's time zone; for a deadline with an hour, in `zone`."""
    due_at: Mapped[datetime | None]
    """The moment of an event with an hour (a threatened act)."""
    zone: Mapped[str] = mapped_column(String(60), default="", server_default="")
    """Time zone of the place of the event; empty for a whole day."""
    dated_at: Mapped[CreatedAt]
    """When the present date was set."""
    basis: Mapped[dict[str, object]] = mapped_column(JSONB, default=dict, server_default="{}")
    """Rule, citation, the facts used and the sentence that explains the date; empty for manual deadlines."""
    note: Mapped[LongText] = mapped_column(default="", server_default="")
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    """Who meets it now: the person to whom it was given while they work on the case, else the case's owner."""
    given_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    """The person who was chosen for it; empty: whoever owns the case."""
    done_at: Mapped[datetime | None]
    outcome: Mapped[Line] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    case: Mapped[Case] = relationship(lazy="raise_on_sql")
    responsible: Mapped[User | None] = relationship(foreign_keys=responsible_id, lazy="raise_on_sql")
    given_to: Mapped[User | None] = relationship(foreign_keys=given_to_id, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class DeadlineAcknowledgement(Base):
    """One person's acknowledgement of a deadline, or their snooze of it."""

    __tablename__ = "deadline_acknowledgement"
    __table_args__ = (
        CheckConstraint("(snoozed_until IS NULL) = (snooze_reason = '')", name="snooze_says_why"),
        Index("ix_deadline_acknowledgement_case_id", "case_id"),
    )

    deadline_id: Mapped[UUID] = mapped_column(ForeignKey("deadline.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    acknowledged_for: Mapped[date | None]
    """The date that was acknowledged; another date must be acknowledged again."""
    acknowledged_at: Mapped[datetime | None]
    snoozed_until: Mapped[date | None]
    snooze_reason: Mapped[Line] = mapped_column(default="", server_default="")


class SectionThresholds(Base):
    """A section's own thresholds for one kind of deadline, in days; -1 is the day after."""

    __tablename__ = "section_thresholds"
    __table_args__ = (
        CheckConstraint(
            "cardinality(thresholds) <= 15 AND -1 <= ALL (thresholds) AND 730 >= ALL (thresholds)",
            name="within_bounds",
        ),
    )

    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"), primary_key=True)
    kind: Mapped[DeadlineKind] = choice(DeadlineKind, "thresholds_kind", primary_key=True)
    thresholds: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class ReminderSyncRequest(Base):
    """A request to reconcile the reminders of open deadlines, written in the commit that changed recipients or thresholds.

    It has a scope (a section, and in it one person or one kind) and its progress. Without a section it is the daily full
    pass; that row is kept, with its results.
    """

    __tablename__ = "reminder_sync_request"
    __table_args__ = (
        CheckConstraint("is_full_pass = (section_id IS NULL)", name="full_pass_is_everything"),
        Index("ix_reminder_sync_request_open", "is_full_pass", "asked_at", postgresql_where=text("ended_at IS NULL")),
        Index(
            "uq_reminder_sync_request_open_full_pass",
            "is_full_pass",
            unique=True,
            postgresql_where=text("is_full_pass AND ended_at IS NULL"),
        ),
        Index("ix_reminder_sync_request_full_pass", "asked_at", postgresql_where=text("is_full_pass")),
    )

    id: Mapped[RandomId]
    section_id: Mapped[UUID | None] = mapped_column(ForeignKey("section.id"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    kind: Mapped[DeadlineKind | None] = choice(DeadlineKind, "reminder_sync_request_kind")
    is_full_pass: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[CreatedAt]
    reached_id: Mapped[UUID | None]
    """The last processed case; the next batch starts after it."""
    ended_at: Mapped[datetime | None]
    rules: Mapped[Code] = mapped_column(default="")
    """Digest of the planning rules of a full pass (`deadlines.planning.RULES`); changes by newer rules raise no alarm."""
    deadlines: Mapped[int] = mapped_column(default=0)
    corrected: Mapped[int] = mapped_column(default=0)
    """Number of deadlines whose reminders differed from the plan."""
    alarms: Mapped[int] = mapped_column(default=0)
    """Number of corrected deadlines that no known change explains."""
    failed: Mapped[int] = mapped_column(default=0)
    """Number of cases that could not be processed."""
