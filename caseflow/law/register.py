"""Which States are bound by the Optional Protocol, and since when; and the texts of the ruleset that findings cite.

Everything here is handed to the engine, which reads no file: `caseflow.law.data.load_register` reads the packaged data,
and an administrator's newer rows replace them by `Register.with_states`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Self

from caseflow.law.dates import add_months
from caseflow.law.thresholds import Thresholds

Verification = Literal["verified", "secondary", "unverified"]
Doubt = Literal["secondary", "unverified", "stale"]
Standing = Literal["party", "joining", "signed", "none", "left"]
"""Bound; deposited, but not in force yet; signed only; neither; no longer bound since a denunciation took effect."""
BodyNature = Literal["own", "individual", "collective", "disputed", "never"]
"""Of a body's procedure: the Committee's own; on individual cases; on general situations; disputed whether it is one of
investigation or settlement; never such a procedure."""


def entry_into_force(deposit: date, thresholds: Thresholds | None = None) -> date:
    """Return the day from which the Protocol binds a State: three months after its deposit, not before 5 May 2013.

    The figures are the packaged ones unless others are given. Month arithmetic stays at the month's end: Finland
    deposited on 31 January 2014 and was bound on 30 April 2014.
    """
    figures = thresholds or _packaged_thresholds()
    return max(figures.protocol_in_force.value, add_months(deposit, figures.months_after_deposit.value))


def _packaged_thresholds() -> Thresholds:
    from caseflow.law.data import load_thresholds  # noqa: PLC0415 - the data are read into the rows defined here

    return load_thresholds()


@dataclass(frozen=True, slots=True)
class StateStatus:
    """One State's row in the register. A missing date means that no such act is recorded."""

    iso2: str
    name: str
    covenant: str
    op_signed: date | None = None
    op_deposit: date | None = None
    op_deposit_kind: str | None = None
    op_in_force: date | None = None
    op_denounced: date | None = None
    """The day on which the depositary received the denunciation."""
    inquiry: str | None = None
    interstate: str | None = None
    declarations: str = ""
    """What the State declared or stated when it signed or joined, in words."""
    verification: Verification = "unverified"
    source: str = ""
    checked_on: date | None = None
    thresholds: Thresholds = field(default_factory=_packaged_thresholds, compare=False, repr=False)
    """What its days are counted with: those of the register in which the row stands."""

    @property
    def bound_from(self) -> date | None:
        """Return the day of entry into force for the State; counted from the deposit where that is known."""
        return entry_into_force(self.op_deposit, self.thresholds) if self.op_deposit else self.op_in_force

    @property
    def bound_until(self) -> date | None:
        """Return the first day on which a denunciation has effect (art. 20(1))."""
        if self.op_denounced is None:
            return None
        return add_months(self.op_denounced, self.thresholds.months_after_denunciation.value)

    def standing(self, on: date) -> Standing:
        """Return how the State stands towards the Protocol on a day."""
        if self.bound_until is not None and self.bound_until <= on:
            return "left"
        if self.bound_from is not None:
            return "party" if self.bound_from <= on else "joining"
        return "signed" if self.op_signed else "none"

    def doubt(self, on: date) -> Doubt | None:
        """Return why the row should be checked before anyone relies on it; None when it is verified and fresh."""
        if self.verification != "verified":
            return self.verification
        if self.checked_on is None or add_months(self.checked_on, self.thresholds.months_fresh.value) < on:
            return "stale"
        return None

    def warning(self, on: date) -> str | None:
        """Return the doubt in a sentence, for a finding that rests on the row."""
        doubt = self.doubt(on)
        if doubt is None:
            return None
        if doubt == "stale":
            months = self.thresholds.months_fresh.value
            return f"The register's row for {self.name} was not checked in the last {months} months: check it again."
        rests = "another public source" if doubt == "secondary" else "no verified source"
        return f"The register's row for {self.name} rests on {rests}: check it with the depositary."


@dataclass(frozen=True, slots=True)
class Body:
    """An international body, and what its procedure is for the same matter (column nature of `mechanisms.csv`)."""

    code: str
    body: str
    nature: BodyNature


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The version of the rules, what each cites, the readings that findings name as their sources, and the figures."""

    version: str
    citations: Mapping[str, str]
    readings: Mapping[str, str]
    """Key to text; a reading still to be confirmed against the primary text says so."""
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Register:
    """The dated data that an assessment rests on."""

    version: str
    states: Mapping[str, StateStatus]
    ruleset: Ruleset
    bodies: Mapping[str, Body]

    def get(self, iso2: str) -> StateStatus | None:
        """Return a State's row, None where the register has none."""
        return self.states.get(iso2)

    def with_states(self, rows: Iterable[StateStatus], version: str) -> Self:
        """Return a register in which these rows replace those of the same State, under a version of its own."""
        figures = self.ruleset.thresholds
        newer = {row.iso2: replace(row, thresholds=figures) for row in rows}
        return replace(self, version=version, states={**self.states, **newer})
