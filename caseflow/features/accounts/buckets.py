"""Buckets that slow down password guessing. They are in PostgreSQL; without them nobody signs in. No account is locked.

A bucket holds tries. A try takes one from each of its buckets before the password is checked, and waits if one is empty; one
comes back every so often, and that of a correct password at once. A device that signed in before (`devices`) has buckets of
its own, so that guesses from elsewhere can't make its owner wait. All strange devices share that of the account.

Each bucket is one of a fixed number of slots, chosen by a keyed hash: the table can't grow with the number of addresses, and
nobody knows which accounts share a slot. Accounts that do not exist have buckets as well, so a wait reveals nothing.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from caseflow.clock import now
from caseflow.models import SignInBucket
from caseflow.unit_of_work import UnitOfWork

SLOTS: Final = 1 << 16
"""Slots of each kind. Two people of a coalition of 200 share one with a probability of a quarter, and hardly notice."""
FORGET_AFTER: Final = timedelta(hours=1)
"""How long after a bucket is full its row is removed."""
PREFIXES: Final = {4: 24, 6: 64}
"""Bits of a network address, by version of the protocol: what one provider gives to one customer, or to a few."""


class Kind(StrEnum):
    """Whose tries a bucket holds."""

    ACCOUNT = "account"
    """Strange devices at one account."""
    NETWORK = "network"
    """Strange devices of one network, at any account."""
    EVERYBODY = "everybody"
    """All strange devices: bounds the processor time that guesses at ever new accounts can take."""
    DEVICE = "device"
    DEVICE_LONG = "device_long"
    """The same device over hours, in case its cookie was stolen."""
    OWN = "own"
    """A person who is signed in and gives the password again."""


OF_A_DEVICE: Final = (Kind.DEVICE, Kind.DEVICE_LONG)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries a full bucket holds, and after what time one comes back: the longest wait."""

    size: int
    refill: timedelta

    @property
    def longest(self) -> timedelta:
        """The time in which an empty bucket fills."""
        return self.size * self.refill


LIMITS: Final = {
    Kind.ACCOUNT: Limit(5, timedelta(minutes=4)),  # at most 20 an hour: 5, then 15
    Kind.NETWORK: Limit(30, timedelta(minutes=1)),
    Kind.EVERYBODY: Limit(60, timedelta(seconds=0.5)),
    Kind.DEVICE: Limit(5, timedelta(seconds=10)),
    Kind.DEVICE_LONG: Limit(30, timedelta(minutes=2)),
    Kind.OWN: Limit(10, timedelta(minutes=1)),
}
Keys = dict[str, Limit]
"""The buckets of a try, by the key of their row."""


def strange_device(email: str, address: str, secret: bytes) -> Keys:
    """Return the buckets of a device that has not signed in to this account before."""
    named = {Kind.ACCOUNT: email.strip().lower(), Kind.NETWORK: network_of(address), Kind.EVERYBODY: ""}
    return _keys(secret, named)


def known_device(device: str, secret: bytes) -> Keys:
    """Return the buckets of a device that has."""
    return _keys(secret, {Kind.DEVICE: device, Kind.DEVICE_LONG: device})


def own_password(user_id: UUID, secret: bytes) -> Keys:
    """Return the bucket of a person who is signed in."""
    return _keys(secret, {Kind.OWN: str(user_id)})


def network_of(address: str) -> str:
    """Return the network of an address, so that who has many addresses in it is counted once; empty if it is not known."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network(f"{found}/{PREFIXES[found.version]}", strict=False))


def wait_of(uow: UnitOfWork, keys: Keys) -> timedelta:
    """Return how long a try has to wait, without taking it and without a lock: most guesses get no further."""
    moment = now()
    found = uow.session.scalars(select(SignInBucket).where(SignInBucket.key.in_(keys))).all()
    return max(
        (_wait(row, keys[row.key], moment) for row in found if not _is_ahead(row, keys[row.key], moment)),
        default=timedelta(),
    )


def take(uow: UnitOfWork, keys: Keys) -> timedelta:
    """Take a try from each bucket and return zero; or take none, and return how long to wait."""
    moment, rows = now(), _locked(uow, keys)
    for row in rows:
        row.full_at = max(row.full_at, moment)
        if _is_ahead(row, keys[row.key], moment):  # the clock was ahead and is right again
            row.full_at = moment + keys[row.key].longest
    wait = max(_wait(row, keys[row.key], moment) for row in rows)
    if not wait:
        for row in rows:
            row.full_at += keys[row.key].refill
    return wait


def give_back(uow: UnitOfWork, keys: Keys, *, all_of: Collection[Kind] = ()) -> None:
    """Give back the try of a correct password, or fill the buckets of these kinds. Then forget buckets that have long been full."""
    moment = now()
    for row in _locked(uow, keys):
        row.full_at = moment if row.key.partition(":")[0] in all_of else row.full_at - keys[row.key].refill
    uow.flush()
    full = (
        select(SignInBucket.key).where(SignInBucket.full_at < moment - FORGET_AFTER).with_for_update(skip_locked=True)
    )
    uow.session.execute(delete(SignInBucket).where(SignInBucket.key.in_(full)))


def _keys(secret: bytes, named: dict[Kind, str]) -> Keys:
    return {f"{kind}:{_slot(secret, kind, name)}": LIMITS[kind] for kind, name in named.items()}


def _slot(secret: bytes, kind: Kind, name: str) -> int:
    digest = hmac.digest(secret, f"{kind}:{name}".encode(errors="replace"), "sha256")
    return int.from_bytes(digest[:8], "big") % SLOTS


def _wait(row: SignInBucket, limit: Limit, moment: datetime) -> timedelta:
    return max(row.full_at - moment - limit.longest + limit.refill, timedelta())


def _is_ahead(row: SignInBucket, limit: Limit, moment: datetime) -> bool:
    """Return whether a bucket is emptier than empty, which only a clock that was ahead can have written."""
    return row.full_at > moment + limit.longest


def _locked(uow: UnitOfWork, keys: Keys) -> list[SignInBucket]:
    """Return the rows, locked in the order of their keys; missing ones are added. One statement, so none can vanish in between."""
    rows = insert(SignInBucket).values([{"key": key, "full_at": now()} for key in sorted(keys)])
    locked = rows.on_conflict_do_update(index_elements=["key"], set_={"key": rows.excluded.key}).returning(SignInBucket)
    return list(uow.session.scalars(locked.execution_options(populate_existing=True)))
