"""The data on every mechanism: which States it binds, which rights it hears, its time limits, and what bars it.

The comparison is passed these data and reads no file. `caseflow.law.routes.loading` reads `mechanisms.csv` (names,
bodies, whether remedies must be exhausted, the nature of the procedure) and `mechanisms.json` (the rest; each row with
source, certainty and date of the last check).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Self

from caseflow.law.dates import add_months
from caseflow.law.register import BodyNature, Register
from caseflow.law.sentences import Sentence, Text
from caseflow.law.thresholds import Certainty

Bar = Literal["bars", "weighed", "no"]
"""The effect of a procedure elsewhere on a filing: it bars it; a lawyer must assess it; none."""
StatesRegister = Literal["protocol", "inquiry"]
"""What the register of States records: acceptance of the Optional Protocol, acceptance of its inquiry procedure."""


def message(words: str) -> Text:
    """Return words of the data as a text: they are messages too, and stand in the catalogue (`Mechanisms.messages`)."""
    return (Sentence(words),) if words else ()


@dataclass(frozen=True, slots=True)
class EligibleStates:
    """The States that can accept a regional instrument: present and former members of a regional organisation."""

    name: str
    states: frozenset[str]
    source: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Treaty:
    """An instrument by whose acceptance a State opens a route."""

    code: str
    name: str
    other_codes: tuple[str, ...]
    """Its other codes in lists of ratifications."""
    in_force: date | None
    """Day on which the instrument itself entered into force; None where it has not, or the day is not recorded."""
    months_after: int | None
    """Months from a State's act to the day on which it is bound; None where that day can't be counted from the act."""
    days_after: int | None
    source: str
    checked_on: date
    open_to: EligibleStates | None = None
    """None where any State can accept it."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Whether a State accepted an instrument. Where there is no such object, acceptance is not known."""

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
class AcceptancePack:
    """The packaged acceptances: rows with source and day, and the version of all."""

    version: str
    rows: tuple[Acceptance, ...]


@dataclass(frozen=True, slots=True)
class AcceptanceRule:
    """Which acceptances open a route. Without `any_of` and `register` none is needed."""

    any_of: tuple[tuple[str, ...], ...] = ()
    """Sets of instruments; the State must have accepted all instruments of at least one set."""
    register: StatesRegister | None = None
    notes: Mapping[str, Text] = field(default_factory=dict)
    """By instrument, a remark for when the route is open because of it."""
    unless: Text = ()
    """Why the route may be open although the State did not accept."""
    acts_before_end_count: bool = False
    """Whether acts before an acceptance ended can still be complained of afterwards (ECHR art. 58(2), ACHR art. 78(2))."""


@dataclass(frozen=True, slots=True)
class SubjectScope:
    """Which rights a mechanism hears."""

    rights: Mapping[str, Text] | None
    """By code of the right, the provision through which it is heard; None means all rights of the Covenant."""
    otherwise: Literal["needs_lawyer", "not_available"] = "needs_lawyer"
    question: Text = ()
    """What to ask about a right that is not in the list."""
    note: Text = ()


@dataclass(frozen=True, slots=True)
class SameMatterRule:
    """The effect of procedures on the same matter on a filing here."""

    pending: Bar
    examined: Bar
    own: Bar
    """The effect of an earlier procedure before this same body."""
    citation: str
    note: Text = ()
    counts_every_procedure: bool = False
    """Whether procedures that are not of investigation or settlement count too, such as those of special rapporteurs."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of months from the final domestic decision, for decisions taken in a period."""

    months: int
    decided_from: date = date.min
    decided_before: date = date.max


@dataclass(frozen=True, slots=True)
class TimeRule:
    """Until when a mechanism can be used. Without `limits`, `words` explains what the text provides instead."""

    citation: str
    limits: tuple[Limit, ...] = ()
    words: Text = ()
    is_reasonable_time: bool = False
    """Whether the text requires a reasonable time, which can't be computed."""
    from_facts: bool = False
    """Whether the reasonable time runs from the facts, not from the end of domestic remedies."""
    after_another_months: int | None = None
    """Months from the end of another international procedure, where the time limit also runs from that."""
    effect: Literal["closes", "abuse"] = "closes"
    """The effect of lateness: it closes the route, or it may be taken as abuse."""
    excuse: bool = False
    """Whether lateness can be excused by a reason."""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One international route."""

    code: str
    short: str
    """The usual short name of the body, for where space is limited."""
    name: str
    body: str
    nature: BodyNature
    requires_exhaustion: bool
    acceptance: AcceptanceRule
    scope: SubjectScope
    same_matter: SameMatterRule
    time: TimeRule
    questions: Text
    """Questions that case facts can't answer; a route with such questions needs a lawyer."""
    not_in_force: Text
    citation: str
    source: str
    certainty: Certainty
    checked_on: date

    def messages(self) -> Iterator[str]:
        """Yield the words of the row that people read."""
        yield from (self.short, self.name, self.body, self.citation, self.source)
        yield from (self.time.citation, self.same_matter.citation)
        texts = (
            self.questions,
            self.not_in_force,
            *self.acceptance.notes.values(),
            self.acceptance.unless,
            *(self.scope.rights or {}).values(),
            self.scope.question,
            self.scope.note,
            self.same_matter.note,
            self.time.words,
        )
        yield from (sentence.message for text in texts for sentence in text)


@dataclass(frozen=True, slots=True, eq=False)
class Mechanisms:
    """All routes and the instruments that open them, of one version. Equal only to itself, so that answers can be cached by it."""

    version: str
    rows: Mapping[str, Mechanism]
    treaties: Mapping[str, Treaty]

    def messages(self) -> Iterator[str]:
        """Yield all words of the data that people read, for the catalogue."""
        for row in self.rows.values():
            yield from row.messages()
        for treaty in self.treaties.values():
            yield treaty.name
            if treaty.open_to is not None:
                yield from (treaty.open_to.name, treaty.open_to.source)

    def treaty_of(self, code: str) -> Treaty | None:
        """Return an instrument by any of its codes, in upper or lower case."""
        wanted = code.strip().upper().replace("_", "-").replace(" ", "-")
        return next((each for each in self.treaties.values() if wanted in (each.code, *each.other_codes)), None)

    def opened_by(self, treaty: str) -> tuple[Mechanism, ...]:
        """Return the routes that an instrument opens."""
        return tuple(row for row in self.rows.values() if any(treaty in group for group in row.acceptance.any_of))


@dataclass(frozen=True, slots=True)
class RouteRegister:
    """The dated data of a comparison: the mechanisms, the register of States, and who accepted what."""

    mechanisms: Mechanisms
    states: Register
    acceptances: Mapping[tuple[str, str], Acceptance] = field(default_factory=dict)
    """By instrument and State."""

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
