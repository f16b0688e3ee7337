"""What a request for interim measures says, as the dossier writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

PARTS: Final = ("threat", "harm", "prima_facie", "alternatives", "who_can_stop", "measures")
"""The texts of a request, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimLetter:
    """A signed request for interim measures. Its texts name people by their code names."""

    texts: Mapping[str, str]
    evidence_ids: Sequence[UUID]
    threatened_at: datetime | None
    zone: str
    """The time zone of the place."""
    signed_by: str
    signed_on: date
    registration_number: str = ""
    filed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWish:
    """In which language and form a letter is wanted; with a reason, with names."""

    language: str
    is_text: bool
    """As text for an email; otherwise as Word and PDF in one archive."""
    reason: str = ""
