"""Requests for interim measures (OP-ICESCR art. 5): what they say, who signed which words, when they were sent; and breaches."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, Line, LongText, RandomId, choice
from caseflow.models.filing import FilingChannel
from caseflow.models.section import User


class InterimRequest(Base):
    """A request to the Committee for interim measures. A case has at most one that was not sent; what was sent never changes.

    The threatened act with its hour is a deadline of the case, and the letters of the Committee are on the docket.
    """

    __tablename__ = "interim_request"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("num_nulls(signed_by_id, signed_at, content, sha256) IN (0, 4)", name="signed_whole"),
        CheckConstraint("sha256 = sha256(convert_to(content, 'UTF8'))", name="hash_of_content"),
        CheckConstraint("NOT (signed_by_id = ANY (writer_ids)) OR alone_because <> ''", name="signed_by_another"),
        CheckConstraint(
            "num_nulls(sent_on, channel, sent_by_id, recorded_at) IN (0, 4) AND (sent_on IS NULL) = (proof = '')",
            name="sent_whole",
        ),
        CheckConstraint("sent_on IS NULL OR signed_at IS NOT NULL", name="sent_when_signed"),
        Index("uq_interim_request_unsent", "case_id", unique=True, postgresql_where=text("sent_on IS NULL")),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    threat: Mapped[LongText] = mapped_column(default="", server_default="")
    """What will be done, to whom. When and where is in the case."""
    harm: Mapped[LongText] = mapped_column(default="", server_default="")
    """The harm that could not be undone."""
    prima_facie: Mapped[LongText] = mapped_column(default="", server_default="")
    """Why the claim looks well founded and admissible."""
    alternatives: Mapped[LongText] = mapped_column(default="", server_default="")
    """What was asked for at home, and refused."""
    who_can_stop: Mapped[LongText] = mapped_column(default="", server_default="")
    measures: Mapped[LongText] = mapped_column(default="", server_default="")
    """What the State is to be asked to do."""
    evidence_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list, server_default="{}")
    """The evidence that goes with it, in its order."""
    writer_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), info={"audit": "hidden"})
    """All who wrote it: none of them signs it."""
    signed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    signed_at: Mapped[datetime | None]
    alone_because: Mapped[LongText] = mapped_column(default="", server_default="")
    """Why its writer signed it, where nobody else works on the case."""
    content: Mapped[LongText | None] = mapped_column(info={"audit": "hidden"})
    """What was signed, as canonical JSON."""
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    sent_on: Mapped[date | None]
    """The day in the section's time zone."""
    sent_hour: Mapped[time | None]
    channel: Mapped[FilingChannel | None] = choice(FilingChannel, "interim_channel")
    proof: Mapped[Line] = mapped_column(default="", server_default="")
    sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    """Who recorded that it was sent."""
    recorded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    signed_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=signed_by_id)
    sent_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=sent_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it

    @property
    def is_sent(self) -> bool:
        """Return whether it was sent."""
        return self.sent_on is not None


class InterimBreach(Base):
    """That interim measures were breached: an act of a claim, a violation of its own, against the letter that granted them."""

    __tablename__ = "interim_breach"
    __table_args__ = (
        ForeignKeyConstraint(["letter_id", "case_id"], ["letter.id", "letter.case_id"], ondelete="CASCADE"),
        UniqueConstraint("act_id"),
        Index("ix_interim_breach_case_id", "case_id"),
        Index("ix_interim_breach_letter_id", "letter_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    letter_id: Mapped[UUID]
    act_id: Mapped[UUID] = mapped_column(ForeignKey("act.id", ondelete="CASCADE"))
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[CreatedAt]
