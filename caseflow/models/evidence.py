"""Evidence: the files that show what a case says, what they support, and their custody.

In two tables: `evidence` is seen with its case, for the number and the kind count in what the case still lacks; `evidence_content`
holds what it is and the key of the file. Of a restricted piece row security shows the content only in the section of the case.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, Code, CreatedAt, Line, LongText, RandomId, choice
from caseflow.law.dates import UncertainDate
from caseflow.models.section import User


class EvidenceKind(StrEnum):
    """What it is. The law engine knows all kinds but the last two, which prove who may act and what was allowed."""

    DECISION = "decision"
    NOTIFICATION_PROOF = "notification_proof"
    TESTIMONY = "testimony"
    OFFICIAL = "official"
    MEDICAL = "medical"
    EXPERT = "expert"
    PHOTO = "photo"
    STATISTICS = "statistics"
    CORRESPONDENCE = "correspondence"
    MEDIA = "media"
    OTHER = "other"
    AUTHORISATION = "authorisation"
    CONSENT_PROOF = "consent_proof"


class CustodyKind(StrEnum):
    """What happened to a file."""

    RECEIVED = "received"
    """From whom, on which day."""
    STORED = "stored"
    """Sealed and on the disk, with its SHA-256."""
    DOWNLOADED = "downloaded"
    VERIFIED = "verified"
    """Read as a whole and found unchanged."""
    DAMAGED = "damaged"
    """Found altered or missing."""
    SENT = "sent"
    """Handed or sent to somebody."""
    VIEWED = "viewed"
    """Somebody looked at its copy: once for each person and hour."""
    REMOVED = "removed"
    """Its file was destroyed, because it should not be here."""


class RemovalReason(StrEnum):
    """Why the file of a piece of evidence was removed."""

    WRONG_FILE = "wrong_file"
    WRONG_CASE = "wrong_case"
    WITHDRAWN = "withdrawn"
    """Whoever gave it, or is shown in it, does not want it to be here any more."""
    OTHER = "other"


class Damage(StrEnum):
    """What the last check found wrong with the stored file."""

    ALTERED = "altered"
    MISSING = "missing"


class CopyRefusal(StrEnum):
    """Why there is no copy of a file for looking."""

    BROKEN = "broken"
    LOCKED = "locked"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"


class Evidence(Base):
    """One piece of evidence of a case. Its number is given once; its row is never deleted, also when its file is removed."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("id", "case_id"),
        CheckConstraint("(removed_at IS NULL) = (removed_because IS NULL)", name="removal_says_why"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    kind: Mapped[EvidenceKind | None] = choice(EvidenceKind, "evidence_kind")
    is_restricted: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether only people of the case's section may see what it is."""
    removed_at: Mapped[datetime | None]
    """When its file was removed. Who did it, and in their words why, is in the custody."""
    removed_because: Mapped[RemovalReason | None] = choice(RemovalReason, "removal_reason")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    content: Mapped["EvidenceContent | None"] = relationship(lazy="raise_on_sql", viewonly=True)
    """None where it is restricted to others."""
    supports: Mapped[list["EvidenceSupport"]] = relationship(
        lazy="raise_on_sql", viewonly=True, order_by="EvidenceSupport.created_at"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it

    @property
    def label(self) -> str:
        """The number as it is cited: E1."""
        return f"E{self.number}"


class EvidenceContent(Base):
    """What a piece of evidence is, in words, and where and how its file is sealed."""

    __tablename__ = "evidence_content"
    __table_args__ = (
        ForeignKeyConstraint(["evidence_id", "case_id"], ["evidence.id", "evidence.case_id"]),
        CheckConstraint("pages > 0", name="pages_positive"),
        CheckConstraint("size > 0", name="size_positive"),
        CheckConstraint("octet_length(sha256) = 32", name="sha256_whole"),
        Index("ix_evidence_content_case_id", "case_id"),
        Index("ix_evidence_content_verified_at", "verified_at"),
    )

    evidence_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    title: Mapped[Line] = mapped_column(default="", server_default="")
    """What it is, without names."""
    dated: Mapped[UncertainDate | None]
    language: Mapped[Code] = mapped_column(default="", server_default="")
    """Code of ISO 639."""
    pages: Mapped[int | None]
    source: Mapped[Line] = mapped_column(default="", server_default="")
    """From whom it was received, by code name."""
    received_on: Mapped[date | None]
    obtained: Mapped[LongText] = mapped_column(default="", server_default="")
    """How the source came by it."""
    original_place: Mapped[Line] = mapped_column(default="", server_default="")
    """Where the original on paper is."""
    shows: Mapped[LongText] = mapped_column(default="", server_default="")
    file_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    """As it was called where it came from: names stand in names of files."""
    media_type: Mapped[Line]
    """By its content."""
    size: Mapped[int] = mapped_column(BigInteger)
    """Bytes."""
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    """Of the file as it came."""
    stored_as: Mapped[UUID] = mapped_column(unique=True)
    """Name in the store."""
    key_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    """Key of the file, in hexadecimal digits. None once the file is removed: nobody can read it from then on."""
    destroyed_at: Mapped[datetime | None]
    """When the sealed bytes of a removed file were destroyed, and those of its copy."""
    verified_at: Mapped[datetime | None]
    damage: Mapped[Damage | None] = choice(Damage, "damage")
    copy_as: Mapped[UUID | None]
    """Name in the store of the copy for looking: the pages as JPEG, one after the other."""
    copy_key_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    copy_ends: Mapped[list[int]] = mapped_column(ARRAY(Integer), default=list, server_default="{}")
    """Where each page ends in it."""
    copy_pages: Mapped[int | None]
    """How many pages the original has, of which the copy has the first."""
    copy_refusal: Mapped[CopyRefusal | None] = choice(CopyRefusal, "copy_refusal")
    copy_begun_at: Mapped[datetime | None]
    copy_tries: Mapped[int] = mapped_column(default=0, server_default="0")

    def bound_to(self, field: str) -> str:
        """Return what a sealed field is bound to (`db.sealing`)."""
        return f"evidence:{self.evidence_id}:{field}"


class EvidenceSupport(Base):
    """That a piece of evidence supports a claim, an act, a remedy or a person. What it proves there follows from its kind."""

    __tablename__ = "evidence_support"
    __table_args__ = (
        ForeignKeyConstraint(["evidence_id", "case_id"], ["evidence.id", "evidence.case_id"]),
        ForeignKeyConstraint(["claim_id", "case_id"], ["claim.id", "claim.case_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["case_person_id", "case_id"], ["case_person.id", "case_person.case_id"], ondelete="CASCADE"
        ),
        CheckConstraint("num_nonnulls(claim_id, act_id, remedy_id, case_person_id) = 1", name="one_thing"),
        UniqueConstraint(
            "evidence_id", "claim_id", "act_id", "remedy_id", "case_person_id", postgresql_nulls_not_distinct=True
        ),
        Index("ix_evidence_support_case_id", "case_id"),
        Index("ix_evidence_support_claim_id", "claim_id"),
        Index("ix_evidence_support_act_id", "act_id"),
        Index("ix_evidence_support_remedy_id", "remedy_id"),
        Index("ix_evidence_support_case_person_id", "case_person_id"),
    )

    id: Mapped[RandomId]
    evidence_id: Mapped[UUID]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    claim_id: Mapped[UUID | None]
    act_id: Mapped[UUID | None] = mapped_column(ForeignKey("act.id", ondelete="CASCADE"))
    remedy_id: Mapped[UUID | None] = mapped_column(ForeignKey("domestic_remedy.id", ondelete="CASCADE"))
    case_person_id: Mapped[UUID | None]
    created_at: Mapped[CreatedAt]


class EvidenceCustody(Base):
    """One event of the custody of a piece of evidence. Never changed, never removed."""

    __tablename__ = "evidence_custody"
    __table_args__ = (
        ForeignKeyConstraint(["evidence_id", "case_id"], ["evidence.id", "evidence.case_id"]),
        Index("ix_evidence_custody_evidence_id", "evidence_id", "at"),
        Index("ix_evidence_custody_case_id", "case_id"),
    )

    id: Mapped[RandomId]
    evidence_id: Mapped[UUID]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[CustodyKind] = choice(CustodyKind, "custody_kind")
    at: Mapped[CreatedAt]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    """None for the nightly check."""
    note: Mapped[Line] = mapped_column(default="", server_default="")
    """From whom, to whom, or why."""

    user: Mapped[User | None] = relationship(lazy="raise_on_sql")
