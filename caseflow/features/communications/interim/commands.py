"""Commands for the service of interim measures."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from caseflow.models import FilingChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDetails:
    """What a request says, with code names. `version` is that of the row when the form was drawn; 0 for a new one."""

    version: int
    threat: str = ""
    harm: str = ""
    prima_facie: str = ""
    alternatives: str = ""
    who_can_stop: str = ""
    measures: str = ""
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRequest:
    """The sign-off of a request. `fingerprint` is that of the words that were on the page."""

    version: int
    fingerprint: str
    alone_because: str = ""
    """Why its writer signs it, where nobody else works on the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSent:
    """When and how a request was sent. `version` is that of the row when the form was drawn."""

    version: int
    sent_on: date
    sent_hour: time | None = None
    channel: FilingChannel
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachDetails:
    """What was done against interim measures, on which day, and the claim of which it is an act."""

    claim_id: UUID
    what: str
    happened_on: date
