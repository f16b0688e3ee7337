"""What a comparison answers: one assessment for each mechanism, with everything it rests on (`caseflow/routes/1`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from caseflow.law.dates import UncertainDate
from caseflow.law.routes.mechanisms import Bar

SCHEMA: Final = "caseflow/routes/1"

Status = Literal["open", "needs_lawyer", "unknown", "closed", "not_available"]
WORST_FIRST: Final[tuple[Status, ...]] = ("not_available", "closed", "unknown", "needs_lawyer", "open")
"""What decides when several points of one route are put together: a route is as open as its worst point."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a route: acceptance, subject, exhaustion, time or the same matter, with its reason and its days."""

    status: Status
    because: str
    facts: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    citation: str = ""
    open_from: date | None = None
    starts: UncertainDate | None = None
    safe_until: date | None = None
    arguable_until: date | None = None
    closed_since: date | None = None
    barred_by: tuple[str, ...] = ()
    is_early: bool = False
    """Whether it says that the case can't be filed yet: then it is the first thing to know of an open route."""


@dataclass(frozen=True, slots=True)
class Block:
    """What a filing at one body does to a later one at another, while it is pending and after it was examined."""

    bars: str
    while_pending: Bar
    after_examination: Bar
    citation: str

    @property
    def is_certain(self) -> bool:
        """Return whether the text itself bars it at some time; if not, a lawyer must weigh it."""
        return "bars" in (self.while_pending, self.after_examination)

    def to_document(self) -> dict[str, Any]:
        """Return the block as the document holds it."""
        return {
            "bars": self.bars,
            "while_pending": self.while_pending,
            "after_examination": self.after_examination,
            "citation": self.citation,
        }


@dataclass(frozen=True, slots=True)
class RouteAssessment:
    """One mechanism for one case on one day.

    `safe_until` is the last safe day, `arguable_until` a later one that can be argued for; `closed_since` the first day
    that was too late. `last_day` is the one to keep to: the safe day, or the arguable one once that has passed;
    `days_left` counts to it.
    """

    code: str
    name: str
    body: str
    is_own: bool
    """Whether it is the route of the case file: the communication to the Committee."""
    status: Status
    because: tuple[str, ...]
    questions: tuple[str, ...]
    """What a person has to answer, since the facts can't."""
    citation: str
    open_from: date | None
    starts: UncertainDate | None
    safe_until: date | None
    arguable_until: date | None
    closed_since: date | None
    last_day: date | None
    days_left: int | None
    facts: tuple[str, ...]
    sources: tuple[str, ...]
    blocks: tuple[Block, ...]
    barred_by: tuple[str, ...]
    """Bodies whose recorded procedures bar it already, or may."""

    def to_document(self) -> dict[str, Any]:
        """Return the assessment as the document holds it."""
        return {
            "code": self.code,
            "name": self.name,
            "body": self.body,
            "own": self.is_own,
            "status": self.status,
            "because": list(self.because),
            "questions": list(self.questions),
            "citation": self.citation,
            "open_from": _iso(self.open_from),
            "starts": self.starts.edtf if self.starts else None,
            "safe_until": _iso(self.safe_until),
            "arguable_until": _iso(self.arguable_until),
            "closed_since": _iso(self.closed_since),
            "last_day": _iso(self.last_day),
            "days_left": self.days_left,
            "facts": list(self.facts),
            "sources": list(self.sources),
            "blocks": [block.to_document() for block in self.blocks],
            "barred_by": list(self.barred_by),
        }


def worst(points: Iterable[Point]) -> Status:
    """Return the status of several points together."""
    found = {point.status for point in points}
    return next((status for status in WORST_FIRST if status in found), "open")


def best(statuses: Iterable[Status]) -> Status:
    """Return the status of a case with several claims: as open as its best claim."""
    return max(statuses, key=WORST_FIRST.index)


def shortest_clock(
    routes: Sequence[RouteAssessment], statuses: frozenset[Status] = frozenset({"open"})
) -> RouteAssessment | None:
    """Return the route whose last safe day comes first among those that are open; None where none of them has a day.

    With `needs_lawyer` in `statuses` also those count that are open if a lawyer says so.
    """
    dated = [route for route in routes if route.status in statuses and route.last_day]
    return min(dated, key=lambda route: route.last_day or date.max, default=None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
