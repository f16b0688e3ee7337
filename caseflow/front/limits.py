"""How long, how large and how many: the limits of the front, in one place."""

import re
from dataclasses import dataclass
from typing import Final

LARGEST_REQUEST = 8 * 1024 * 1024
"""Bytes of a body. Larger than any field or file allows, so that what is too large gets a message at its field and not a 413."""
LARGEST_UPLOAD: Final = 128 * 1024 * 1024
"""Bytes of a body that brings files to a case: several of the largest that settings may allow (`config`)."""
_UPLOAD: Final = re.compile(r"/cases/[0-9a-f-]{36}/evidence/new", re.ASCII)


def takes_files(path: str) -> bool:
    """Return whether this is the path of the page that takes files: no other takes a large body."""
    return _UPLOAD.fullmatch(path) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one web process. Times in seconds, sizes in bytes."""

    connections: int = 500
    """Open at once. When all are taken, a new one takes the place of the one that has kept the front waiting longest."""
    silent: float = 10.0
    """From the connection to the first byte. Browsers open connections in advance and open another when one is closed."""
    idle: float = 30.0
    """Between an answer and the next request. Longer than a proxy keeps a connection that it does not use."""
    head: float = 10.0
    """From the first byte to the end of the header fields."""
    transfer: float = 30.0
    """For a body, or for an answer that is read; and one second more for each `slowest` bytes that arrived."""
    slowest: int = 2000
    """Bytes a second below which a transfer is given up, once `transfer` is over."""
    longest: float = 600.0
    """For a body or an answer in all."""
    head_size: int = 16 * 1024
    body_size: int = LARGEST_REQUEST
    upload_size: int = LARGEST_UPLOAD
    """The same for the page that takes files."""
    discarded_size: int = 64 * 1024 * 1024
    """A body between `body_size` and this is read, thrown away and answered 413. A larger one is answered at once, and browsers may
    show that as a broken connection."""

    def largest(self, path: str) -> int:
        """Return the largest body of a request to a path, in bytes."""
        return self.upload_size if takes_files(path) else self.body_size

    def patience(self, transferred: int) -> float:
        """Return how long a transfer may have taken, of which so many bytes arrived."""
        return min(self.transfer + transferred / self.slowest, self.longest)
