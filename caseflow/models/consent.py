"""Consent: what a person of a case allows to be done with what they said, one row for each use (scope).

A scope without a row was not asked. Rows are never deleted: a withdrawal stays in the history, and so does giving again.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, Line, LongText, RandomId, choice

if TYPE_CHECKING:
    from caseflow.models.person import CasePerson


class ConsentScope(StrEnum):
    """One use of what a person said."""

    RECORD = "record"
    CONTACT = "contact"
    SHARE = "share"
    """With other sections of the coalition."""
    REFER = "refer"
    """To an organisation outside of the coalition."""
    SUBMIT = "submit"
    """To the Committee (OP-ICESCR art. 2)."""
    DISCLOSE = "disclose"
    """The identity, to the State concerned (OP-ICESCR art. 6(1))."""
    PUBLISH = "publish"
    SENSITIVE = "sensitive"
    """Grounds and vulnerability, such as health, ethnic origin or religion."""


class ConsentStatus(StrEnum):
    """What was answered for one scope."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_NEEDED = "not_needed"


class NoConsentReason(StrEnum):
    """Why others may act without a person's consent, if they can justify it (OP-ICESCR art. 2)."""

    DEAD = "dead"
    MISSING = "missing"
    CHILD = "child"
    DETAINED = "detained"
    REPRISALS = "reprisals"


class ConsentForm(StrEnum):
    """How somebody consented, refused or withdrew."""

    SIGNED = "signed"
    WITNESSED = "witnessed"
    TELEPHONE = "telephone"


class ConsentStanding(StrEnum):
    """What holds for one scope on a day: the answer, that it has expired, or that nobody asked."""

    GIVEN = "given"
    NOT_NEEDED = "not_needed"
    NOT_ASKED = "not_asked"
    EXPIRED = "expired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def allows(self) -> bool:
        """Return whether what the scope names may be done."""
        return self in {ConsentStanding.GIVEN, ConsentStanding.NOT_NEEDED}


class Consent(Base):
    """The answer of one person of a case for one scope, or of somebody who acts for them."""

    __tablename__ = "consent"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_person_id", "case_id"], ["case_person.id", "case_person.case_id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["given_by_id", "case_id"],
            ["case_person.id", "case_person.case_id"],
            ondelete="SET NULL (given_by_id)",
        ),
        UniqueConstraint("case_person_id", "scope"),
        CheckConstraint("(status = 'not_needed') = (reason IS NOT NULL)", name="reason_if_not_needed"),
        CheckConstraint("until IS NULL OR status IN ('given', 'not_needed')", name="only_what_is_allowed_ends"),
        CheckConstraint("given_by_id <> case_person_id", name="somebody_else"),
        Index("ix_consent_case_id", "case_id"),
        Index("ix_consent_given_by_id", "given_by_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    case_person_id: Mapped[UUID]
    """Whose consent it is."""
    scope: Mapped[ConsentScope] = choice(ConsentScope, "consent_scope")
    status: Mapped[ConsentStatus] = choice(ConsentStatus, "consent_status")
    reason: Mapped[NoConsentReason | None] = choice(NoConsentReason, "no_consent_reason")
    """Why consent is not needed."""
    words: Mapped[Line] = mapped_column(default="", server_default="")
    """The reason, or what the person said, in words without names."""
    given_by_id: Mapped[UUID | None]
    """Who answered for the person, by the right of their relation; null: the person."""
    decided_on: Mapped[date]
    """The day of the present answer."""
    how: Mapped[ConsentForm | None] = choice(ConsentForm, "consent_form")
    until: Mapped[date | None]
    """The last day on which it holds; null: until it is withdrawn."""
    proof: Mapped[Line] = mapped_column(default="", server_default="")
    note: Mapped[LongText] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    given_by: Mapped["CasePerson | None"] = relationship(
        lazy="raise_on_sql", viewonly=True, primaryjoin="foreign(Consent.given_by_id) == CasePerson.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it

    def standing(self, on: date) -> ConsentStanding:
        """Return what holds on a day."""
        if self.until is not None and self.until < on:
            return ConsentStanding.EXPIRED
        return ConsentStanding(self.status.value)


def standing(consents: Iterable[Consent], scope: ConsentScope, on: date) -> ConsentStanding:
    """Return what holds for a scope on a day, of the consents of one person."""
    found = next((one for one in consents if one.scope is scope), None)
    return found.standing(on) if found else ConsentStanding.NOT_ASKED
