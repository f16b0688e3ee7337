"""Decisions of the Committee: decided communications, and what was held on which rule.

A row without `changed_at` equals the dated pack and is updated or removed by a newer pack; a row that an administrator wrote
is not. The process reads all rows at once and searches in memory (`features/jurisprudence/queries.py`).
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, Code, CodeList, Line, LongText
from caseflow.law.dates import UncertainDate


class DecidedCommunication(Base):
    """A communication that the Committee has decided, of anybody: it is no case of the coalition.

    The columns are those of `caseflow.law.jurisprudence.Communication`.
    """

    __tablename__ = "decided_communication"

    number: Mapped[Code] = mapped_column(primary_key=True)
    """Number and year, such as `5/2015`."""
    symbol: Mapped[str | None] = mapped_column(Text, unique=True)
    """Symbol of its document; null where only a decision on several communications names it."""
    short_name: Mapped[Line]
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"))
    kind: Mapped[Code]
    outcome: Mapped[Code]
    adopted_on: Mapped[UncertainDate | None]
    submitted_on: Mapped[UncertainDate | None]
    registered_on: Mapped[UncertainDate | None]
    interim_measures: Mapped[Code]
    articles_found_violated: Mapped[CodeList]
    articles_claimed: Mapped[CodeList]
    grounds_inadmissible: Mapped[CodeList]
    rights: Mapped[CodeList]
    violation_types: Mapped[CodeList]
    topic: Mapped[Code]
    groups: Mapped[CodeList]
    reason_discontinued: Mapped[Code]
    individual_recommendations: Mapped[list[str]] = mapped_column(ARRAY(Text))
    general_recommendations: Mapped[list[str]] = mapped_column(ARRAY(Text))
    joined_with: Mapped[CodeList]
    text_basis: Mapped[Code]
    notes: Mapped[LongText]
    source: Mapped[LongText]
    pack: Mapped[Code]
    """Version of the pack that was loaded last."""
    changed_at: Mapped[datetime | None]
    """When an administrator last changed the row; null while it equals the pack."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class Holding(Base):
    """What the Committee held in one paragraph of a decision, in a sentence of ours, in English.

    The columns are those of `caseflow.law.jurisprudence.CommitteeHolding`.
    """

    __tablename__ = "holding"
    __table_args__ = (Index("ix_holding_rule", "rule"), Index("ix_holding_symbol", "symbol"))

    id: Mapped[Code] = mapped_column(primary_key=True)
    rule: Mapped[Code]
    symbol: Mapped[str] = mapped_column(ForeignKey("decided_communication.symbol"))
    paragraph: Mapped[Code]
    sentence: Mapped[LongText]
    direction: Mapped[Code]
    weight: Mapped[Code]
    pack: Mapped[Code]
    """Version of the pack that was loaded last."""
    changed_at: Mapped[datetime | None]
    """When an administrator last changed the row; null while it equals the pack."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it
