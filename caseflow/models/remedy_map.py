"""Remedy maps: which domestic remedies a State offers for a right, in their order. Holds no case."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, Code, CreatedAt, Line, LongText, RandomId, choice
from caseflow.models.remedy import RemedyKind


class LimitUnit(StrEnum):
    """The unit of a time limit."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


class LimitFrom(StrEnum):
    """The event that starts a time limit."""

    ACT = "act"
    DECISION = "decision"
    NOTIFICATION = "notification"
    PUBLICATION = "publication"
    SILENCE = "silence"


class Effectiveness(StrEnum):
    """The effectiveness of a remedy in the opinion of the map's reviewer."""

    EFFECTIVE = "effective"
    DOUBTFUL = "doubtful"
    INEFFECTIVE = "ineffective"
    NOT_KNOWN = "not_known"


class RemedyMap(Base):
    """The remedies of one State for one right, as a ladder."""

    __tablename__ = "remedy_map"
    __table_args__ = (UniqueConstraint("state_code", "right"),)

    id: Mapped[RandomId]
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"))
    right: Mapped[Code]
    """Code of the vocabulary `right`."""
    is_example: Mapped[bool] = mapped_column(default=False)
    """An example that a lawyer of the State must review before it is used."""
    holiday_region: Mapped[Line] = mapped_column(default="", server_default="")
    """Region of the State whose public holidays count besides the national ones; empty for none."""
    closed_periods: Mapped[list[list[str]]] = mapped_column(JSONB, default=list, server_default="[]")
    """Days of each year on which working days do not run, as pairs of `MM-DD` (Spain: the whole of August)."""
    source: Mapped[LongText] = mapped_column(default="", server_default="")
    checked_on: Mapped[date | None]
    reviewed_by: Mapped[Line] = mapped_column(default="", server_default="")
    reviewed_on: Mapped[date | None]
    pack: Mapped[Code] = mapped_column(default="", server_default="")
    """The dated pack it was loaded from; empty for maps made by people."""
    changed_at: Mapped[datetime | None]
    """When a person last changed it or one of its steps; null while it equals the pack."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    steps: Mapped[list["RemedyMapStep"]] = relationship(
        lazy="raise_on_sql", order_by="RemedyMapStep.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class RemedyMapStep(Base):
    """A remedy of a map: authority, time limit and effectiveness."""

    __tablename__ = "remedy_map_step"
    __table_args__ = (
        UniqueConstraint("map_id", "position", deferrable=True, initially="DEFERRED"),
        CheckConstraint("(limit_count IS NULL) = (limit_unit IS NULL)", name="limit_has_unit"),
        CheckConstraint("(limit_count IS NULL) = (limit_from IS NULL)", name="limit_has_event"),
        CheckConstraint("limit_count > 0", name="limit_positive"),
    )

    id: Mapped[RandomId]
    map_id: Mapped[UUID] = mapped_column(ForeignKey("remedy_map.id", ondelete="CASCADE"))
    position: Mapped[int]
    stage: Mapped[Code]
    """Code of the vocabulary `remedy_stage`."""
    name: Mapped[Line]
    """The name of the remedy in that State."""
    authority: Mapped[Line] = mapped_column(default="", server_default="")
    kind: Mapped[RemedyKind] = choice(RemedyKind, "map_remedy_kind", default=RemedyKind.ORDINARY)
    limit_count: Mapped[int | None]
    limit_unit: Mapped[LimitUnit | None] = choice(LimitUnit, "limit_unit")
    limit_from: Mapped[LimitFrom | None] = choice(LimitFrom, "limit_from")
    runs_in_closed_periods: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether working days also run in the map's closed periods, as before authorities, and in Spain for filing an amparo."""
    limit_note: Mapped[LongText] = mapped_column(default="", server_default="")
    """What the numbers can't express: a limit after silence, a shorter one for some decisions, no limit."""
    is_suspensive: Mapped[bool | None]
    costs: Mapped[LongText] = mapped_column(default="", server_default="")
    effectiveness: Mapped[Effectiveness] = choice(Effectiveness, "effectiveness", default=Effectiveness.NOT_KNOWN)
    effectiveness_note: Mapped[LongText] = mapped_column(default="", server_default="")
    source: Mapped[LongText] = mapped_column(default="", server_default="")
    checked_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it
