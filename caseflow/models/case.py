"""The case and its direct children: claims, acts, other procedures, grants, and who opened it."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, select, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from caseflow.db.base import Base, Code, CodeList, CreatedAt, Line, LongText, RandomId, choice
from caseflow.law.dates import UncertainDate
from caseflow.models.section import WORKING_ROLES, Membership, Section, User


class Stage(StrEnum):
    """The stages of a case, in order. `caseflow.features.cases.stages` has the allowed transitions."""

    INTAKE = "intake"
    VERIFICATION = "verification"
    DOMESTIC_REMEDIES = "domestic_remedies"
    READINESS_REVIEW = "readiness_review"
    APPROVED = "approved"
    FILED = "filed"
    REGISTERED = "registered"
    PENDING = "pending"
    DECIDED = "decided"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    REFERRED = "referred"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    CLOSED_WITHOUT_FILING = "closed_without_filing"


STAGES_BEFORE_FILING = (
    Stage.INTAKE, Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED
)  # fmt: skip
"""In order: the stages in which the one-year clock and domestic time limits run. Filing stops the year."""
STAGES_AFTER_FILING = (Stage.FILED, Stage.REGISTERED, Stage.PENDING, Stage.DECIDED, Stage.FOLLOW_UP)
"""In order: the stages of a case that is before the Committee, or in follow-up."""
ENDED_STAGES = frozenset({Stage.CLOSED, Stage.CLOSED_WITHOUT_FILING, Stage.WITHDRAWN, Stage.REFERRED})
"""The stages in which nothing is due any more."""


class Urgency(StrEnum):
    """How urgent a case is. In an emergency there is a threatened act."""

    NORMAL = "normal"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Confidentiality(StrEnum):
    """Who in the section sees the case: all who work on cases, or only the owner and people with a grant."""

    SECTION = "section"
    SEALED = "sealed"


class GrantLevel(StrEnum):
    """What a grant permits."""

    READ = "read"
    WRITE = "write"


PLACE: Final = text(
    "regexp_replace(NORMALIZE(lower(COALESCE(NULLIF(place_district::text, ''::text), place_region::text)), NFKD), "
    r"'[\u0300-\u036f]'::text, ''::text, 'g'::text)"
)
"""The place of a case in small letters, without accents; written as PostgreSQL shows it, so that Alembic sees no difference."""
BY_BYTES: Final = {"happened": "varchar_pattern_ops"}
"""EDTF text is in the order of days by its bytes, whatever the language of the database."""


class Case(Base):
    """A case file of one section. `reference` is numbered by section and year, and contains no names."""

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("section_id", "year", "number"),
        UniqueConstraint("section_id", "reference"),
        CheckConstraint("number > 0", name="number_positive"),
        # Section first in each, so that a list never reads rows of another section: the time to filter them out would
        # show how many there are.
        Index("ix_case_section_opened", "section_id", text("opened_on DESC"), text("id DESC")),
        Index("ix_case_owner_opened", "section_id", "owner_id", text("opened_on DESC"), text("id DESC")),
        Index("ix_case_stage_opened", "section_id", "stage", text("opened_on DESC"), text("id DESC")),
        Index("ix_case_state_opened", "section_id", "state_code", text("opened_on DESC"), text("id DESC")),
        Index("ix_case_rights", "section_id", "rights", postgresql_using="gin"),
        Index("ix_case_search", "section_id", "search", postgresql_using="gin"),
        # By which two cases on one event are found (`db/sql/near_cases.sql`, which writes the same expressions).
        Index("ix_case_happened", "section_id", "state_code", "happened", postgresql_ops=BY_BYTES),
        Index("ix_case_place", "section_id", "state_code", PLACE, "happened", postgresql_ops=BY_BYTES),
        Index(
            "ix_case_lookup",
            "section_id",
            "lookup",
            postgresql_using="gin",
            postgresql_ops={"lookup": "gin_trgm_ops"},
        ),
    )

    id: Mapped[RandomId]
    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"))
    year: Mapped[int]
    number: Mapped[int]
    reference: Mapped[Code]
    title: Mapped[Line]
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"))
    place_region: Mapped[Line] = mapped_column(default="", server_default="")
    place_district: Mapped[Line] = mapped_column(default="", server_default="")
    happened: Mapped[UncertainDate | None]
    narrative: Mapped[LongText] = mapped_column(default="", server_default="")
    lateness_reason: Mapped[LongText] = mapped_column(default="", server_default="")
    is_without_other_procedures: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether a person confirmed that nothing else was ever filed before an international body."""
    is_without_objections: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether a person confirmed that the State answered and objected to nothing (or to nothing else) on admissibility."""
    urgency: Mapped[Urgency] = choice(Urgency, "urgency", default=Urgency.NORMAL)
    confidentiality: Mapped[Confidentiality] = choice(
        Confidentiality, "confidentiality", default=Confidentiality.SECTION
    )
    stage: Mapped[Stage] = choice(Stage, "stage", default=Stage.INTAKE)
    suspended_from: Mapped[Stage | None] = choice(Stage, "suspended_from")
    """The stage before a case was suspended, to which it returns."""
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    opened_on: Mapped[date]
    rights: Mapped[CodeList]
    """All rights of its claims (from the first report while there is no claim), copied by the services of claims for lists and counts."""
    contact_note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"audit": "hidden"})
    """How to contact the persons safely."""
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))
    """The case that this one was merged into: it is hidden from everybody meanwhile (`db/sql/case_merges.sql`)."""
    version: Mapped[int] = mapped_column(default=1)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]
    search: Mapped[str] = mapped_column(TSVECTOR, deferred=True, server_default="")
    lookup: Mapped[str] = mapped_column(String, deferred=True, server_default="")
    search_version: Mapped[int] = mapped_column(server_default="0", deferred=True)
    """How the text of a case is found (`db.searching`), and by which version of the normal form; `case_search` writes them."""

    if TYPE_CHECKING:
        owner_works_here: Mapped[bool]
        """Whether the owner has a role in the section in which people work on cases. Loaded where a query names it."""
        stale_version: Mapped[int | None]
        """The number of the approved version, if the case has changed since (`models.review`). Loaded where a query names it."""

    section: Mapped[Section] = relationship(lazy="raise_on_sql")
    owner: Mapped[User | None] = relationship(lazy="raise_on_sql")
    claims: Mapped[list["Claim"]] = relationship(back_populates="case", lazy="raise_on_sql", order_by="Claim.position")
    other_procedures: Mapped[list["OtherProcedure"]] = relationship(
        lazy="raise_on_sql", order_by="OtherProcedure.position", viewonly=True
    )

    state_objections: Mapped[list["StateObjection"]] = relationship(
        lazy="raise_on_sql", order_by="StateObjection.position", viewonly=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it

    def bound_to(self, field: str) -> str:
        """Return what a sealed field of this case is bound to (`db.sealing`)."""
        return f"case:{self.id}:{field}"

    @property
    def has_working_owner(self) -> bool:
        """Return whether somebody owns the case who works in its section, as far as the reader sees its people."""
        return self.owner_id is not None and self.owner_works_here

    @property
    def is_before_filing(self) -> bool:
        """Return whether the case, or the stage before its suspension, is before filing."""
        return (self.suspended_from or self.stage) in STAGES_BEFORE_FILING


Case.owner_works_here = column_property(
    select(Membership.id)
    .join(Membership.user)
    .where(Membership.user_id == Case.owner_id, Membership.section_id == Case.section_id, User.is_active)
    .where(Membership.ended_at.is_(None), Membership.role.in_(WORKING_ROLES))
    .correlate(Case)
    .exists(),
    deferred=True,
)


class CaseCounter(Base):
    """The last case number used by a section in a year."""

    __tablename__ = "case_counter"

    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last_number: Mapped[int] = mapped_column(default=0)


class CaseChild(Base):
    """A row of an ordered list of a case, such as a claim, with a version against concurrent changes."""

    __abstract__ = True

    if TYPE_CHECKING:
        id: Mapped[UUID]
        case_id: Mapped[UUID]
        position: Mapped[int]
        version: Mapped[int]


class Claim(CaseChild):
    """The claim that acts violated one or more rights. Remedies and clocks belong to a claim."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("case_id", "position"), UniqueConstraint("id", "case_id"))

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    label: Mapped[Line] = mapped_column(default="", server_default="")
    rights: Mapped[CodeList]
    """Codes of the vocabulary `right`; the first is the main one."""
    violation_types: Mapped[CodeList]
    articles: Mapped[CodeList]
    disadvantage: Mapped[LongText] = mapped_column(default="", server_default="")
    general_importance: Mapped[LongText] = mapped_column(default="", server_default="")
    """Why the claim raises a serious issue of general importance (OP-ICESCR art. 4)."""
    delay_claimed: Mapped[bool] = mapped_column(default=False)
    delay_since: Mapped[UncertainDate | None]
    delay_explanation: Mapped[LongText] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    case: Mapped[Case] = relationship(back_populates="claims", lazy="raise_on_sql")
    acts: Mapped[list["Act"]] = relationship(lazy="raise_on_sql", order_by="Act.position", cascade="all, delete-orphan")

    housing_applications: Mapped[list["HousingApplication"]] = relationship(
        lazy="raise_on_sql", order_by="HousingApplication.position", cascade="all, delete-orphan"
    )
    other_treaty_articles: Mapped[list["OtherTreatyArticle"]] = relationship(
        lazy="raise_on_sql", order_by="OtherTreatyArticle.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class Act(CaseChild):
    """An act or omission of a claim (HURIDOCS: Act), with its beginning and end."""

    __tablename__ = "act"
    __table_args__ = (
        Index("ix_act_case_id", "case_id"),
        Index("ix_act_claim_id", "claim_id", "position"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"))
    position: Mapped[int]
    what: Mapped[Line]
    began: Mapped[UncertainDate | None]
    ended: Mapped[UncertainDate | None]
    is_continuing: Mapped[bool] = mapped_column(default=False)
    continuing_reason: Mapped[LongText] = mapped_column(default="", server_default="")
    is_attributable: Mapped[bool | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class HousingApplication(CaseChild):
    """A request for housing to an authority or to social services, and its answer: due diligence in claims on housing.

    `answer` is a code of the vocabulary `housing_answers`.
    """

    __tablename__ = "housing_application"
    __table_args__ = (
        Index("ix_housing_application_case_id", "case_id"),
        Index("ix_housing_application_claim_id", "claim_id", "position"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"))
    position: Mapped[int]
    authority: Mapped[Line] = mapped_column(default="", server_default="")
    applied: Mapped[UncertainDate | None]
    answered: Mapped[UncertainDate | None]
    answer: Mapped[Code | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class OtherTreatyArticle(CaseChild):
    """Articles of another treaty that a claim invokes: outside the Committee's competence (OP-ICESCR art. 3(2)(d)).

    `treaty` is a code of the vocabulary `other_treaties`.
    """

    __tablename__ = "other_treaty_article"
    __table_args__ = (
        Index("ix_other_treaty_article_case_id", "case_id"),
        Index("ix_other_treaty_article_claim_id", "claim_id", "position"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"))
    position: Mapped[int]
    treaty: Mapped[Code]
    article: Mapped[Line] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class StateObjection(CaseChild):
    """An objection of the State to the admissibility of a communication, and the day on which it raised it.

    `ground` is a code of the vocabulary `objection_grounds`. Objections belong to the case: the State answers all of it.
    """

    __tablename__ = "state_objection"
    __table_args__ = (Index("ix_state_objection_case_id", "case_id", "position"),)

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    ground: Mapped[Code]
    raised: Mapped[UncertainDate | None]
    names_remedy: Mapped[bool | None]
    """Of an objection to exhaustion: whether the State named a remedy left to the author, and said that it works."""
    summary: Mapped[LongText] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class OtherProcedure(CaseChild):
    """A filing before another international body, or an earlier one before the Committee (OP-ICESCR art. 3(2)(c)).

    `body` is a code of the mechanisms, `status` one of the vocabulary `procedure_statuses`.
    """

    __tablename__ = "other_procedure"
    __table_args__ = (Index("ix_other_procedure_case_id", "case_id", "position"),)

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    body: Mapped[Code]
    file_number: Mapped[Line] = mapped_column(default="", server_default="")
    status: Mapped[Code | None]
    began: Mapped[UncertainDate | None]
    ended: Mapped[UncertainDate | None]
    same_persons: Mapped[bool | None]
    same_facts: Mapped[bool | None]
    same_rights: Mapped[bool | None]
    has_anything_new: Mapped[bool | None]
    """For an earlier communication to the Committee: whether this case has anything new (art. 3(2)(f))."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class CaseGrant(Base):
    """Access to a case for another section or for one person, to read or to write, until `ends_on`."""

    __tablename__ = "case_grant"
    __table_args__ = (
        CheckConstraint("(section_id IS NULL) <> (user_id IS NULL)", name="one_receiver"),
        Index("ix_case_grant_case_id", "case_id"),
        Index("ix_case_grant_section_id", "section_id"),
        Index("ix_case_grant_user_id", "user_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    section_id: Mapped[UUID | None] = mapped_column(ForeignKey("section.id"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    level: Mapped[GrantLevel] = choice(GrantLevel, "grant_level", default=GrantLevel.READ)
    ends_on: Mapped[date | None]
    created_at: Mapped[CreatedAt]


class CaseView(Base):
    """The access log of a case: one row per person and day."""

    __tablename__ = "case_view"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    viewed_on: Mapped[date] = mapped_column(primary_key=True)
