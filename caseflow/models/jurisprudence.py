"""Decisions of the Committee: decided communications, and what was held on which rule. Loaded from a dated pack."""

from datetime import date

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, Code, CodeList, Line, LongText
from caseflow.law.dates import UncertainDate


class DecidedCommunication(Base):
    """A communication that the Committee has decided, of anybody: it is no case of the coalition.

    The columns are those of `caseflow.law.jurisprudence.PackedCommunication`, and what is computed from them.
    """

    __tablename__ = "decided_communication"
    __table_args__ = (Index("ix_decided_communication_order", "ordered_on", "serial"),)

    number: Mapped[Code] = mapped_column(primary_key=True)
    """Number and year, such as `5/2015`."""
    serial: Mapped[int] = mapped_column(unique=True)
    symbol: Mapped[str | None] = mapped_column(Text, unique=True)
    """Symbol of its document; null where only a decision on several communications names it."""
    short_name: Mapped[Line]
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"))
    kind: Mapped[Code]
    outcome: Mapped[Code]
    adopted_on: Mapped[UncertainDate | None]
    submitted_on: Mapped[UncertainDate | None]
    registered_on: Mapped[UncertainDate | None]
    ordered_on: Mapped[date]
    year: Mapped[int | None]
    interim_measures: Mapped[Code]
    articles_found_violated: Mapped[CodeList]
    articles_claimed: Mapped[CodeList]
    grounds_inadmissible: Mapped[CodeList]
    rights: Mapped[CodeList]
    violation_types: Mapped[CodeList]
    topic: Mapped[Code]
    groups: Mapped[CodeList]
    reason_discontinued: Mapped[Code]
    duration_days: Mapped[int | None]
    individual_recommendations: Mapped[list[str]] = mapped_column(ARRAY(Text))
    general_recommendations: Mapped[list[str]] = mapped_column(ARRAY(Text))
    joined_with: Mapped[CodeList]
    text_basis: Mapped[Code]
    notes: Mapped[LongText]
    source: Mapped[LongText]
    rules: Mapped[CodeList]
    """The rules and questions on which something was held in its decision."""
    search_text: Mapped[LongText]
    """Its words in their plain form (`caseflow.db.searching.lookup`)."""
    pack: Mapped[Code]


class Holding(Base):
    """What the Committee held in one paragraph of a decision, in a sentence of ours, in English."""

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
