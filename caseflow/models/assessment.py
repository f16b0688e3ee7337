"""Stored answers of the law engine, with the versions of the rules and data on which they are based."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, Code, CodeList, CreatedAt, RandomId, choice


class Outlook(StrEnum):
    """The summary of all findings (`caseflow.law.engine.outlook`)."""

    BARRED = "barred"
    PREMATURE = "premature"
    INCOMPLETE = "incomplete"
    ARGUABLE = "arguable"
    CLEAR = "clear"


class AssessmentCause(StrEnum):
    """Why a case was reassessed."""

    CHANGE = "change"
    """A person changed the case."""
    TIME = "time"
    """A day passed."""
    DATA = "data"
    """The rules or the register changed."""


class Assessment(Base):
    """One answer of the engine. A row is added only when the answer differs from the last one.

    `digest` is computed without the day, the days left and the versions, so that the same answer on another day or on newer
    data has the same digest. `ruleset` and `data` are the versions that confirmed it last; the document has those of the
    first time.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        Index("uq_assessment_current", "case_id", unique=True, postgresql_where=text("is_current")),
        Index("ix_assessment_case_id", "case_id", "made_at"),
        Index(
            "ix_assessment_unseen",
            "case_id",
            "made_at",
            postgresql_where=text("seen_at IS NULL AND previous_outlook <> outlook"),
        ),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    is_current: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[CreatedAt]
    cause: Mapped[AssessmentCause] = choice(AssessmentCause, "assessment_cause")
    assessed_on: Mapped[date]
    """The first day with this answer."""
    confirmed_on: Mapped[date]
    """The last day that confirmed this answer."""
    outlook: Mapped[Outlook] = choice(Outlook, "outlook")
    previous_outlook: Mapped[Outlook | None] = choice(Outlook, "previous_outlook")
    """Outlook of the previous answer; null for the first one."""
    ruleset: Mapped[Code]
    data: Mapped[str] = mapped_column(String(100))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    findings: Mapped[dict[str, object]] = mapped_column(JSONB)
    """The document `caseflow/findings/1`."""
    blocking: Mapped[CodeList]
    """The rules of `findings` that are not met, one entry for each finding. Kept for the current answer of a case."""
    not_confirmed: Mapped[CodeList]
    """The same of those that are unknown."""
    seen_at: Mapped[datetime | None]
    """When the case's owner saw the change of outlook; null while it is listed in "My work"."""


class ReassessmentRun(Base):
    """One full pass of reassessment over all cases before filing: counts only, no data of a case.

    `ended_at` stays empty when the job was killed; the next pass continues from there.
    """

    __tablename__ = "reassessment_run"
    __table_args__ = (Index("ix_reassessment_run_started_at", "started_at"),)

    id: Mapped[RandomId]
    started_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None]
    state_code: Mapped[str | None] = mapped_column(ForeignKey("state.code"))
    """The State whose cases were reassessed; null for all States."""
    ruleset: Mapped[Code]
    data: Mapped[str] = mapped_column(String(100))
    cases: Mapped[int] = mapped_column(default=0)
    """Number of cases assessed."""
    changed: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict, server_default="{}")
    """Number of changed answers by cause (`AssessmentCause`), and of cases assessed for the first time (`first`)."""
    outlooks: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict, server_default="{}")
    """Number of changed outlooks, by `from>to`."""
    corrected: Mapped[int] = mapped_column("mended", default=0)
    """Number of deadlines added, moved, closed or reopened."""
    failed: Mapped[int] = mapped_column(default=0)
    """Number of cases that could not be assessed because of a program error; the log has their ids."""
    alarms: Mapped[int] = mapped_column(default=0)
    """Number of cases whose answer or deadline differed from the stored one without new data or another day as the reason."""
