"""Bodies of requests that do not fit into memory: on disk only encrypted, with a key that is in memory alone.

Waitress writes them to temporary files in clear. What people send are names, narratives and evidence.
"""

import io
import os
import shutil
import tempfile
from typing import IO, Any, Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

IN_MEMORY: Final = 512 * 1024
"""Bytes of a body that stay in memory. A form of ours is smaller."""
MOST_PROMISED: Final = 512 * 1024 * 1024
"""Bytes of all large bodies that one process takes at the same time."""
LEAVE_FREE: Final = 256 * 1024 * 1024
"""Bytes of the disk of temporary files that bodies leave free."""
PIECE: Final = 64 * 1024


class Room:
    """How much large bodies of one process have been promised."""

    def __init__(self) -> None:
        self.promised = 0

    def has_room(self, size: int) -> bool:
        """Return whether a body of a size can be taken now."""
        if size <= IN_MEMORY:
            return True
        free = shutil.disk_usage(tempfile.gettempdir()).free
        return self.promised + size <= MOST_PROMISED and free >= self.promised + size + LEAVE_FREE


class SealedSpool:
    """The buffer of one body: bytes are added in order, then read once from the beginning."""

    def __init__(self, size: int, room: Room) -> None:
        self._key, self._nonce = os.urandom(32), os.urandom(16)
        self._encrypt = self._cipher().encryptor().update
        self._is_sealed = size > IN_MEMORY
        self._file: IO[bytes] = io.BytesIO()
        if self._is_sealed:
            self._file = tempfile.TemporaryFile(buffering=PIECE)  # noqa: SIM115 - closed with the request
        self._length, self._room, self._promised = 0, room, size
        room.promised += size

    def __len__(self) -> int:
        return self._length

    def append(self, data: bytes) -> None:
        """Add bytes."""
        self._file.write(self._encrypt(data) if self._is_sealed else data)
        self._length += len(data)

    def getfile(self) -> IO[bytes]:
        """Return the body, to be read from its beginning."""
        self._file.seek(0)
        if not self._is_sealed:
            return self._file
        return io.BufferedReader(_Opened(self._file, self._cipher()), PIECE)

    def close(self) -> None:
        """Drop the body."""
        self._file.close()
        self._room.promised -= self._promised
        self._promised = 0

    def _cipher(self) -> Cipher[CTR]:
        return Cipher(AES(self._key), CTR(self._nonce))


class _Opened(io.RawIOBase):
    """Decrypts a spooled body while it is read."""

    def __init__(self, file: IO[bytes], cipher: Cipher[CTR]) -> None:
        super().__init__()
        self._file, self._decrypt = file, cipher.decryptor().update

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self._decrypt(self._file.read(len(view)))
        view[: len(data)] = data
        return len(data)
