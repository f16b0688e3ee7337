"""Commands for the service of contacts."""

from dataclasses import dataclass
from datetime import date, time

from caseflow.models import ContactKind, ContactResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDetails:
    """A way to reach a person. `address` and `word` are sealed; None leaves what is sealed as it is."""

    version: int | None = None
    rank: int = 1
    kind: ContactKind
    safe_from: time | None = None
    safe_until: time | None = None
    zone: str
    never_call: bool = False
    no_message: bool = False
    note: str = ""
    address: str | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttempt:
    """An attempt to reach a person, on a day in the section's time zone."""

    made_on: date
    kind: ContactKind
    result: ContactResult
    note: str = ""
    next_on: date | None = None
