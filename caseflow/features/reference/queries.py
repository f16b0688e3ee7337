"""Queries of the register of States. It contains no cases, so everybody with a role may see all of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from caseflow.errors import NotFound
from caseflow.law import Register, StateStatus, load_register
from caseflow.models import RegisterChange, State, User
from caseflow.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from caseflow.law.register import Verification

SUBJECT = "state"
"""The subject of States in the history of the register."""
DIGEST_LENGTH = 8
"""Characters of the digest in a data version: enough to distinguish two registers of one day."""


class RegisterFingerprint(NamedTuple):
    """Values that change with every change of the register, as each save increases the row's version."""

    pack: str | None
    versions: int | None
    changed_at: datetime | None


FINGERPRINT_COLUMNS = (func.max(State.pack), func.sum(State.version), func.max(State.changed_at))
"""The columns of `RegisterFingerprint`."""
_FINGERPRINT = select(*FINGERPRINT_COLUMNS)
_cache: list[tuple[RegisterFingerprint, Register]] = []
"""The register that this process read last: at most one, replaced as a whole, so no lock is needed."""


def current_register(uow: UnitOfWork) -> Register:
    """Return the present register, on which assessments are based.

    One statement (0.4 ms) checks whether the cached register is still valid; rows are read only after a change. The version
    is that of the pack (`states/2026-11-23`) until somebody changes a row; afterwards it has the day of the last change and
    a digest of all rows (`states/2026-11-23+2026-11-24.5f0c9a1e`), so that assessments on older data can be found.
    """
    return cached_register(uow, RegisterFingerprint(*uow.session.execute(_FINGERPRINT).one()))


def cached_register(uow: UnitOfWork, fingerprint: RegisterFingerprint) -> Register:
    """Return the cached register if it has this fingerprint, else read and cache it."""
    for before, register in _cache:
        if before == fingerprint:
            return register
    register = _read_register(uow.session, fingerprint)
    _cache[:] = [(fingerprint, register)]
    return register


def state_codes(uow: UnitOfWork) -> tuple[str, ...]:
    """Return the codes of all States of the register, for select boxes."""
    return tuple(current_register(uow).states)


def one_state(uow: UnitOfWork, code: str) -> State:
    """Return a State's row.

    Raises:
        NotFound: the register has no such State.
    """
    state = uow.session.get(State, code) if code.isalpha() else None  # PostgreSQL refuses a null character
    if state is None:
        raise NotFound("The register has no State with this code.")
    return state


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of the register's history."""

    id: UUID
    at: datetime
    who: str | None
    """Name of the person; None for packs and commands, or if the reader may not see it."""
    by_person: bool
    action: str
    changes: Mapping[str, list[object]]
    source: str


def history_of(
    uow: UnitOfWork, subject: str, key: str, limit: int, *, before: UUID | None = None
) -> list[RegisterEntry]:
    """Return what was changed in a row of reference data, the latest first: one statement.

    Args:
        uow: the unit of work.
        subject: of `RegisterChange`.
        key: code or id of the row.
        limit: most entries.
        before: id of the last entry of the previous page.
    """
    is_by_person = RegisterChange.actor_id.is_not(None)
    found = (
        select(
            RegisterChange.id,
            RegisterChange.at,
            User.name,
            is_by_person,
            RegisterChange.action,
            RegisterChange.changes,
            RegisterChange.source,
        )
        .outerjoin(User, User.id == RegisterChange.actor_id)
        .where(RegisterChange.subject == subject, RegisterChange.subject_key == key)
        .order_by(RegisterChange.at.desc(), RegisterChange.id.desc())
        .limit(limit)
    )
    if before is not None:
        last = select(RegisterChange.at, RegisterChange.id).where(RegisterChange.id == before)
        found = found.where(tuple_(RegisterChange.at, RegisterChange.id) < last.scalar_subquery())
    return [RegisterEntry(*row) for row in uow.session.execute(found)]  # type: ignore[arg-type]  # JSONB holds just these


def states_by_code(uow: UnitOfWork) -> dict[str, State]:
    """Return all rows of the register by code, to be changed."""
    return {state.code: state for state in uow.session.scalars(select(State))}


def _read_register(session: Session, fingerprint: RegisterFingerprint) -> Register:
    rows = session.execute(select(State.__table__).order_by(State.code)).all()
    states = {
        row.code: StateStatus(
            iso2=row.code,
            name=row.name,
            covenant=row.covenant,
            op_signed=row.op_signed,
            op_deposit=row.op_deposit,
            op_deposit_kind=row.op_deposit_kind,
            op_in_force=row.op_in_force,
            op_denounced=row.op_denounced,
            inquiry=row.inquiry,
            interstate=row.interstate,
            declarations=row.declarations,
            verification=cast("Verification", row.verification),
            source=row.source,
            checked_on=row.checked_on,
        )
        for row in rows
    }
    version = fingerprint.pack or ""
    if fingerprint.changed_at is not None:
        digest = hashlib.sha256(repr(sorted(states.items())).encode()).hexdigest()[:DIGEST_LENGTH]
        version = f"{fingerprint.pack}+{fingerprint.changed_at:%Y-%m-%d}.{digest}"
    return replace(load_register(), version=version, states=states)


class Standing(StrEnum):
    """The status of a State towards the Protocol and the Covenant, in the order of legends and tables."""

    PARTY = "party"
    JOINING = "joining"
    """It has joined, and the Protocol enters into force for it on a later day (OP-ICESCR art. 18)."""
    LEFT = "left"
    """It denounced the Protocol, and that has taken effect (art. 20)."""
    SIGNED = "signed"
    """It signed the Protocol, which binds nobody yet."""
    COVENANT = "covenant"
    """Party to the Covenant only."""
    NEITHER = "neither"
    UNKNOWN = "unknown"
    """No deposit is recorded, and nobody has verified that there is none: it may have joined."""


BOUND_OR_JOINING: Final = frozenset({Standing.PARTY, Standing.JOINING})
"""The States that are bound, or will be on a known day."""


def standing_of(state: StateStatus, on: date) -> Standing:
    """Return a State's status on a day: that of the law engine or, if it has not signed the Protocol, by the Covenant."""
    standing = state.standing(on)
    if standing != "none":
        return Standing(standing)
    return Standing.COVENANT if state.covenant == "party" else Standing.NEITHER


def standings(register: Register, on: date) -> Mapping[str, Standing]:
    """Return the status of every State on a day, by code."""
    return {code: standing_of(state, on) for code, state in sorted(register.states.items())}
