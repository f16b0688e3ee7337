"""The format of demo cases: what people would type, with dates in days before today."""

from dataclasses import dataclass
from datetime import date, timedelta

from caseflow.law.dates import Bound, Precision, UncertainDate
from caseflow.models import Stage, Urgency


@dataclass(frozen=True, slots=True)
class Ago:
    """A date some days before today, with precision and bound."""

    days: int
    precision: Precision = "day"
    bound: Bound = "exact"

    def on(self, day: date) -> UncertainDate:
        """Return the date, counted back from `day`."""
        then = day - timedelta(days=self.days)
        month = None if self.precision == "year" else then.month
        return UncertainDate.build(then.year, month, then.day if self.precision == "day" else None, self.bound)


When = int | Ago | None
"""Days before today for an exact date; or an uncertain date; or None if not known."""


def known(when: When, day: date) -> UncertainDate | None:
    """Return a date, counted back from `day`."""
    if when is None:
        return None
    return (when if isinstance(when, Ago) else Ago(when)).on(day)


def month(days: int) -> Ago:
    """Return the month of the day `days` days ago."""
    return Ago(days, "month")


def year(days: int) -> Ago:
    """Return the year of the day `days` days ago."""
    return Ago(days, "year")


def about_days_ago(days: int) -> Ago:
    """Return an approximate date: about the day `days` days ago."""
    return Ago(days, "day", "about")


def not_before(days: int) -> Ago:
    """Return a date not before the month of the day `days` days ago."""
    return Ago(days, "month", "not_before")


def year_left(days: int) -> int:
    """Return how many days ago a decision was taken if its one-year clock has `days` left."""
    return 365 - days


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder. `unused` is the reason why it was not used; `next_in` the days until the next step is due.

    `kept` is why this last day is kept where the remedy map calculates another. `only` are the code names of the victims whom it
    concerns, if not all.
    """

    stage: str
    authority: str = ""
    outcome: str | None = None
    filed: When = None
    decided: When = None
    notified: When = None
    file_number: str = ""
    notified_to: str = ""
    kind: str = "ordinary"
    raised: bool | None = True
    repair: bool | None = True
    suspends: bool | None = None
    next_step: str | None = None
    next_in: int | None = None
    kept: str = ""
    only: tuple[str, ...] = ()
    unused: str | None = None
    because: str = ""
    proof: bool | None = None


@dataclass(frozen=True, slots=True)
class ActPlan:
    """An act. `goes_on` is the reason why it continues."""

    what: str
    began: When = None
    ended: When = None
    goes_on: str = ""
    is_attributable: bool | None = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for housing, with the code of its answer."""

    authority: str
    applied: When = None
    answer: str | None = None
    answered: When = None


@dataclass(frozen=True, slots=True)
class ClaimPlan:
    """A claim with its acts and its ladder. `delay` explains an unreasonable delay."""

    rights: tuple[str, ...]
    violations: tuple[str, ...] = ()
    acts: tuple[ActPlan, ...] = ()
    steps: tuple[Step, ...] = ()
    lost: str = ""
    delay: str = ""
    delay_since: When = None
    label: str = ""
    asked: tuple[Asked, ...] = ()
    treaties: tuple[tuple[str, str], ...] = ()
    """Other treaties that are invoked: code and articles."""


@dataclass(frozen=True, slots=True)
class Due:
    """A manual deadline, due in `in_days`; `done` is the outcome if it is done. `to` is the person to whom it is given."""

    what: str
    in_days: int
    done: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """A task, due in `in_days` or without a day; `to` is the person to whom it is given, `about` a person by code name.

    `ticked` are so many first steps of its checklist that are done; `done` is the result if it is done, `why_not` the reason if it is cancelled.
    `gap` is the rule of a gap of readiness from which it is made.
    """

    what: str
    in_days: int | None = None
    to: str = ""
    about: str = ""
    details: str = ""
    steps: tuple[str, ...] = ()
    ticked: int = 0
    done: str = ""
    why_not: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A procedure before another international body."""

    body: str
    status: str
    began: When = None


@dataclass(frozen=True, slots=True)
class Did:
    """What an organisation did for the people of a case, with the codes of kind and result."""

    kind: str
    measure: str
    party: str = ""
    began: When = None
    result: str | None = None
    ended: When = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note of the daily work, days ago; `about` a person by code name, or the case; `amendment` was added to it later."""

    kind: str
    text: str
    days_ago: int
    about: str = ""
    amendment: str = ""


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection of the State, by its ground; `names_remedy` only where it says that remedies were not exhausted."""

    ground: str
    raised: When
    summary: str
    names_remedy: bool | None = None


@dataclass(frozen=True, slots=True)
class CasePlan:
    """A case. `by` opens and owns it, `opened` days ago; `shared` lists sections with a grant to read, or with "!" to write."""

    by: str
    title: str
    narrative: str
    opened: int
    claims: tuple[ClaimPlan, ...] = ()
    state: str = ""
    """The State concerned, if it is not the section's country."""
    region: str = ""
    district: str = ""
    happened: When = None
    stage: Stage = Stage.DOMESTIC_REMEDIES
    urgency: Urgency = Urgency.NORMAL
    is_sealed: bool = False
    is_unowned: bool = False
    contact: str = ""
    lateness: str = ""
    due: tuple[Due, ...] = ()
    tasks: tuple[Doing, ...] = ()
    shared: tuple[str, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    did: tuple[Did, ...] = ()
    noted: tuple[Noted, ...] = ()
    filed: int = 0
    """How many days ago the case was filed, if it was."""
    objected: tuple[Objected, ...] = ()
    objected_to_nothing_else: bool = False
    reason: str = "Agreed in the section's monthly review."
    right: str = "HOUSING"
    """The right of a case without claims."""
