"""The form of a sealed file: AES-256-GCM in chunks, so that it is written and read in constant memory.

File: `MAGIC`, the 16 bytes of its name, then chunks. A chunk is at most `CHUNK` bytes of content, encrypted, and a tag of 16 bytes.
Each file has its own random key, so the number of a chunk can be its nonce. Tied into the tag of every chunk: the magic, the name,
the number, and whether it is the last. So every altered bit is found, a cut tail, chunks added or in another order, and the content
of another file. An empty file has one empty chunk.

Sources: NIST SP 800-38D (GCM); the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015) for the last chunk.
"""

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseflow.storage import FileDamaged

MAGIC: Final = b"caseflow file 1\n"
KEY_BYTES: Final = 32
CHUNK: Final = 256 * 1024
TAG: Final = 16
NUMBER_BYTES: Final = 12


def new_key() -> bytes:
    """Return a key for one file."""
    return os.urandom(KEY_BYTES)


class SealingWriter:
    """Seals what is written to it, and passes it on chunk by chunk."""

    def __init__(self, write: Callable[[bytes], object], name: UUID, key: bytes) -> None:
        self._write, self._name, self._cipher = write, name, AESGCM(key)
        self._rest = bytearray()
        self._number = 0
        write(MAGIC + name.bytes)

    def write(self, data: bytes) -> None:
        """Seal the next bytes. A full chunk waits until more comes: only then it is not the last."""
        self._rest += data
        while len(self._rest) > CHUNK:
            self._seal(bytes(self._rest[:CHUNK]), is_last=False)
            del self._rest[:CHUNK]

    def finish(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self._rest), is_last=True)
        self._rest.clear()

    def _seal(self, content: bytes, *, is_last: bool) -> None:
        bound = _bound_to(self._name, self._number, is_last=is_last)
        self._write(self._cipher.encrypt(_nonce(self._number), content, bound))
        self._number += 1


def open_sealed(file: BinaryIO, name: UUID, key: bytes) -> Iterator[bytes]:
    """Yield the content of a sealed file, a chunk at a time.

    Raises:
        FileDamaged: it is not the file of that name as it was written.
    """
    if file.read(len(MAGIC) + 16) != MAGIC + name.bytes:
        raise FileDamaged("the head of the file is not its own")
    cipher, number = AESGCM(key), 0
    chunk = file.read(CHUNK + TAG)
    while True:
        following = file.read(CHUNK + TAG)
        bound = _bound_to(name, number, is_last=not following)
        try:
            content = cipher.decrypt(_nonce(number), chunk, bound)
        except (InvalidTag, ValueError) as error:  # a rest that is shorter than a tag is no ciphertext
            raise FileDamaged(f"chunk {number} is not what was written") from error
        yield content
        if not following:
            return
        chunk, number = following, number + 1


def _nonce(number: int) -> bytes:
    return number.to_bytes(NUMBER_BYTES, "big")


def _bound_to(name: UUID, number: int, *, is_last: bool) -> bytes:
    return MAGIC + name.bytes + _nonce(number) + (b"last" if is_last else b"more")
