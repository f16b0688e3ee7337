"""What the list of cases is sorted and filtered by, besides the case itself. Triggers of the database keep it."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Date, ForeignKey, Index, func, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, choice
from caseflow.models.assessment import Outlook

NO_DAY: Final = date(9999, 12, 31)
"""Stands for "none" in the orders by a day, so that cases without one come last."""


def _or_last(column: str) -> str:
    return f"coalesce({column}, '{NO_DAY}'::date)"


class CaseListing(Base):
    """One row for each case. Days are those of open deadlines, and empty for a case that has ended.

    `db/sql/case_listing.sql` writes it in the transaction that changes a deadline, an answer or a stage; the audit trail
    writes `active_at`. It is a table of its own because a change of a case would write its words into their indexes again.
    """

    __tablename__ = "case_listing"
    __table_args__ = (
        Index(
            "ix_case_listing_due", "section_id", text(_or_last("irreversible_on")), text(_or_last("due_on")), "case_id"
        ),
        Index("ix_case_listing_clock", "section_id", text(_or_last("one_year_on")), "case_id"),
        Index("ix_case_listing_next", "section_id", "due_on"),
        Index("ix_case_listing_active", "section_id", "active_at", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"))
    irreversible_on: Mapped[date | None]
    """The soonest last day of a kind that cannot be undone (`deadline_kinds.HARD_KINDS`)."""
    due_on: Mapped[date | None]
    """The soonest last day of any kind."""
    one_year_on: Mapped[date | None]
    """The soonest end of a one-year clock."""
    last_one_year_on: Mapped[date | None]
    """The latest end of a one-year clock: a claim may still be brought when the year of another one has ended."""
    outlook: Mapped[Outlook | None] = choice(Outlook, "case_listing_outlook")
    """That of the current assessment; empty before the first one."""
    active_at: Mapped[datetime]
    """When a person last did something in the case that its history records."""


def or_last(column: Any) -> ColumnElement[Any]:
    """Return a day, or the last of all where there is none: as in the indexes, so written as a literal."""
    return func.coalesce(column, literal_column(f"'{NO_DAY}'::date", Date))
