"""Encryption of identity fields at rest: AES-GCM with one key ring, bound to the row and field they belong to."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


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
        return bytes([len(name)]) + name + nonce + body

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
