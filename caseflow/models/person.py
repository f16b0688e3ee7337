"""Persons and groups, their roles in cases, and their identity, which is kept apart and sealed.

HURIDOCS: Person, Involvement. A person belongs to a section and may have a role in several of its cases. What identifies them
is in `person_identity` alone; everywhere else they are a code name of the case, such as V1.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, Code, CodeList, CreatedAt, Line, LongText, RandomId, choice
from caseflow.db.identity_tokens import IdentityField
from caseflow.models.case import CaseChild
from caseflow.models.consent import Consent
from caseflow.models.section import User


class PersonKind(StrEnum):
    """One person, or a group whose members need not be named one by one."""

    INDIVIDUAL = "individual"
    HOUSEHOLD = "household"
    COMMUNITY = "community"
    ORGANISATION = "organisation"


class LifeStatus(StrEnum):
    """Whether a person is alive. OP-ICESCR art. 2 lets others act for those who cannot consent."""

    ALIVE = "alive"
    DEAD = "dead"
    MISSING = "missing"


class PersonRole(StrEnum):
    """What a person is in a case. The first in this order gives the letter of the code name."""

    VICTIM = "victim"
    AUTHOR = "author"
    REPRESENTATIVE = "representative"
    WITNESS = "witness"
    SOURCE = "source"
    PERPETRATOR = "perpetrator"
    AUTHORITY = "authority"


class RelationKind(StrEnum):
    """What the first person of a relation is to the second."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    SPOUSE = "spouse"
    HEIR = "heir"
    MEMBER = "member"
    CARER = "carer"


class Person(Base):
    """A person or group of a section, without anything that identifies them."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("id", "section_id"),
        CheckConstraint("size > 0", name="size_positive"),
        CheckConstraint("merged_into_id <> id", name="merged_into_another"),
        ForeignKeyConstraint(["merged_into_id", "section_id"], ["person.id", "person.section_id"]),
        Index("ix_person_merged_into_id", "merged_into_id"),
    )

    id: Mapped[RandomId]
    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"))
    kind: Mapped[PersonKind] = choice(PersonKind, "person_kind", default=PersonKind.INDIVIDUAL)
    size: Mapped[int | None]
    """The number of members of a group; null where it is not known, and for individuals."""
    life_status: Mapped[LifeStatus | None] = choice(LifeStatus, "life_status")
    is_child: Mapped[bool | None]
    lacks_capacity: Mapped[bool | None]
    """Whether somebody else must decide for the person."""
    is_named: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether a name is recorded, kept by the service: the name itself is sealed."""
    merged_into_id: Mapped[UUID | None]
    """The person who was recorded twice, and stands for this one. What is sealed or keyed stays with the row it was made for."""
    is_set_aside: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether the identity sealed for this row was not kept in a merge: it is not shown, and nothing of it is lost."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class PersonIdentity(Base):
    """What identifies a person, sealed. Row security shows it during a reveal only."""

    __tablename__ = "person_identity"
    __table_args__ = (ForeignKeyConstraint(["person_id", "section_id"], ["person.id", "person.section_id"]),)

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    section_id: Mapped[UUID]
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    other_names_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    birth_date_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    """Number of an identity document."""
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it

    def bound_to(self, field: str) -> str:
        """Return what a sealed field of this person is bound to (`db.sealing`)."""
        return f"person:{self.person_id}:{field}"


class IdentityToken(Base):
    """A keyed digest of what a person may be found by, or be recognised by when they are recorded twice (`db.identity_tokens`)."""

    __tablename__ = "identity_token"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "section_id"], ["person.id", "person.section_id"]),
        Index("ix_identity_token_person_id", "person_id"),
        Index("ix_identity_token_same", "section_id", "field", "token", "person_id"),
    )

    section_id: Mapped[UUID] = mapped_column(primary_key=True)
    token: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    field: Mapped[IdentityField] = choice(IdentityField, "identity_field")


class IdentityReveal(Base):
    """One showing of a person's identity: by whom, why, until when, and who agreed where the section asks for a second person."""

    __tablename__ = "identity_reveal"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "section_id"], ["person.id", "person.section_id"]),
        CheckConstraint("approved_by_id <> user_id", name="second_person"),
        CheckConstraint("(approved_by_id IS NULL) = (approved_at IS NULL)", name="approval_is_whole"),
        Index("ix_identity_reveal_person_id", "person_id", "user_id", "expires_at"),
        Index("ix_identity_reveal_section_id", "section_id", text("requested_at DESC"), text("id DESC")),
        Index("ix_identity_reveal_case_id", "case_id"),
    )

    id: Mapped[RandomId]
    section_id: Mapped[UUID]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    person_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[Line]
    requested_at: Mapped[CreatedAt]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    approved_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    """Null while a second person has not agreed."""

    user: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=[user_id])
    approved_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[approved_by_id])


class PeopleSetting(Base):
    """What a section decided on persons. A section without a row has the defaults."""

    __tablename__ = "people_setting"

    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"), primary_key=True)
    reveal_needs_second_person: Mapped[bool] = mapped_column(default=False, server_default="false")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class CodeNameCounter(Base):
    """The last number that a letter of code names has in a case: a code name is never given twice."""

    __tablename__ = "code_name_counter"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    letter: Mapped[Code] = mapped_column(primary_key=True)
    last_number: Mapped[int] = mapped_column(default=0)


class CasePerson(CaseChild):
    """A person in a case: code name, roles, and what the Committee asks about victims (OP-ICESCR art. 2)."""

    __tablename__ = "case_person"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "section_id"], ["person.id", "person.section_id"]),
        UniqueConstraint("case_id", "code_name"),
        UniqueConstraint(
            "case_id", "person_id", deferrable=True, initially="IMMEDIATE"
        ),  # `db/sql/case_merges.sql` defers it
        UniqueConstraint("id", "case_id"),
        Index("ix_case_person_person_id", "person_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    section_id: Mapped[UUID]
    """The section of the case and of the person."""
    person_id: Mapped[UUID]
    code_name: Mapped[Code]
    """Such as V1. Given once, and kept when the roles change."""
    position: Mapped[int]
    roles: Mapped[CodeList]
    description: Mapped[Line] = mapped_column(default="", server_default="")
    """Who it is, without names: "mother of four", "tenants' association"."""
    is_within_jurisdiction: Mapped[bool | None]
    is_affected: Mapped[bool | None]
    """Whether the person is affected personally."""
    affected_how: Mapped[LongText] = mapped_column(default="", server_default="")
    is_identified: Mapped[bool | None]
    """For a group, whether its members are known one by one."""
    groups: Mapped[CodeList] = mapped_column(info={"audit": "hidden"})
    """Codes of the vocabulary `groups`: grounds and vulnerability, recorded with the person's consent for them only."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    person: Mapped[Person] = relationship(lazy="raise_on_sql", overlaps="section_id")
    concerned: Mapped[list["ClaimPerson"]] = relationship(lazy="raise_on_sql", viewonly=True)
    """The claims that concern the person."""
    consents: Mapped[list[Consent]] = relationship(
        lazy="raise_on_sql", viewonly=True, primaryjoin="CasePerson.id == foreign(Consent.case_person_id)"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class ClaimPerson(Base):
    """That a claim concerns a person, and the harm. A claim without rows concerns all victims of the case."""

    __tablename__ = "claim_person"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_person_id", "case_id"], ["case_person.id", "case_person.case_id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["claim_id", "case_id"], ["claim.id", "claim.case_id"], ondelete="CASCADE"),
        Index("ix_claim_person_case_id", "case_id"),
        Index("ix_claim_person_case_person_id", "case_person_id"),
    )

    claim_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_person_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    harm: Mapped[LongText] = mapped_column(default="", server_default="")


class PersonRelation(Base):
    """What a person is to another, such as the parent; both are of one section."""

    __tablename__ = "person_relation"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "section_id"], ["person.id", "person.section_id"]),
        ForeignKeyConstraint(["other_id", "section_id"], ["person.id", "person.section_id"]),
        CheckConstraint("person_id <> other_id", name="two_persons"),
        UniqueConstraint("person_id", "other_id", "kind"),
        Index("ix_person_relation_other_id", "other_id"),
    )

    id: Mapped[RandomId]
    section_id: Mapped[UUID]
    person_id: Mapped[UUID]
    other_id: Mapped[UUID]
    kind: Mapped[RelationKind] = choice(RelationKind, "relation_kind")
    note: Mapped[Line] = mapped_column(default="", server_default="")
    """By what right, where somebody acts for the other: a judgment, a power of attorney."""
    created_at: Mapped[CreatedAt]
