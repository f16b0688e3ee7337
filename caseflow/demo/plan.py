"""How a demo case is written down: what people would have typed, with dates in days before today."""

from dataclasses import dataclass
from datetime import date, timedelta

from caseflow.law.dates import Bound, Precision, UncertainDate
from caseflow.models import Stage, Urgency


@dataclass(frozen=True, slots=True)
class Ago:
    """A date so many days before today, as exact as somebody knew it."""

    days: int
    precision: Precision = "day"
    bound: Bound = "exact"

    def on(self, day: date) -> UncertainDate:
        """Return the date as seen on a day."""
        then = day - timedelta(days=self.days)
        month = None if self.precision == "year" else then.month
        return UncertainDate.build(then.year, month, then.day if self.precision == "day" else None, self.bound)


When = int | Ago | None
"""Days before today, exactly; or a vaguer date; or not known."""


def known(when: When, day: date) -> UncertainDate | None:
    """Return a date as seen on a day."""
    if when is None:
        return None
    return (when if isinstance(when, Ago) else Ago(when)).on(day)


def month(days: int) -> Ago:
    """Return the month of the day so long ago."""
    return Ago(days, "month")


def year(days: int) -> Ago:
    """Return the year of the day so long ago."""
    return Ago(days, "year")


def about(days: int) -> Ago:
    """Return "about" the day so long ago."""
    return Ago(days, "day", "about")


def not_before(days: int) -> Ago:
    """Return "not before" the month of the day so long ago."""
    return Ago(days, "month", "not_before")


def year_left(days: int) -> int:
    """Return how long ago a decision was taken whose one-year clock has so many days left."""
    return 365 - days


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder. `unused` is the reason why it was not used; `next_in` days until the next step's last day."""

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
    unused: str | None = None
    because: str = ""
    proof: bool | None = None


@dataclass(frozen=True, slots=True)
class ActPlan:
    """One act. `goes_on` is why it still goes on."""

    what: str
    began: When = None
    ended: When = None
    goes_on: str = ""
    is_attributable: bool | None = True


@dataclass(frozen=True, slots=True)
class ClaimPlan:
    """One claim with its acts and its ladder. `delay` is what takes unreasonably long."""

    rights: tuple[str, ...]
    violations: tuple[str, ...] = ()
    acts: tuple[ActPlan, ...] = ()
    steps: tuple[Step, ...] = ()
    lost: str = ""
    delay: str = ""
    delay_since: When = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A typed deadline, due in so many days; `done` is how it was done, if it was."""

    what: str
    in_days: int
    done: str = ""


@dataclass(frozen=True, slots=True)
class CasePlan:
    """One case. `by` opens and owns it; `opened` is days ago; `shared` gives leave to read, or with "!" to write."""

    by: str
    title: str
    narrative: str
    opened: int
    claims: tuple[ClaimPlan, ...] = ()
    state: str = ""
    """The State concerned, where it is not the section's own country."""
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
    shared: tuple[str, ...] = ()
    reason: str = "Agreed in the section's monthly review."
    right: str = "HOUSING"
    """For a case that has no claim yet."""
