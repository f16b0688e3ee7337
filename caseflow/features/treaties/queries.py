"""Queries of acceptances. They contain no cases, so everybody with a role may see all of them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select, text
from sqlalchemy import case as sql_case

from caseflow.errors import NotFound
from caseflow.features.reference.queries import (
    FINGERPRINT_COLUMNS,
    RegisterEntry,
    RegisterFingerprint,
    cached_register,
    history_of,
)
from caseflow.law import Register
from caseflow.law.routes import Acceptance, Treaty, load_mechanisms
from caseflow.models import Case, TreatyAcceptance
from caseflow.unit_of_work import UnitOfWork

SUBJECT = "treaty_acceptance"
"""The subject of acceptances in the history of the register."""
LOCK = text("SELECT pg_advisory_xact_lock(hashtext('caseflow.treaty_acceptance'))")


@dataclass(frozen=True, slots=True)
class TreatyCount:
    """An instrument, with the numbers of States that are known to have accepted it, and not."""

    treaty: Treaty
    accepted: int
    refused: int


_REGISTER = select(*FINGERPRINT_COLUMNS).subquery()
_FINGERPRINT_AND_ACCEPTANCES = (
    select(_REGISTER, TreatyAcceptance)
    .select_from(_REGISTER)
    .outerjoin(TreatyAcceptance, TreatyAcceptance.state_code == bindparam("state_code"))
)


def register_and_acceptances(uow: UnitOfWork, state_code: str | None) -> tuple[Register, tuple[Acceptance, ...]]:
    """Return the register and a State's acceptances in one statement. A missing acceptance is not known."""
    rows = uow.session.execute(_FINGERPRINT_AND_ACCEPTANCES, {"state_code": state_code}).all()
    acceptances = tuple(law_row(row.TreatyAcceptance) for row in rows if row.TreatyAcceptance is not None)
    return cached_register(uow, RegisterFingerprint(*rows[0][:3])), acceptances


def data_of_case(uow: UnitOfWork, case: Case) -> tuple[Register, tuple[Acceptance, ...]]:
    """Return what the law engine and the comparison of routes read of the State of a case. For `uow.cached`."""
    return register_and_acceptances(uow, case.state_code)


def treaty_counts(uow: UnitOfWork) -> list[TreatyCount]:
    """Return all instruments that open a route, with numbers of States."""
    accepted = func.sum(sql_case((TreatyAcceptance.is_accepted, 1), else_=0))
    wanted = select(TreatyAcceptance.treaty, func.count(), accepted).group_by(TreatyAcceptance.treaty)
    known = {code: (rows, yes) for code, rows, yes in uow.session.execute(wanted)}
    return [
        TreatyCount(treaty, known.get(code, (0, 0))[1], known.get(code, (0, 0))[0] - known.get(code, (0, 0))[1])
        for code, treaty in load_mechanisms().treaties.items()
    ]


@dataclass(frozen=True, slots=True)
class NumberOfTreaties:
    """How many instruments have no acceptance recorded, and how many have one that was not checked since a day."""

    missing: int
    old: int


def numbers_of_treaties(uow: UnitOfWork, before: date) -> NumberOfTreaties:
    """Return how many instruments must be looked at: one statement."""
    day = func.min(TreatyAcceptance.checked_on).label("oldest")
    oldest = select(TreatyAcceptance.treaty, day).group_by(TreatyAcceptance.treaty)
    checked = {row.treaty: row.oldest for row in uow.session.execute(oldest)}
    known = load_mechanisms().treaties
    old = sum(code in checked and checked[code] < before for code in known)
    return NumberOfTreaties(missing=sum(code not in checked for code in known), old=old)


def treaty_of(code: str) -> Treaty:
    """Return an instrument.

    Raises:
        NotFound: no route asks for such an instrument.
    """
    treaty = load_mechanisms().treaties.get(code)
    if treaty is None:
        raise NotFound("No route requires a treaty with this code.")
    return treaty


def acceptances_of(uow: UnitOfWork, treaty: str) -> dict[str, TreatyAcceptance]:
    """Return the acceptances of an instrument, by State."""
    rows = uow.session.scalars(select(TreatyAcceptance).where(TreatyAcceptance.treaty == treaty))
    return {row.state_code: row for row in rows}


def acceptances_of_state(uow: UnitOfWork, state_code: str) -> dict[str, TreatyAcceptance]:
    """Return the acceptances of a State, by instrument."""
    rows = uow.session.scalars(select(TreatyAcceptance).where(TreatyAcceptance.state_code == state_code))
    return {row.treaty: row for row in rows}


def one_acceptance(uow: UnitOfWork, treaty: str, state_code: str) -> TreatyAcceptance | None:
    """Return the acceptance of a State and instrument; None if not recorded."""
    return uow.session.get(TreatyAcceptance, (treaty, state_code), populate_existing=True)


def every_acceptance(uow: UnitOfWork) -> dict[tuple[str, str], TreatyAcceptance]:
    """Return all present rows by instrument and State, to be compared with a list and changed."""
    rows = uow.session.scalars(select(TreatyAcceptance).execution_options(populate_existing=True))
    return {(row.treaty, row.state_code): row for row in rows}


def lock_acceptances(uow: UnitOfWork) -> None:
    """Lock all acceptances until the end of the transaction, as a row that does not exist yet cannot be locked."""
    uow.session.execute(LOCK)


def acceptance_history(uow: UnitOfWork, treaty: str, state_code: str, limit: int) -> list[RegisterEntry]:
    """Return what was changed in an acceptance, the latest first."""
    return history_of(uow, SUBJECT, key_of(treaty, state_code), limit)


def key_of(treaty: str, state_code: str) -> str:
    """Return the key of an acceptance in the history of the register."""
    return f"{treaty}:{state_code}"


def law_row(row: TreatyAcceptance) -> Acceptance:
    """Return a row as the value of the law engine."""
    return Acceptance(
        row.treaty, row.state_code, row.is_accepted, row.in_force_on, row.ended_on, row.source, row.checked_on
    )
