"""The slow-down of guessing: per account and per network address, in PostgreSQL, failing closed, never a hard lock."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from caseflow.clock import now
from caseflow.models import SignInDelay
from caseflow.unit_of_work import UnitOfWork

FREE_TRIES = {"account": 5, "address": 30}
"""Wrong passwords before the waiting begins. Many people may share one network address."""
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Counter:
    """One locked counter and how many tries it leaves free."""

    kind: str
    row: SignInDelay


def lock(uow: UnitOfWork, email: str, address: str, secret: bytes) -> list[Counter]:
    """Return the counters of an account and an address, locked until the transaction ends.

    Keys are keyed hashes: the table tells neither who has an account nor where people sign in from.
    """
    keys = {
        kind: hmac.digest(secret, f"{kind}:{value}".encode(), "sha256")
        for kind, value in (("account", email.strip().lower()), ("address", address))
    }
    fresh = [{"key": key, "failures": 0, "failed_at": now()} for key in keys.values()]
    uow.session.execute(insert(SignInDelay).values(fresh).on_conflict_do_nothing())
    locked = select(SignInDelay).where(SignInDelay.key.in_(keys.values())).order_by(SignInDelay.key).with_for_update()
    rows = {row.key: row for row in uow.session.scalars(locked)}
    return [Counter(kind, rows[key]) for kind, key in keys.items()]


def wait_of(counters: list[Counter], at: datetime | None = None) -> timedelta:
    """Return how long to wait before the next try, zero for not at all."""
    moment = at or now()
    waits = [c.row.blocked_until - moment for c in counters if c.row.blocked_until and c.row.blocked_until > moment]
    return max(waits, default=timedelta(0))


def count_failure(counters: list[Counter]) -> None:
    """Count a wrong password; from the free tries on, each doubles the wait."""
    moment = now()
    for counter in counters:
        row = counter.row
        row.failures = 1 if moment - row.failed_at > FORGET_AFTER else row.failures + 1
        row.failed_at = moment
        over = row.failures - FREE_TRIES[counter.kind]
        if over >= 0:
            row.blocked_until = moment + min(timedelta(seconds=2 ** min(over, 12)), LONGEST_WAIT)


def forget_account(counters: list[Counter]) -> None:
    """Start anew after a right password; the address keeps its count, or one good account would hide many bad tries."""
    for counter in counters:
        if counter.kind == "account":
            counter.row.failures = 0
            counter.row.blocked_until = None
