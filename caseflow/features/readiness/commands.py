"""Stored answers of the law engine, and the what-if questions that it answers without storing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from caseflow.features.remedies.service import UntriedStep
from caseflow.law import Findings, UncertainDate
from caseflow.models import AssessmentCause, Case, Outlook, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssessment:
    """What the engine finds for a case, on today's date in its section."""

    case: Case
    findings: Findings
    cause: AssessmentCause | None = None
    """Why the case was assessed; None: new rules or data where the versions differ, else time."""


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
class LatestAnswer:
    """One of the last two answers of a case; `findings` is None unless the last one is recent."""

    made_at: datetime
    findings: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """The result of storing an answer: `before` was the current one, None where the case had none."""

    answer: NewAssessment
    before: CurrentAssessment | None
    is_new: bool

    @property
    def is_on_same_data(self) -> bool:
        """Return whether the answer before used the same rules and data."""
        found, before = self.answer.findings, self.before
        return before is not None and (before.ruleset, before.data) == (found.ruleset, found.data)

    @property
    def cause(self) -> AssessmentCause:
        """Return why the case was assessed."""
        default = AssessmentCause.TIME if self.is_on_same_data else AssessmentCause.DATA
        return self.answer.cause or default


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which cases a full pass assesses: before filing, of one State or all, with an answer of an earlier day or other versions."""

    at: datetime
    ruleset: str
    data: str
    stages: Collection[Stage]
    state_code: str | None = None
    is_everything: bool = False
    """Whether cases that were already assessed today are included."""


@dataclass(frozen=True, slots=True)
class OutlookChange:
    """The unseen change of outlook of a case, over all answers since the last one that was seen."""

    case_id: UUID
    reference: str
    title: str
    zone: str
    made_at: datetime
    before: Outlook
    after: Outlook
    before_id: UUID
    after_id: UUID


NOT_PURSUED: Final = "not_pursued"
"""The outcome of an assumed next step that is not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Facts replaced in a case's document. Nothing is saved.

    `on` is the day of filing; `remedy_id` the remedy that is assumed to be decided, `steps` the next steps, of one stage in
    one claim or several, that are assumed to be taken.
    """

    on: date
    remedy_id: UUID | None = None
    steps: tuple[UntriedStep, ...] = ()
    filed: UncertainDate | None = None
    decided: UncertainDate | None = None
    notified: UncertainDate | None = None
    outcome: str | None = None
    reason_not_used: str | None = None

    @property
    def last_day(self) -> date | None:
        """Return the first last day of the assumed steps."""
        return min((step.last_day for step in self.steps if step.last_day), default=None)

    @property
    def is_filed_too_late(self) -> bool:
        """Return whether an assumed step is filed after its last day."""
        return self.filed is not None and self.last_day is not None and self.filed.earliest > self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfAnswer:
    """What the engine finds today, and what it would find."""

    asked: WhatIf
    today: Findings
    then: Findings
