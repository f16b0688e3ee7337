"""The docket of a case: the letters to and from the Committee."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, Code, CreatedAt, LongText, RandomId, choice
from caseflow.models.evidence import Evidence
from caseflow.models.filing import FilingChannel
from caseflow.models.section import User


class LetterKind(StrEnum):
    """What a letter is. `caseflow/models/letter_kinds.py` says who sends it and who usually answers it."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CLARIFICATION = "clarification"
    REGISTRATION = "registration"
    NOT_REGISTERED = "not_registered"
    STATE_ADMISSIBILITY = "state_admissibility"
    STATE_MERITS = "state_merits"
    COMMENTS_REQUESTED = "comments_requested"
    COMMENTS = "comments"
    INFORMATION_REQUESTED = "information_requested"
    INFORMATION = "information"
    THIRD_PARTY = "third_party"
    INTERIM_REQUESTED = "interim_requested"
    INTERIM_GRANTED = "interim_granted"
    INTERIM_REFUSED = "interim_refused"
    INTERIM_REVIEW = "interim_review"
    INTERIM_MAINTAINED = "interim_maintained"
    INTERIM_LIFTED = "interim_lifted"
    INTERIM_BREACH = "interim_breach"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    SETTLEMENT = "settlement"
    SPLIT = "split"
    JOINDER = "joinder"
    WARNING = "warning"
    ADMISSIBLE = "admissible"
    INADMISSIBLE = "inadmissible"
    VIEWS = "views"
    DISCONTINUANCE = "discontinuance"
    WITHDRAWAL = "withdrawal"
    STATE_FOLLOW_UP = "state_follow_up"
    FOLLOW_UP = "follow_up"
    FOLLOW_UP_COMMENTS = "follow_up_comments"
    REPRISAL = "reprisal"
    OTHER = "other"


class LetterDirection(StrEnum):
    """Whether a letter came from the Committee or was sent to it."""

    RECEIVED = "received"
    SENT = "sent"


class Awaited(StrEnum):
    """Who must answer a letter."""

    AUTHOR = "author"
    """We do, for the author."""
    STATE = "state"
    COMMITTEE = "committee"


class Letter(Base):
    """One letter on the docket of a case, with the day by which it must be answered, as the letter says.

    It is answered by a later letter, or needs no answer for a reason. Whoever corrects it leaves the former values in the history.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("id", "case_id"),
        ForeignKeyConstraint(["evidence_id", "case_id"], ["evidence.id", "evidence.case_id"]),
        ForeignKeyConstraint(["answered_by_id", "case_id"], ["letter.id", "letter.case_id"]),
        CheckConstraint("received_on >= dated_on", name="received_after_its_day"),
        CheckConstraint("due_on >= coalesce(received_on, dated_on)", name="due_after_received"),
        CheckConstraint("due_on IS NULL OR awaited IN ('author', 'state')", name="due_from_whom"),
        CheckConstraint("due_rule = '' OR due_on IS NOT NULL", name="rule_of_a_day"),
        CheckConstraint(
            "answered_by_id IS NULL OR (awaited IS NOT NULL AND no_answer_because = '')", name="one_answer"
        ),
        CheckConstraint("answered_by_id <> id", name="answered_by_another"),
        CheckConstraint("registration_number = '' OR kind = 'registration'", name="number_of_registration"),
        Index("ix_letter_case_id", "case_id", "dated_on", "created_at", "id"),
        Index(
            "ix_letter_open",
            "case_id",
            postgresql_where=text("awaited IS NOT NULL AND answered_by_id IS NULL AND no_answer_because = ''"),
        ),
        Index("ix_letter_answered_by_id", "answered_by_id"),
        Index("ix_letter_evidence_id", "evidence_id"),
        Index("uq_letter_registration", "case_id", unique=True, postgresql_where=text("kind = 'registration'")),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[LetterKind] = choice(LetterKind, "letter_kind")
    direction: Mapped[LetterDirection] = choice(LetterDirection, "letter_direction")
    registration_number: Mapped[Code] = mapped_column(default="", server_default="")
    """The number that the Committee gave the case, such as 123/2026."""
    dated_on: Mapped[date]
    """The day that stands on it."""
    received_on: Mapped[date | None]
    channel: Mapped[FilingChannel | None] = choice(FilingChannel, "letter_channel")
    asks: Mapped[LongText] = mapped_column(default="", server_default="")
    """What it says and asks, without names."""
    awaited: Mapped[Awaited | None] = choice(Awaited, "letter_awaited")
    due_on: Mapped[date | None]
    """The day that the letter sets, or that a person took from a rule (`due_rule`). It is never computed silently."""
    due_rule: Mapped[Code] = mapped_column(default="", server_default="")
    """Code of the rule (`letter_kinds.Period`) from which a person took the day."""
    answered_by_id: Mapped[UUID | None]
    no_answer_because: Mapped[LongText] = mapped_column(default="", server_default="")
    evidence_id: Mapped[UUID | None]
    """The file of the letter."""
    entered_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    evidence: Mapped[Evidence | None] = relationship(lazy="raise_on_sql", viewonly=True)
    entered_by: Mapped[User | None] = relationship(lazy="raise_on_sql", viewonly=True)
    """Who entered it, where the reader sees them."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.awaited is not None and self.answered_by_id is None and not self.no_answer_because

    @property
    def since(self) -> date:
        """The day from which one can answer it."""
        return self.received_on or self.dated_on
