"""What the organisations themselves did for the people of a case (HURIDOCS: Intervention)."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import CreatedAt, Line, LongText, RandomId, choice
from caseflow.law.dates import UncertainDate
from caseflow.models.case import CaseChild


class InterventionKind(StrEnum):
    """What was done."""

    LETTER = "letter"
    URGENT_ACTION = "urgent_action"
    LEGAL_AID = "legal_aid"
    SHELTER = "shelter"
    MEDICAL_HELP = "medical_help"
    OTHER = "other"


class InterventionResult(StrEnum):
    """What came of it."""

    OPEN = "open"
    ACHIEVED = "achieved"
    PARTLY = "partly"
    REFUSED = "refused"
    NO_EFFECT = "no_effect"


class Intervention(CaseChild):
    """A letter, an urgent action, legal aid, shelter or medical help, with its dates and its result."""

    __tablename__ = "intervention"
    __table_args__ = (Index("ix_intervention_case_id", "case_id", "position"),)

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    kind: Mapped[InterventionKind] = choice(InterventionKind, "intervention_kind")
    measure: Mapped[Line] = mapped_column(default="", server_default="")
    """In a few words, without names."""
    party: Mapped[Line] = mapped_column(default="", server_default="")
    """To whom it was addressed, or with whom it was done."""
    began: Mapped[UncertainDate | None]
    result: Mapped[InterventionResult | None] = choice(InterventionResult, "intervention_result")
    ended: Mapped[UncertainDate | None]
    """When the result was known."""
    outcome: Mapped[LongText] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it
