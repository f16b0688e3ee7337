"""What the data say of every mechanism: who is bound, what it hears, until when, and what bars what.

All of it is handed to the comparison, which reads no file: `caseflow.law.routes.loading` reads `mechanisms.csv` (names,
bodies, whether remedies must be exhausted, the nature of the procedure) and `mechanisms.json` (the rest, with source,
certainty and day of checking in each row).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Self

from caseflow.law.dates import add_months
from caseflow.law.register import BodyNature, Register
from caseflow.law.thresholds import Certainty

Bar = Literal["bars", "weighed", "no"]
"""What a procedure elsewhere does to a filing: it bars it; a lawyer must weigh it; nothing."""
OwnRegister = Literal["protocol", "inquiry"]
"""Acceptance that stands in the register of States: of the Optional Protocol, of its inquiry procedure."""


@dataclass(frozen=True, slots=True)
class Union:
    """The States that can accept a regional instrument at all: members of its organisation, and those that left."""

    name: str
    states: frozenset[str]
    source: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Treaty:
    """An instrument by whose acceptance a State opens a route."""

    code: str
    name: str
    also: tuple[str, ...]
    """Other codes of it in lists of ratifications."""
    in_force: date | None
    """First day of the instrument itself; None where the day is not recorded or there is none yet."""
    months_after: int | None
    """Months from a State's act to the day on which it is bound; None where that day can't be counted from the act."""
    days_after: int | None
    source: str
    checked_on: date
    open_to: Union | None = None
    """None where any State can accept it."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Whether a State accepted an instrument. That there is none says nothing: it is not known."""

    treaty: str
    state: str
    """ISO 3166-1 alpha-2."""
    is_accepted: bool
    in_force_on: date | None = None
    """First day on which it binds the State; None where that day is not known."""
    ended_on: date | None = None
    """First day on which it no longer binds the State."""
    source: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Asks:
    """Which acceptance opens a route: one of several sets of instruments, all of a set. No sets and no register: none."""

    any_of: tuple[tuple[str, ...], ...] = ()
    register: OwnRegister | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    """Instrument -> what it means when the route is open through it."""
    unless: str | None = None
    """Why the route may be open although the State did not accept."""
    acts_before_end_count: bool = False
    """Whether acts before the end of an acceptance can still be brought after it (ECHR art. 58(2), ACHR art. 78(2))."""


@dataclass(frozen=True, slots=True)
class Hears:
    """Which rights a mechanism hears. `rights` None means all rights of the Covenant."""

    rights: Mapping[str, str] | None
    otherwise: Literal["needs_lawyer", "not_available"] = "needs_lawyer"
    question: str = ""
    """What to ask about a right that is not in the list."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SameMatter:
    """What procedures on the same matter do to a filing here."""

    pending: Bar
    examined: Bar
    own: Bar
    """What this body's own earlier procedure on the same matter does."""
    citation: str
    note: str = ""
    counts_any: bool = False
    """Whether also procedures count that are not of investigation or settlement, such as those of special rapporteurs."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many months from the final domestic decision, for decisions taken in a period."""

    months: int
    decided_from: date = date.min
    decided_before: date = date.max


@dataclass(frozen=True, slots=True)
class TimeRule:
    """Until when a mechanism can be used. Without limits `words` says what the text says instead."""

    citation: str
    limits: tuple[Limit, ...] = ()
    words: str = ""
    is_reasonable_time: bool = False
    """Whether the text asks for a reasonable time, which no one can count."""
    from_facts: bool = False
    """Whether the reasonable time counts from the facts, not from the end of domestic remedies."""
    after_another_months: int | None = None
    """Months from the end of another international procedure, where that counts as well."""
    effect: Literal["closes", "abuse"] = "closes"
    """What lateness does: it closes the route, or it may be taken as abuse."""
    excuse: bool = False
    """Whether a reason for lateness can be heard."""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One international route."""

    code: str
    short: str
    """The body as people call it, for where there is little room."""
    name: str
    body: str
    nature: BodyNature
    asks_exhaustion: bool
    asks: Asks
    hears: Hears
    same_matter: SameMatter
    time: TimeRule
    questions: tuple[str, ...]
    """What no document of facts can answer: while it is open, a lawyer must look."""
    not_in_force: str | None
    citation: str
    source: str
    certainty: Certainty
    checked_on: date


@dataclass(frozen=True, slots=True)
class Mechanisms:
    """All routes and the instruments that open them, of one version."""

    version: str
    rows: Mapping[str, Mechanism]
    treaties: Mapping[str, Treaty]

    def treaty_of(self, code: str) -> Treaty | None:
        """Return an instrument by any of its codes, written in any case."""
        wanted = code.strip().upper().replace("_", "-").replace(" ", "-")
        return next((each for each in self.treaties.values() if wanted in (each.code, *each.also)), None)

    def opened_by(self, treaty: str) -> tuple[Mechanism, ...]:
        """Return the routes that an instrument opens."""
        return tuple(row for row in self.rows.values() if any(treaty in group for group in row.asks.any_of))


@dataclass(frozen=True, slots=True)
class RouteRegister:
    """The dated data of a comparison: the mechanisms, the register of States, and who accepted what."""

    mechanisms: Mechanisms
    states: Register
    acceptances: Mapping[tuple[str, str], Acceptance] = field(default_factory=dict)
    """(instrument, State) -> acceptance."""

    @classmethod
    def of(cls, mechanisms: Mechanisms, states: Register, acceptances: Iterable[Acceptance] = ()) -> Self:
        """Return the data with these acceptances."""
        return cls(mechanisms, states, {(each.treaty, each.state): each for each in acceptances})


def bound_from(treaty: Treaty, acted_on: date) -> date | None:
    """Return the day from which an act of acceptance binds a State; None where it can't be counted from the act."""
    if treaty.days_after is None and treaty.months_after is None:
        return None
    if treaty.days_after is not None:
        day = date.fromordinal(min(acted_on.toordinal() + treaty.days_after, date.max.toordinal()))
    else:
        day = add_months(acted_on, treaty.months_after or 0)
    return max(day, treaty.in_force) if treaty.in_force else day
