"""Delays that slow down password guessing. Counters are in PostgreSQL; without them nobody signs in. Accounts are never locked.

Three counters: attempts at one account from one network address wait up to 15 minutes; an account as a whole waits
seconds only, so that a stranger's guesses can't keep its owner out; an address that tries many accounts waits a minute
at most, since many people may share it.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from caseflow.clock import now
from caseflow.models import SignInDelay
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Limit:
    """How many attempts have no delay, and the longest delay (it doubles with each attempt)."""

    free_attempts: int
    longest_wait: timedelta


LIMITS = {
    "pair": Limit(5, timedelta(minutes=15)),
    "account": Limit(10, timedelta(seconds=10)),
    "address": Limit(30, timedelta(minutes=1)),
}
FORGET_AFTER = timedelta(hours=12)


def count_attempt(uow: UnitOfWork, email: str, address: str, secret: bytes) -> timedelta:
    """Count an attempt before its password is checked, and return how long it must wait, or zero if it may proceed.

    An attempt that must wait is not counted. The counters are locked only for this, not while the password is hashed:
    many people may sign in at once, and concurrent guesses are counted one after the other.
    """
    moment, wait = now(), timedelta(0)
    rows = _locked(uow, _keys(email, address, secret))
    for row in rows.values():
        if row.blocked_until and row.blocked_until > moment:
            wait = max(wait, row.blocked_until - moment)
    if not wait:
        for kind, row in rows.items():
            _count(row, LIMITS[kind], moment)
    return wait


def remaining_wait(uow: UnitOfWork, email: str, address: str, secret: bytes) -> timedelta:
    """Return how long the next attempt must wait."""
    moment = now()
    rows = _locked(uow, _keys(email, address, secret)).values()
    return max((row.blocked_until - moment for row in rows if row.blocked_until), default=timedelta(0))


def reset_after_success(uow: UnitOfWork, email: str, address: str, secret: bytes) -> None:
    """Reset the counters after a correct password. The address keeps its count of attempts at other accounts."""
    # Before any row is locked: another transaction may lock the same rows in another order.
    uow.session.execute(delete(SignInDelay).where(SignInDelay.failed_at < now() - FORGET_AFTER))
    rows = _locked(uow, _keys(email, address, secret))
    for kind, row in rows.items():
        row.failures = max(row.failures - 1, 0) if kind == "address" else 0
        row.blocked_until = (
            None if kind != "address" or row.failures < LIMITS[kind].free_attempts else row.blocked_until
        )


def _keys(email: str, address: str, secret: bytes) -> dict[str, bytes]:
    """Return the key of each counter. Keyed hashes reveal neither who has an account nor where people sign in from."""
    account = email.strip().casefold()
    named = {"pair": f"{account}\n{address}", "account": account, "address": address}
    return {kind: hmac.digest(secret, f"{kind}:{value}".encode(), "sha256") for kind, value in named.items()}


def _locked(uow: UnitOfWork, keys: dict[str, bytes]) -> dict[str, SignInDelay]:
    fresh = [{"key": key, "failures": 0, "failed_at": now()} for key in sorted(keys.values())]
    uow.session.execute(insert(SignInDelay).values(fresh).on_conflict_do_nothing())
    found = select(SignInDelay).where(SignInDelay.key.in_(keys.values())).order_by(SignInDelay.key).with_for_update()
    rows = {row.key: row for row in uow.session.scalars(found.execution_options(populate_existing=True))}
    return {kind: rows[key] for kind, key in keys.items()}


def _count(row: SignInDelay, limit: Limit, moment: datetime) -> None:
    row.failures = 1 if moment - row.failed_at > FORGET_AFTER else row.failures + 1
    row.failed_at = moment
    over = row.failures - limit.free_attempts
    if over >= 0:
        row.blocked_until = moment + min(timedelta(seconds=2 ** min(over, 12)), limit.longest_wait)
