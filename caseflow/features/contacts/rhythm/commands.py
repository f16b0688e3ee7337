"""The command for the rhythm of contacts of a section."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmDetails:
    """Days between contacts. Without `urgent_days` urgent cases have the days of the others."""

    version: int
    prepared_days: int
    filed_days: int
    urgent_days: int | None = None
