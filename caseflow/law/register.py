"""Which States are bound by the Optional Protocol, and since when; and the texts of the ruleset that findings cite.

Everything here is handed to the engine, which reads no file: `caseflow.law.data.load_register` reads the packaged data,
and an administrator's newer rows replace them by `Register.with_states`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, Self

from caseflow.law.dates import add_months

PROTOCOL_IN_FORCE: Final = date(2013, 5, 5)
"""OP-ICESCR art. 18(1): three months after the tenth deposit (Uruguay, 5 February 2013)."""
MONTHS_AFTER_DEPOSIT: Final = 3
"""OP-ICESCR art. 18(2)."""
MONTHS_AFTER_DENUNCIATION: Final = 6
"""OP-ICESCR art. 20(1)."""
MONTHS_FRESH: Final = 12
"""A row checked longer ago than this is shown with a warning."""

Verification = Literal["verified", "secondary", "unverified"]


def entry_into_force(deposit: date) -> date:
    """Return the day from which the Protocol binds a State: three months after its deposit, not before 5 May 2013.

    Month arithmetic stays at the month's end: Finland deposited on 31 January 2014 and was bound on 30 April 2014.
    """
    return max(PROTOCOL_IN_FORCE, add_months(deposit, MONTHS_AFTER_DEPOSIT))


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
    verification: Verification = "unverified"
    source: str = ""
    checked_on: date | None = None

    @property
    def bound_from(self) -> date | None:
        """Return the day of entry into force for the State; counted from the deposit where that is known."""
        return entry_into_force(self.op_deposit) if self.op_deposit else self.op_in_force

    @property
    def bound_until(self) -> date | None:
        """Return the first day on which a denunciation has effect (art. 20(1))."""
        return add_months(self.op_denounced, MONTHS_AFTER_DENUNCIATION) if self.op_denounced else None

    def warning(self, on: date) -> str | None:
        """Return why the row should be checked before anyone relies on it; None when it is verified and fresh."""
        if self.verification != "verified":
            rests = "another public source" if self.verification == "secondary" else "no verified source"
            return f"The register's row for {self.name} rests on {rests}: check it with the depositary."
        if self.checked_on is None or add_months(self.checked_on, MONTHS_FRESH) < on:
            return f"The register's row for {self.name} was not checked in the last twelve months: check it again."
        return None


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The version of the rules, what each cites, and the readings that findings name as their sources."""

    version: str
    citations: Mapping[str, str]
    readings: Mapping[str, str]
    """Key to text; a reading still to be confirmed against the primary text says so."""


@dataclass(frozen=True, slots=True)
class Register:
    """The dated data that an assessment rests on."""

    version: str
    states: Mapping[str, StateStatus]
    ruleset: Ruleset

    def get(self, iso2: str) -> StateStatus | None:
        """Return a State's row, None where the register has none."""
        return self.states.get(iso2)

    def with_states(self, rows: Iterable[StateStatus], version: str) -> Self:
        """Return a register in which these rows replace those of the same State, under a version of its own."""
        return replace(self, version=version, states={**self.states, **{row.iso2: row for row in rows}})
