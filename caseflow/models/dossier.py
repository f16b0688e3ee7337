"""The dossier of a case: the texts of the complaint in versions, its annexes, and the documents that were built of them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, Code, CreatedAt, Line, LongText, RandomId, choice
from caseflow.models.section import User


class DossierPart(StrEnum):
    """The texts of a complaint, in the order of the form of the Committee's secretariat."""

    SUMMARY = "summary"
    IDENTITY = "identity"
    """Whether names are withheld from what is published, and how the Committee reaches the author."""
    FACTS = "facts"
    EXHAUSTION = "exhaustion"
    """Of a claim: how domestic remedies were exhausted, or why not."""
    ADMISSIBILITY = "admissibility"
    """Of a rule of the Protocol: why it is met."""
    OTHER_BODIES = "other_bodies"
    INTERIM = "interim"
    MERITS = "merits"
    """Of a claim."""
    INDIVIDUAL_REMEDIES = "individual_remedies"
    GENERAL_REMEDIES = "general_remedies"


PARTS_OF_CLAIMS = frozenset({DossierPart.EXHAUSTION, DossierPart.MERITS})


class DossierKind(StrEnum):
    """Which documents are built."""

    FULL = "full"
    """For the Committee: with the names of those who allow it, and its redacted twin."""
    REDACTED = "redacted"
    """With code names only."""
    MEMO = "memo"
    """On admissibility, for internal use."""


class BuildState(StrEnum):
    """How far the building of documents is."""

    WAITING = "waiting"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"


class BuildFault(StrEnum):
    """Why documents were not built."""

    NAME_FOUND = "name_found"
    """A known name stands in what was to be redacted."""
    TOO_LARGE = "too_large"
    NO_ROOM = "no_room"
    BROKEN = "broken"


class DossierText(Base):
    """One version of a text of the dossier. Each saving adds one; the highest is the present one."""

    __tablename__ = "dossier_text"
    __table_args__ = (
        ForeignKeyConstraint(["claim_id", "case_id"], ["claim.id", "claim.case_id"], ondelete="CASCADE"),
        UniqueConstraint("case_id", "part", "claim_id", "rule", "version", postgresql_nulls_not_distinct=True),
        CheckConstraint("(part = 'admissibility') = (rule <> '')", name="rule_of_admissibility"),
        CheckConstraint("(part IN ('exhaustion', 'merits')) = (claim_id IS NOT NULL)", name="claim_of_its_parts"),
        Index("ix_dossier_text_claim_id", "claim_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    part: Mapped[DossierPart] = choice(DossierPart, "dossier_part")
    claim_id: Mapped[UUID | None]
    rule: Mapped[Code] = mapped_column(default="", server_default="")
    version: Mapped[int]
    text: Mapped[LongText]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[CreatedAt]

    written_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
    """Its author, where the reader sees them."""


class DossierAnnex(Base):
    """That a piece of evidence is an annex, and its number: given once, and to nothing else, also when it is left out."""

    __tablename__ = "dossier_annex"
    __table_args__ = (
        ForeignKeyConstraint(["evidence_id", "case_id"], ["evidence.id", "evidence.case_id"]),
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("evidence_id"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    evidence_id: Mapped[UUID]
    number: Mapped[int]
    left_out_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]


class DossierBuild(Base):
    """Documents of a dossier: asked for by a person, built by a job, sealed in the store like evidence.

    What goes into them is gathered when somebody asks for them, as that person sees the case, and is sealed until they are built:
    the job reads no case.
    """

    __tablename__ = "dossier_build"
    __table_args__ = (
        UniqueConstraint("case_id", "kind", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("kind <> 'full' OR reason <> ''", name="reason_for_names"),
        CheckConstraint("(state = 'ready') = (stored_as IS NOT NULL)", name="stored_when_ready"),
        Index("ix_dossier_build_state", "state", "begun_at"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    """Among those of its kind."""
    kind: Mapped[DossierKind] = choice(DossierKind, "dossier_kind")
    language: Mapped[Code]
    reason: Mapped[Line] = mapped_column(default="", server_default="")
    """Why documents with names are needed."""
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[CreatedAt]
    state: Mapped[BuildState] = choice(BuildState, "build_state", default=BuildState.WAITING)
    fault: Mapped[BuildFault | None] = choice(BuildFault, "build_fault")
    begun_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    ended_at: Mapped[datetime | None]
    input_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    """What goes into the documents; gone once they are built."""
    key_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    """Key of the file, in hexadecimal digits."""
    stored_as: Mapped[UUID | None] = mapped_column(unique=True)
    """Name in the store."""
    size: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    pages: Mapped[int | None]
    """Of the complaint."""

    asked_by: Mapped[User | None] = relationship(lazy="raise_on_sql")

    def bound_to(self, field: str) -> str:
        """Return what a sealed field is bound to (`db.sealing`)."""
        return f"dossier:{self.id}:{field}"
