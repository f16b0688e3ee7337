"""How a person can be reached without danger, and the log of attempts to reach them."""

from datetime import date, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, Line, RandomId, choice
from caseflow.models.person import CasePerson
from caseflow.models.section import User

PREPARED_DAYS = 30
FILED_DAYS = 21
"""Between contacts. Decided for this project: no law sets it; the Committee's questions must reach the person in time."""
FEWEST_DAYS = 1
MOST_DAYS = 366
"""Between contacts, as a section may set it."""


class ContactKind(StrEnum):
    """The way in which a person is reached."""

    PHONE = "phone"
    MESSENGER = "messenger"
    EMAIL = "email"
    IN_PERSON = "in_person"
    THROUGH_PERSON = "through_person"


class ContactResult(StrEnum):
    """What came of an attempt to reach a person."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    MESSAGE_LEFT = "message_left"
    WRONG_PERSON = "wrong_person"
    REFUSED = "refused"


MISSED_RESULTS = frozenset({ContactResult.NO_ANSWER, ContactResult.WRONG_PERSON})
"""The results after which nobody knows whether the person is well."""


class ContactChannel(Base):
    """A way to reach a person, with its safe hours. Number and word to use are in `ContactChannelValue`."""

    __tablename__ = "contact_channel"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "section_id"], ["person.id", "person.section_id"]),
        UniqueConstraint("id", "person_id", "section_id"),
        CheckConstraint("rank BETWEEN 1 AND 9", name="rank_is_one_digit"),
        CheckConstraint("(safe_from IS NULL) = (safe_until IS NULL)", name="hours_are_whole"),
        CheckConstraint("safe_from <> safe_until", name="hours_differ"),
        Index("ix_contact_channel_person_id", "person_id"),
    )

    id: Mapped[RandomId]
    section_id: Mapped[UUID]
    person_id: Mapped[UUID]
    rank: Mapped[int] = mapped_column(default=1)
    """1 is tried first."""
    kind: Mapped[ContactKind] = choice(ContactKind, "contact_kind")
    safe_from: Mapped[time | None]
    """Local time in `zone`. Null: any hour is safe. An end before the beginning is on the next day."""
    safe_until: Mapped[time | None]
    zone: Mapped[str] = mapped_column(String(60))
    """Where the person is."""
    never_call: Mapped[bool] = mapped_column(default=False)
    """Written messages only."""
    no_message: Mapped[bool] = mapped_column(default=False)
    """Nothing may be left: neither on an answering machine nor with someone else."""
    note: Mapped[Line] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class ContactChannelValue(Base):
    """What a channel needs to be used, sealed. Row security shows it during a reveal only."""

    __tablename__ = "contact_channel_value"
    __table_args__ = (
        ForeignKeyConstraint(
            ["channel_id", "person_id", "section_id"],
            ["contact_channel.id", "contact_channel.person_id", "contact_channel.section_id"],
            name="fk_contact_channel_value_channel",
            ondelete="CASCADE",
        ),
    )

    channel_id: Mapped[UUID] = mapped_column(primary_key=True)
    section_id: Mapped[UUID]
    person_id: Mapped[UUID]
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"audit": "hidden"})
    """Number, address, or who passes a message on."""
    word_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    """By which the person knows who calls, or what to say if someone else answers."""

    def bound_to(self, field: str) -> str:
        """Return what a sealed field of this channel is bound to (`db.sealing`)."""
        return f"contact:{self.channel_id}:{field}"


class ContactAttempt(Base):
    """One attempt to reach a person of a case, and what came of it. Never changed; a mistake is removed."""

    __tablename__ = "contact_attempt"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_person_id", "case_id"], ["case_person.id", "case_person.case_id"], ondelete="CASCADE"
        ),
        CheckConstraint("next_on >= made_on", name="next_is_later"),
        Index("ix_contact_attempt_case_id", "case_id"),
        Index("ix_contact_attempt_case_person_id", "case_person_id", "made_on", "created_at"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    case_person_id: Mapped[UUID]
    made_on: Mapped[date]
    """Day in the section's time zone."""
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    kind: Mapped[ContactKind] = choice(ContactKind, "contact_kind")
    result: Mapped[ContactResult] = choice(ContactResult, "contact_result")
    note: Mapped[Line] = mapped_column(default="")
    next_on: Mapped[date | None]
    """The day on which the person wishes to be contacted again."""
    created_at: Mapped[CreatedAt]

    user: Mapped[User] = relationship(lazy="raise_on_sql")
    case_person: Mapped[CasePerson] = relationship(lazy="raise_on_sql")


class ContactRhythm(Base):
    """How many days may pass between contacts with people of a section's cases. A section without a row has the defaults."""

    __tablename__ = "contact_rhythm"
    __table_args__ = tuple(
        CheckConstraint(f"{name} BETWEEN {FEWEST_DAYS} AND {MOST_DAYS}", name=f"{name}_possible")
        for name in ("prepared_days", "filed_days", "urgent_days")
    )

    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"), primary_key=True)
    prepared_days: Mapped[int] = mapped_column(default=PREPARED_DAYS)
    filed_days: Mapped[int] = mapped_column(default=FILED_DAYS)
    urgent_days: Mapped[int | None]
    """At most, in urgent cases and emergencies; null: as in others."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it
