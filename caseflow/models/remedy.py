"""Domestic remedies: the ladder of a claim, and whom each remedy concerns where it does not concern all victims."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, Code, CreatedAt, Line, LongText, RandomId, choice
from caseflow.law.dates import UncertainDate
from caseflow.models.case import CaseChild


class RemedyKind(StrEnum):
    """The kind of a remedy. Only ordinary remedies must be exhausted and start the one-year clock."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"
    DISCRETIONARY = "discretionary"


class DomesticRemedy(CaseChild):
    """A step of the ladder: used, with its dates and outcome; or not used, with the reason.

    Codes (`stage`, `outcome`, `reason_not_used`) are those of the vocabularies of the law engine.
    """

    __tablename__ = "domestic_remedy"
    __table_args__ = (
        CheckConstraint("is_used OR reason_not_used IS NOT NULL", name="used_or_reason"),
        CheckConstraint("NOT is_used OR reason_not_used IS NULL", name="no_reason_when_used"),
        Index("ix_domestic_remedy_case_id", "case_id"),
        Index("ix_domestic_remedy_claim_id", "claim_id", "position"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"))
    position: Mapped[int]
    is_used: Mapped[bool] = mapped_column(default=True)
    stage: Mapped[Code]
    kind: Mapped[RemedyKind] = choice(RemedyKind, "remedy_kind", default=RemedyKind.ORDINARY)
    authority: Mapped[Line] = mapped_column(default="", server_default="")
    file_number: Mapped[Line] = mapped_column(default="", server_default="")
    filed: Mapped[UncertainDate | None]
    decided: Mapped[UncertainDate | None]
    notified: Mapped[UncertainDate | None]
    notified_to: Mapped[Line] = mapped_column(default="", server_default="")
    outcome: Mapped[Code | None]
    raised_right: Mapped[bool | None]
    could_repair: Mapped[bool | None]
    is_suspensive: Mapped[bool | None]
    next_step: Mapped[Code | None]
    """Code of the stage that is still open, for example APPEAL."""
    next_step_due: Mapped[date | None]
    next_step_reason: Mapped[Line] = mapped_column(default="", server_default="")
    """Why this deadline is kept although the remedy map of the State calculates another."""
    next_step_computed: Mapped[date | None]
    """The day that the map calculated when the reason was given. The reason says nothing of any other day."""
    reason_not_used: Mapped[Code | None]
    explanation: Mapped[LongText] = mapped_column(default="", server_default="")
    is_documented: Mapped[bool | None]
    concerns_some: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether it concerns the persons of `concerned` only, and nobody if they were removed. Otherwise all victims of the claim."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it

    concerned: Mapped[list["RemedyPerson"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def person_ids(self) -> list[UUID]:
        """Return the roles (`case_person`) of those whom it concerns, sorted; empty where it concerns all."""
        return sorted(row.case_person_id for row in self.concerned)

    @person_ids.setter
    def person_ids(self, wanted: Sequence[UUID]) -> None:
        known = {row.case_person_id: row for row in self.concerned}
        self.concerned = [known.get(one) or RemedyPerson(case_person_id=one, case_id=self.case_id) for one in wanted]


class RemedyPerson(Base):
    """That a remedy concerns a person, and not all victims of its claim."""

    __tablename__ = "remedy_person"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_person_id", "case_id"], ["case_person.id", "case_person.case_id"], ondelete="CASCADE"
        ),
        Index("ix_remedy_person_case_id", "case_id"),
        Index("ix_remedy_person_case_person_id", "case_person_id"),
    )

    domestic_remedy_id: Mapped[UUID] = mapped_column(
        ForeignKey("domestic_remedy.id", ondelete="CASCADE"), primary_key=True
    )
    case_person_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
