"""Where files are kept: sealed, each with a key of its own, behind one protocol (docs/decisions/0039).

A store knows names, bytes and ages; it knows no case. What a file is, and the key that opens it, is in the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

HEAD: Final = 64 * 1024
"""Bytes of the beginning of an incoming file that stay in memory, to tell its type."""


class FileMissing(Exception):
    """There is no file of that name in the store."""


class FileDamaged(Exception):
    """The stored bytes are not those that were written: altered, cut off, in another order, or of another file."""


class StoreUnreachable(OSError):
    """The store does not answer, or refuses us: nothing is known of its files."""


class Problem(StrEnum):
    """Why a file could not be taken. What arrives after it is thrown away."""

    TOO_LARGE = "too_large"
    NO_ROOM = "no_room"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is in the store for good: its name there, the key that opens it, its size in bytes and SHA-256 before sealing."""

    name: UUID
    key: bytes
    size: int
    sha256: bytes


class Incoming(Protocol):
    """A file while it arrives. Nothing of it is ever on disk but sealed."""

    @property
    def problem(self) -> Problem | None:
        """Why it cannot be taken; None as long as it can."""

    @property
    def size(self) -> int:
        """Bytes so far."""

    @property
    def head(self) -> bytes:
        """The beginning, at most `HEAD` bytes."""

    def write(self, data: bytes) -> int:
        """Take the next bytes. After a problem they are thrown away, so that the form around the file can still be read."""

    def digest(self) -> bytes:
        """Return the SHA-256 of what has arrived."""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Do nothing: who parses a form rewinds its files, and what is sealed is read from the store."""

    def keep(self) -> Kept:
        """Put the file into the store, for good once it returns: it has reached the disk, and so has its name.

        Raises:
            OSError: it could not be written.
        """

    def close(self) -> None:
        """Throw the file away if it was not kept."""


class NotTaken:
    """A file that there is no room for, before its first byte."""

    problem: Problem | None = Problem.NO_ROOM
    head = b""

    def __init__(self) -> None:
        self.size = 0

    def write(self, data: bytes) -> int:
        """Throw bytes away."""
        self.size += len(data)
        return len(data)

    def digest(self) -> bytes:
        """Return nothing: two of them are not the same file."""
        return b""

    def keep(self) -> Kept:
        """Refuse.

        Raises:
            OSError: always.
        """
        raise OSError("a file that was not taken cannot be kept")

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002 - of a file
        """Do nothing."""
        return offset

    def close(self) -> None:
        """Do nothing."""


class Store(Protocol):
    """A place for sealed files."""

    def begin(self, most: int, announced: int = 0) -> Incoming:
        """Begin a file of at most so many bytes; `announced` is how many are said to come, with the form around them."""

    def read(self, name: UUID, key: bytes) -> Iterator[bytes]:
        """Yield the content piece by piece, in constant memory. Each piece was checked before it is yielded.

        Raises:
            FileMissing: there is no such file.
            FileDamaged: it is not what was written. What was yielded before was right, but is not all.
        """

    def names(self, before: datetime | None = None) -> Iterator[UUID]:
        """Yield the names of the files, or of those that were kept before a moment."""

    def destroy(self, name: UUID) -> None:
        """Destroy a file, if there is one."""

    def set_aside(self, name: UUID) -> None:
        """Take a file out of the store and keep it apart, if there is one: nobody knows what it is."""

    def remove_set_aside(self, before: datetime) -> int:
        """Remove what was set aside before a moment; return how many files that were."""

    def remove_unfinished(self, before: datetime) -> int:
        """Remove what began to arrive before a moment and was never kept; return how many files that were."""

    def free_bytes(self) -> int:
        """Return how many bytes there is room for."""
