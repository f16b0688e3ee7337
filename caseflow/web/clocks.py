"""A box of the clock strip of a case, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClockBox:
    """A box of the clock strip."""

    title: str
    words: str
    kind: str
    date: str = ""
    date_label: str = ""
    note: str = ""
    rule: str = ""
    rule_href: str = ""
    order: int = 0
    """Its place among the clocks of a summary."""
