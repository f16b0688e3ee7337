"""Encryption of fields at rest: AES-GCM with one key ring, bound to the row and field they belong to.

A row keeps a sealed field in a column `<field>_sealed`, and says by `bound_to` what the field is bound to.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


SUFFIX: Final = "_sealed"
"""Of the columns that hold sealed fields."""


class SealBroken(Exception):
    """A sealed value was changed, moved to another row, or its key is not on the ring."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by id. `current` seals; all of them open, so that keys can be changed one by one."""

    keys: Mapping[str, bytes]
    current: str

    def seal(self, plain: str, bound_to: str) -> bytes:
        """Encrypt a text for one field of one row, named by `bound_to` (such as `case:<id>:contact_note`)."""
        nonce = os.urandom(NONCE_BYTES)
        name = self.current.encode()
        body = AESGCM(self.keys[self.current]).encrypt(nonce, plain.encode(), name + b"|" + bound_to.encode())
        return sealed_prefix(self.current) + nonce + body

    def open(self, sealed: bytes, bound_to: str) -> str:
        """Decrypt what `seal` gave for the same field of the same row.

        Raises:
            SealBroken: the bytes were altered or moved, or the key is missing.
        """
        end = 1 + sealed[0]
        name, nonce, body = sealed[1:end], sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :]
        key = self.keys.get(name.decode(errors="replace"))
        if key is None:
            raise SealBroken("the key of a sealed value is not on the key ring")
        try:
            return AESGCM(key).decrypt(nonce, body, name + b"|" + bound_to.encode()).decode()
        except InvalidTag as error:
            raise SealBroken("a sealed value was altered or belongs to another row") from error


class SealedRow(Protocol):
    """A row with sealed fields."""

    def bound_to(self, field: str) -> str:
        """Return the name of a field of this row, which no other row or field has, such as `person:<id>:name`."""


def open_field(keys: KeyRing, row: SealedRow, field: str) -> str:
    """Return the text of a sealed field; empty where nothing is sealed.

    Raises:
        SealBroken: the bytes were altered or moved, or the key is missing.
    """
    sealed = getattr(row, field + SUFFIX)
    return "" if sealed is None else keys.open(sealed, row.bound_to(field))


def seal_fields(keys: KeyRing, row: SealedRow, values: Mapping[str, str]) -> None:
    """Seal the fields that differ, or that can't be opened: the same text sealed again has other bytes, which would read as a change."""
    for field, value in values.items():
        if _differs(keys, row, field, value):
            setattr(row, field + SUFFIX, keys.seal(value, row.bound_to(field)) if value else None)


def _differs(keys: KeyRing, row: SealedRow, field: str, value: str) -> bool:
    try:
        return value != open_field(keys, row, field)
    except SealBroken:
        return True


def sealed_prefix(key_id: str) -> bytes:
    """Return the first bytes of everything that is sealed with a key."""
    name = key_id.encode()
    return bytes([len(name)]) + name
