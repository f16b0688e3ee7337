"""What the law engine found for a case, kept with the versions of the rules and data that it rests on."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, Code, CreatedAt, RandomId, choice


class Outlook(StrEnum):
    """The sum of all findings (`caseflow.law.engine.outlook`)."""

    BARRED = "barred"
    PREMATURE = "premature"
    INCOMPLETE = "incomplete"
    ARGUABLE = "arguable"
    CLEAR = "clear"


class AssessmentCause(StrEnum):
    """Why a case was assessed anew."""

    CHANGE = "change"
    """Somebody changed the case."""
    TIME = "time"
    """A day passed."""
    DATA = "data"
    """The rules or the register changed."""


class Assessment(Base):
    """One answer of the engine. A new row is written when the answer differs from the last one.

    `digest` is of the answer without the day, the days left and the versions, so that the same answer on another day or
    on newer data is the same one, found again. `ruleset` and `data` are the versions on which it was last found; the
    document keeps those on which it was given first.
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
    """The day for which the answer was given first."""
    confirmed_on: Mapped[date]
    """The last day for which the answer was found to be the same."""
    outlook: Mapped[Outlook] = choice(Outlook, "outlook")
    previous_outlook: Mapped[Outlook | None] = choice(Outlook, "previous_outlook")
    """Outlook of the answer before; null for the first one."""
    ruleset: Mapped[Code]
    data: Mapped[str] = mapped_column(String(100))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    findings: Mapped[dict[str, object]] = mapped_column(JSONB)
    """The document `caseflow/findings/1`."""
    seen_at: Mapped[datetime | None]
    """When the case's owner was shown a change of outlook; null while it waits in "my work"."""


class ReassessmentRun(Base):
    """One pass of the nightly job over all cases before filing: counts, and nothing of any case.

    `ended_at` stays empty when the job was killed; the next pass goes on where it was.
    """

    __tablename__ = "reassessment_run"
    __table_args__ = (Index("ix_reassessment_run_started_at", "started_at"),)

    id: Mapped[RandomId]
    started_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None]
    state_code: Mapped[str | None] = mapped_column(ForeignKey("state.code"))
    """The one State whose cases were assessed anew; null for all of them."""
    ruleset: Mapped[Code]
    data: Mapped[str] = mapped_column(String(100))
    cases: Mapped[int] = mapped_column(default=0)
    """How many were assessed."""
    changed: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict, server_default="{}")
    """How many answers changed, by cause (`AssessmentCause`), and how many cases were assessed for the first time (`first`)."""
    outlooks: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict, server_default="{}")
    """How many outlooks changed, by `from>to`."""
    mended: Mapped[int] = mapped_column(default=0)
    """Deadlines that were added, moved, closed or opened again."""
    failed: Mapped[int] = mapped_column(default=0)
    """Cases that could not be assessed: a fault of ours, named in the log by the case's id."""
    alarms: Mapped[int] = mapped_column(default=0)
    """Cases whose answer or deadline was another than the stored one, though neither data nor day explains it."""
