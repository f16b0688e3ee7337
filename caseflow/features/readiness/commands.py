"""What readiness keeps of an answer, and what is asked of the engine without saving."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from caseflow.law import Findings, UncertainDate
from caseflow.models import AssessmentCause, Case, Outlook, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssessment:
    """What the engine says of a case on the day of its section."""

    case: Case
    findings: Findings
    cause: AssessmentCause | None = None
    """Why it was asked; None where it follows from the versions: other ones are the cause, else the day."""


@dataclass(frozen=True, slots=True)
class CurrentAssessment:
    """A case's current answer, without the document."""

    id: UUID
    case_id: UUID
    outlook: Outlook
    digest: bytes
    confirmed_on: date
    ruleset: str
    data: str


@dataclass(frozen=True, slots=True)
class News:
    """One of the last two answers of a case; with its document only while the last one is news."""

    made_at: datetime
    findings: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """What became of an answer: `before` is the one that was current, None where the case had none."""

    answer: NewAssessment
    before: CurrentAssessment | None
    is_new: bool

    @property
    def is_on_same_data(self) -> bool:
        """Return whether the answer before rests on the same rules and data."""
        found, before = self.answer.findings, self.before
        return before is not None and (before.ruleset, before.data) == (found.ruleset, found.data)

    @property
    def cause(self) -> AssessmentCause:
        """Return why there is an answer."""
        of_itself = AssessmentCause.TIME if self.is_on_same_data else AssessmentCause.DATA
        return self.answer.cause or of_itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which cases are assessed anew: before filing, of one State or of all, whose answer is not of now and of these versions."""

    at: datetime
    ruleset: str
    data: str
    stages: Collection[Stage]
    state_code: str | None = None
    is_everything: bool = False
    """Also those that were assessed today already."""


@dataclass(frozen=True, slots=True)
class OutlookChange:
    """A change of outlook that nobody has seen, of all answers of a case since the last one that was."""

    case_id: UUID
    reference: str
    title: str
    zone: str
    made_at: datetime
    before: Outlook
    after: Outlook
    before_id: UUID
    after_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Facts replaced in a case's document. Nothing of it is saved.

    `on` is the day of filing; `remedy_id` a step of the ladder that is taken as decided.
    """

    on: date
    remedy_id: UUID | None = None
    decided: UncertainDate | None = None
    notified: UncertainDate | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfAnswer:
    """What the engine finds today, and what it would find."""

    today: Findings
    then: Findings
