"""Commands of the services of reports."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsQuery:
    """The cases of a section that were opened in a period, both days included."""

    section_code: str
    opened_from: date
    opened_until: date
