"""Commands for the service of filings."""

from dataclasses import dataclass
from datetime import date, time

from caseflow.models import FilingChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFiling:
    """When and how a communication was sent. `version` is that of the case when the form was loaded."""

    version: int
    filed_on: date
    filed_hour: time | None = None
    channel: FilingChannel
    proof: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmFiling:
    """A prepared filing that another person confirms. `version` is that of the case when the page was loaded."""

    version: int
    alone_because: str = ""
    """Why the person who prepared it confirms it, where nobody else works on the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """A filing that was recorded by mistake, with the reason."""

    version: int
    reason: str
