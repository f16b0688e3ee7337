"""Commands for the service of consent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseflow.models import ConsentForm, ConsentScope, ConsentStatus, NoConsentReason


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDetails:
    """The answer for one scope. `version` is that of the row when the form was drawn; None or 0 where nobody had asked."""

    version: int | None = None
    status: ConsentStatus
    reason: NoConsentReason | None = None
    words: str = ""
    given_by_id: UUID | None = None
    decided_on: date
    how: ConsentForm | None = None
    until: date | None = None
    proof: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAnswers:
    """The answers for several scopes, given on one occasion. Scopes that are not in `answers` stay as they are."""

    answers: Mapping[ConsentScope, ConsentStatus]
    reason: NoConsentReason | None = None
    words: str = ""
    given_by_id: UUID | None = None
    decided_on: date
    how: ConsentForm | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Grounds and vulnerability of a person. `version` is that of the role when the form was drawn."""

    version: int
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """That a consent was withdrawn. `version` is that of the row when the form was drawn."""

    version: int
    given_by_id: UUID | None = None
    decided_on: date
    how: ConsentForm | None = None
    words: str = ""
