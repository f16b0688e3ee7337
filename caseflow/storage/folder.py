"""Sealed files in a folder.

Subfolders: `incoming` while files arrive; `kept` for good, by the first two signs of their random names; `set-aside` before files
that nobody knows are removed.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import structlog

from caseflow.storage import HEAD, FileMissing, Incoming, Kept, NotTaken, Problem
from caseflow.storage.sealing import SealingWriter, new_key, open_sealed

log = structlog.get_logger(__name__)
BUFFER: Final = 512 * 1024
"""Bytes read from a file at once: more than a chunk with its tag."""


class FolderStore:
    """A store in a folder of this machine, or on a disk that all its processes see.

    Args:
        folder: made when the first file comes.
        reserve: bytes of the disk that files leave free, for the database and the logs beside them.
    """

    def __init__(self, folder: Path, reserve: int = 0) -> None:
        self.folder, self.reserve = folder, reserve
        self._incoming, self._kept, self._set_aside = folder / "incoming", folder / "kept", folder / "set-aside"

    def begin(self, most: int, announced: int = 0) -> Incoming:
        """Begin a file of at most so many bytes, if the disk has room for what is announced."""
        if self.free_bytes() < announced:
            return NotTaken()
        try:
            _make(self._incoming)
            return IncomingFile(self, uuid4(), most)
        except OSError as error:
            log.exception("file_not_begun", error=error.strerror)
            return NotTaken()

    def read(self, name: UUID, key: bytes) -> Iterator[bytes]:
        """Yield the content of a file, checked chunk by chunk.

        Raises:
            FileMissing: there is no such file.
            FileDamaged: it is not what was written.
        """
        try:
            file = self.place_of(name).open("rb", buffering=BUFFER)
        except FileNotFoundError as error:
            raise FileMissing(f"there is no file {name}") from error
        with file:
            yield from open_sealed(file, name, key)

    def names(self, before: datetime | None = None) -> Iterator[UUID]:
        """Yield the names of the files, or of those that were kept before a moment."""
        for path in self._kept.glob("??/*"):
            if (before is None or _is_older(path, before)) and (name := _name_of(path)) is not None:
                yield name

    def destroy(self, name: UUID) -> None:
        """Destroy a file, if there is one. Its key is destroyed with its row; the blocks of the disk are free."""
        place = self.place_of(name)
        with suppress(FileNotFoundError):
            place.unlink()
            _sync(place.parent)

    def set_aside(self, name: UUID) -> None:
        """Take a file out of the store and keep it apart, if there is one."""
        _make(self._set_aside)
        place = self._set_aside / name.hex
        with suppress(FileNotFoundError):
            self.place_of(name).rename(place)
            place.touch()

    def remove_set_aside(self, before: datetime) -> int:
        """Remove what was set aside before a moment; return how many files that were."""
        return _remove_old(self._set_aside, before)

    def remove_unfinished(self, before: datetime) -> int:
        """Remove what began to arrive before a moment and was never kept; return how many files that were."""
        return _remove_old(self._incoming, before)

    def free_bytes(self) -> int:
        """Return how many bytes there is room for, without the reserve."""
        place = next(one for one in (self.folder, *self.folder.parents) if one.exists())
        return max(0, shutil.disk_usage(place).free - self.reserve)

    def place_of(self, name: UUID) -> Path:
        """Return where a kept file lies."""
        return self._kept / name.hex[:2] / name.hex

    def place_of_incoming(self, name: UUID) -> Path:
        """Return where a file lies while it arrives."""
        return self._incoming / name.hex


class IncomingFile:
    """A file that arrives in a folder: sealed before its first byte reaches the disk."""

    def __init__(self, store: FolderStore, name: UUID, most: int) -> None:
        self._store, self._name, self._most, self._key = store, name, most, new_key()
        self._place = store.place_of_incoming(name)
        self._hash = hashlib.sha256()
        self._is_kept = False
        self.size = 0
        self.head = b""
        self.problem: Problem | None = None
        self._file = os.fdopen(
            os.open(self._place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=BUFFER
        )
        self._sealing = SealingWriter(self._file.write, name, self._key)

    def write(self, data: bytes) -> int:
        """Take the next bytes; throw them away after a problem."""
        self.size += len(data)
        if self.problem is None and self.size > self._most:
            self._fail(Problem.TOO_LARGE)
        if self.problem is None:
            if len(self.head) < HEAD:
                self.head += data[: HEAD - len(self.head)]
            self._hash.update(data)
            try:
                self._sealing.write(data)
            except OSError:
                self._fail(Problem.NO_ROOM)
        return len(data)

    def keep(self) -> Kept:
        """Put the file into the store: on the disk with its content, and then with its name.

        Raises:
            OSError: it could not be written.
        """
        self._sealing.finish()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        place = self._store.place_of(self._name)
        _make(place.parent)
        self._place.rename(place)
        self._is_kept = True
        _sync(place.parent)
        _sync(self._place.parent)
        return Kept(self._name, self._key, self.size, self._hash.digest())

    def digest(self) -> bytes:
        """Return the SHA-256 of what has arrived."""
        return self._hash.digest()

    def close(self) -> None:
        """Throw the file away if it was not kept."""
        with suppress(OSError):  # of a full disk: what is left in memory has nowhere to go
            self._file.close()
        if not self._is_kept:
            self._place.unlink(missing_ok=True)

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002 - of a file
        """Do nothing."""
        return offset

    def _fail(self, problem: Problem) -> None:
        self.problem = problem
        self.close()


def _make(folder: Path) -> None:
    """Make a folder, and let it reach the disk. Where root works in a folder of others, it stays theirs."""
    if folder.is_dir():
        return
    _make(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
    except FileNotFoundError:
        return False


def _remove_old(folder: Path, before: datetime) -> int:
    old = [path for path in folder.glob("*") if _is_older(path, before)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _name_of(path: Path) -> UUID | None:
    try:
        return UUID(hex=path.name)
    except ValueError:
        return None
