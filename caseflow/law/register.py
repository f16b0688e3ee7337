"""Which States are bound by the Optional Protocol and since when, and the texts of the ruleset that findings cite.

All of it is passed to the engine, which reads no file: `caseflow.law.data.load_register` reads the packaged data, and
`Register.with_states` replaces rows by those that an administrator entered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Literal, Self

from caseflow.law.dates import add_months
from caseflow.law.thresholds import Thresholds, load_thresholds

Verification = Literal["verified", "secondary", "unverified"]
Doubt = Literal["secondary", "unverified", "stale"]
Standing = Literal["party", "joining", "signed", "none", "left", "unknown"]
"""Bound; ratified or acceded, not yet in force; signed only; none of these; no longer bound after a denunciation; not
known, because no deposit is recorded and nobody has verified that there is none."""
BodyNature = Literal["own", "individual", "collective", "disputed", "never"]
"""The nature of a body's procedure: the Committee's own; on individual cases; on general situations; one of which it is
disputed whether it is a procedure of investigation or settlement; one that never is."""


def entry_into_force(deposit: date, thresholds: Thresholds | None = None) -> date:
    """Return the day from which the Protocol binds a State: three months after its deposit, not before 5 May 2013.

    The figures are the packaged ones unless others are given. A day that does not exist becomes the last of its month:
    Finland deposited on 31 January 2014 and was bound from 30 April 2014.
    """
    figures = thresholds or load_thresholds()
    return max(figures.protocol_in_force.value, add_months(deposit, figures.months_after_deposit.value))


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
    """Declarations and statements of the State on signature, ratification or accession, in words."""
    verification: Verification = "unverified"
    source: str = ""
    checked_on: date | None = None
    thresholds: Thresholds = field(default_factory=load_thresholds, compare=False, repr=False)
    """The figures used to compute its days: those of the register that holds the row."""

    @property
    def bound_from(self) -> date | None:
        """Return the day of entry into force for the State, computed from the deposit where that is known."""
        return entry_into_force(self.op_deposit, self.thresholds) if self.op_deposit else self.op_in_force

    @property
    def bound_until(self) -> date | None:
        """Return the first day on which a denunciation has effect (art. 20(1))."""
        if self.op_denounced is None:
            return None
        return add_months(self.op_denounced, self.thresholds.months_after_denunciation.value)

    @property
    def may_have_joined(self) -> bool:
        """Return whether no deposit is recorded in a row that nobody has verified: then it is not known."""
        return self.bound_from is None and self.verification == "unverified"

    def standing(self, on: date) -> Standing:
        """Return the State's status under the Protocol on a day."""
        if self.bound_until is not None and self.bound_until <= on:
            return "left"
        if self.bound_from is not None:
            return "party" if self.bound_from <= on else "joining"
        if self.may_have_joined:
            return "unknown"
        return "signed" if self.op_signed else "none"

    def doubt(self, on: date) -> Doubt | None:
        """Return why the row should be checked before use; None when it is verified and was checked recently."""
        if self.verification != "verified":
            return self.verification
        if self.checked_on is None or add_months(self.checked_on, self.thresholds.months_fresh.value) < on:
            return "stale"
        return None


@dataclass(frozen=True, slots=True)
class Body:
    """An international body and the nature of its procedure (column `nature` of `mechanisms.csv`)."""

    code: str
    body: str
    nature: BodyNature


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The version of the rules, their citations, the readings that findings give as sources, and the figures."""

    version: str
    citations: Mapping[str, str]
    readings: Mapping[str, str]
    """Texts by key. The text says so where it is a secondary source, or still to be confirmed against the primary text."""
    thresholds: Thresholds
    checked_on: date
    """The day on which citations, readings and figures were last compared with their sources."""
    checked_by: str
    """Who did so: an office or a group, in English."""

    def is_stale(self, on: date) -> bool:
        """Return whether on a day the last check lies longer ago than the coalition relies on one."""
        figures = (getattr(self.thresholds, each.name).checked_on for each in fields(self.thresholds))
        return add_months(min(self.checked_on, *figures), self.thresholds.months_fresh.value) < on


@dataclass(frozen=True, slots=True)
class Register:
    """The dated data that an assessment uses."""

    version: str
    states: Mapping[str, StateStatus]
    ruleset: Ruleset
    bodies: Mapping[str, Body]

    def get(self, iso2: str) -> StateStatus | None:
        """Return a State's row, or None where there is none."""
        return self.states.get(iso2)

    def with_states(self, rows: Iterable[StateStatus], version: str) -> Self:
        """Return a register with another version, in which these rows replace those of the same States."""
        figures = self.ruleset.thresholds
        newer = {row.iso2: replace(row, thresholds=figures) for row in rows}
        return replace(self, version=version, states={**self.states, **newer})
