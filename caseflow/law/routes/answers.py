"""The answer of a comparison: one assessment for each mechanism with its reasons and sources (`caseflow/routes/1`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from caseflow.law.dates import UncertainDate
from caseflow.law.routes.mechanisms import Bar
from caseflow.law.sentences import ENGLISH, Language, Text, document, write, write_each

SCHEMA: Final = "caseflow/routes/1"

Status = Literal["open", "needs_lawyer", "unknown", "closed", "not_available"]
WORST_FIRST: Final[tuple[Status, ...]] = ("not_available", "closed", "unknown", "needs_lawyer", "open")
"""The first status found among the points of a route is the status of the route."""
NOT_CLOSED: Final[frozenset[Status]] = frozenset({"open", "needs_lawyer", "unknown"})


@dataclass(frozen=True, slots=True)
class Point:
    """The answer to one question about a route (acceptance, subject, exhaustion, time, same matter), with reason and days."""

    status: Status
    because: Text
    facts: tuple[str, ...] = ()
    questions: Text = ()
    citation: str = ""
    open_from: date | None = None
    starts: UncertainDate | None = None
    safe_until: date | None = None
    arguable_until: date | None = None
    closed_since: date | None = None
    barred_by: tuple[str, ...] = ()
    is_premature: bool = False
    """Whether the case can't be filed yet. Of an open route this is shown first."""
    short: Text = ()
    """Why the route is closed or not available, in a few words."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whether a filing at one body bars a later one at another, while it is pending and after it was examined."""

    bars: str
    while_pending: Bar
    after_examination: Bar
    citation: str

    @property
    def is_certain(self) -> bool:
        """Return whether the provision itself bars it at some stage; if not, a lawyer must assess it."""
        return "bars" in (self.while_pending, self.after_examination)

    def to_document(self, language: Language = ENGLISH) -> dict[str, Any]:
        """Return the block as the document holds it, with its citation in a language."""
        return {
            "bars": self.bars,
            "while_pending": self.while_pending,
            "after_examination": self.after_examination,
            "citation": language.text(self.citation),
        }


@dataclass(frozen=True, slots=True)
class RouteAssessment:
    """One mechanism for one case on one day.

    `safe_until` is the last safe day, `arguable_until` a later one that can be argued for; `closed_since` the first day
    that was too late. `last_day` is the day to observe: the safe day, or the arguable one once the safe day has passed;
    `days_left` counts to it.
    """

    code: str
    name: str
    body: str
    is_own: bool
    """Whether it is the route of the case file: the communication to the Committee."""
    status: Status
    because: tuple[Text, ...]
    """Reasons, those that decide the status first."""
    questions: Text
    """Questions that the facts do not answer, for a person."""
    citation: str
    open_from: date | None
    starts: UncertainDate | None
    safe_until: date | None
    arguable_until: date | None
    closed_since: date | None
    last_day: date | None
    days_left: int | None
    facts: tuple[str, ...]
    sources: Text
    blocks: tuple[Block, ...]
    barred_by: tuple[str, ...]
    """Codes of the bodies whose recorded procedures bar this route, or may."""
    short: Text
    """Why it is closed or not available in a few words, else what is asked or decides; not part of the document."""

    def to_document(self, language: Language = ENGLISH) -> dict[str, Any]:
        """Return the assessment as the document holds it, with its texts in a language."""
        return {
            "code": self.code,
            "name": language.text(self.name),
            "body": language.text(self.body),
            "own": self.is_own,
            "status": self.status,
            "because": [write(reason, language) for reason in self.because],
            "questions": list(write_each(self.questions, language)),
            "citation": language.text(self.citation),
            "open_from": _iso(self.open_from),
            "starts": self.starts.edtf if self.starts else None,
            "safe_until": _iso(self.safe_until),
            "arguable_until": _iso(self.arguable_until),
            "closed_since": _iso(self.closed_since),
            "last_day": _iso(self.last_day),
            "days_left": self.days_left,
            "facts": list(self.facts),
            "sources": list(write_each(self.sources, language)),
            "blocks": [block.to_document(language) for block in self.blocks],
            "barred_by": list(self.barred_by),
            "messages": {
                "because": [document(reason) for reason in self.because],
                "questions": document(self.questions),
                "sources": document(self.sources),
            },
        }


def worst(points: Iterable[Point]) -> Status:
    """Return the status of the worst point; open where there is none."""
    found = {point.status for point in points}
    return next((status for status in WORST_FIRST if status in found), "open")


def best(statuses: Iterable[Status]) -> Status:
    """Return the most open of the statuses of several claims."""
    return max(statuses, key=WORST_FIRST.index)


def shortest_clock(
    routes: Sequence[RouteAssessment], statuses: frozenset[Status] = frozenset({"open"})
) -> RouteAssessment | None:
    """Return the route with the earliest last day among those with one of these statuses; None where none has a day."""
    dated = [route for route in routes if route.status in statuses and route.last_day]
    return min(dated, key=lambda route: route.last_day or date.max, default=None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
