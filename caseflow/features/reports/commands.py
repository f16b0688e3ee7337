"""What services of reports take."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsOf:
    """The cases of one section that were opened from one day to another, both included."""

    section_code: str
    opened_from: date
    opened_until: date
