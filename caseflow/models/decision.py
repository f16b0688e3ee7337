"""What the Committee decided: on each claim, and what it recommends, each followed up on its own."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Code, CreatedAt, LongText, RandomId, choice
from caseflow.models.case import CaseChild


class ClaimResult(StrEnum):
    """What a decision found on one claim."""

    VIOLATION = "violation"
    NO_VIOLATION = "no_violation"
    INADMISSIBLE = "inadmissible"
    NOT_EXAMINED = "not_examined"


class RecommendationKind(StrEnum):
    """Whether a recommendation is for the people of the case, or for all."""

    INDIVIDUAL = "individual"
    GENERAL = "general"


class RecommendationStatus(StrEnum):
    """What the State has done about a recommendation, by our own assessment."""

    OPEN = "open"
    PARTLY = "partly"
    DONE = "done"
    REFUSED = "refused"


class FollowUpKind(StrEnum):
    """What happened in the follow-up of one recommendation."""

    STATE_REPORTED = "state_reported"
    COMMENTED = "commented"
    """We, to the Committee."""
    OBSERVED = "observed"
    """What we see ourselves, or hear from the people of the case."""
    ASSESSED = "assessed"
    """The Committee said what it thinks of the measures."""
    CLOSED = "closed"
    REOPENED = "reopened"


class FollowUpGrade(StrEnum):
    """How the Committee assessed what the State did about a recommendation. Its own words are in the text (docs/law/protocol.md)."""

    SATISFACTORY = "satisfactory"
    PARTLY = "partly"
    NOT_SATISFACTORY = "not_satisfactory"
    NO_REPLY = "no_reply"
    CONTRARY = "contrary"


class ClosureReason(StrEnum):
    """Why a recommendation is followed up no longer."""

    CARRIED_OUT = "carried_out"
    NOT_CARRIED_OUT = "not_carried_out"
    PERIODIC_REPORT = "periodic_report"
    """Followed up with the next report of the State, as the Committee does with general recommendations."""
    AUTHOR = "author"
    """The people of the case wish no more of it."""
    OTHER = "other"


class ClaimDecision(CaseChild):
    """What a decision of the Committee found on one claim; `why_inadmissible` is why that claim is inadmissible (`objection_grounds`)."""

    __tablename__ = "claim_decision"
    __table_args__ = (
        ForeignKeyConstraint(["letter_id", "case_id"], ["letter.id", "letter.case_id"]),
        ForeignKeyConstraint(["claim_id", "case_id"], ["claim.id", "claim.case_id"], ondelete="CASCADE"),
        UniqueConstraint("letter_id", "claim_id"),
        CheckConstraint("why_inadmissible = '' OR result = 'inadmissible'", name="ground_of_inadmissible"),
        Index("ix_claim_decision_case_id", "case_id", "position"),
        Index("ix_claim_decision_claim_id", "claim_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    letter_id: Mapped[UUID]
    claim_id: Mapped[UUID]
    result: Mapped[ClaimResult] = choice(ClaimResult, "claim_result")
    why_inadmissible: Mapped[Code] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class Recommendation(CaseChild):
    """One recommendation of the Views, and what the State has done about it."""

    __tablename__ = "recommendation"
    __table_args__ = (
        ForeignKeyConstraint(["letter_id", "case_id"], ["letter.id", "letter.case_id"]),
        Index("ix_recommendation_case_id", "case_id", "position"),
        Index("ix_recommendation_letter_id", "letter_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    letter_id: Mapped[UUID]
    kind: Mapped[RecommendationKind] = choice(RecommendationKind, "recommendation_kind")
    text: Mapped[LongText]
    progress: Mapped[RecommendationStatus] = choice(RecommendationStatus, "recommendation_status")
    as_of: Mapped[date | None]
    """The day on which the progress was last looked at."""
    note: Mapped[LongText] = mapped_column(default="", server_default="")
    """What the State did, and what is missing."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class FollowUpStep(CaseChild):
    """One step in the follow-up of a recommendation: a report, comments, an assessment of the Committee, closure, reopening."""

    __tablename__ = "follow_up_step"
    __table_args__ = (
        ForeignKeyConstraint(["letter_id", "case_id"], ["letter.id", "letter.case_id"]),
        CheckConstraint("(kind = 'assessed') = (grade IS NOT NULL)", name="grade_of_assessment"),
        CheckConstraint("(kind = 'closed') = (closed_because IS NOT NULL)", name="reason_of_closure"),
        Index("ix_follow_up_step_case_id", "case_id", "on_day", "position"),
        Index("ix_follow_up_step_recommendation_id", "recommendation_id"),
        Index("ix_follow_up_step_letter_id", "letter_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id", ondelete="CASCADE"))
    kind: Mapped[FollowUpKind] = choice(FollowUpKind, "follow_up_kind")
    on_day: Mapped[date]
    text: Mapped[LongText] = mapped_column(default="", server_default="")
    grade: Mapped[FollowUpGrade | None] = choice(FollowUpGrade, "follow_up_grade")
    closed_because: Mapped[ClosureReason | None] = choice(ClosureReason, "closure_reason")
    letter_id: Mapped[UUID | None]
    """The letter of the docket in which it is."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    recommendation: Mapped[Recommendation] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it
