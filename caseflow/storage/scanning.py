"""A virus scanner that is asked before a file is kept: clamd, by its protocol (INSTREAM), on a socket or at an address.

It gets the file while it arrives, in clear, from memory: run it on the same machine. What it does not answer for is not kept: whoever
set a scanner relies on it, and whoever sends a file still has it.

Source: the manual of clamd (clamd(8), "COMMANDS").
"""

import socket
import struct
from contextlib import suppress
from typing import Final

import structlog

from caseflow.storage import Incoming, Kept, Problem

log = structlog.get_logger(__name__)
CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 120.0
"""For an archive that takes long."""
PIECE: Final = 1024 * 1024
LONGEST_ANSWER: Final = 4096


class VirusFound(Exception):
    """The scanner found something in a file. The text is what it calls it."""


class ScannerSilent(Exception):
    """The scanner does not answer, or not with a verdict: nobody knows what is in the file."""


class ScannedFile:
    """A file that arrives, and is shown to a scanner before it is kept."""

    def __init__(self, inner: Incoming, address: str) -> None:
        self._inner, self._scan = inner, _Scan(address)

    @property
    def problem(self) -> Problem | None:
        """Why it cannot be taken."""
        return self._inner.problem

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._inner.size

    @property
    def head(self) -> bytes:
        """Its beginning."""
        return self._inner.head

    def write(self, data: bytes) -> int:
        """Take the next bytes, and show them to the scanner."""
        taken = self._inner.write(data)
        if self._inner.problem is None:
            self._scan.send(data)
        return taken

    def digest(self) -> bytes:
        """Return the SHA-256 of what has arrived."""
        return self._inner.digest()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Do nothing."""
        return self._inner.seek(offset, whence)

    def keep(self) -> Kept:
        """Put the file into the store, if the scanner finds nothing in it.

        Raises:
            VirusFound: it found something.
            ScannerSilent: it gave no verdict.
            OSError: it could not be written.
        """
        self._scan.end()
        return self._inner.keep()

    def close(self) -> None:
        """Throw the file away if it was not kept."""
        self._scan.close()
        self._inner.close()


class _Scan:
    """One conversation with clamd. It begins with the first bytes; a fault is remembered until the end."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._line: socket.socket | None = None
        self._fault: OSError | None = None

    def send(self, data: bytes) -> None:
        """Show the next bytes."""
        try:
            for at in range(0, len(data) if self._fault is None else 0, PIECE):
                piece = data[at : at + PIECE]
                self._open().sendall(struct.pack("!I", len(piece)) + piece)
        except OSError as error:
            self._fault = error

    def end(self) -> None:
        """Ask for the verdict.

        Raises:
            VirusFound, ScannerSilent: it is none that lets the file pass.
        """
        try:
            if self._fault is None:
                self._open().sendall(struct.pack("!I", 0))
            answer = self._answer()
        except OSError as error:
            log.exception("scanner_silent")
            raise ScannerSilent(str(error)) from error
        finally:
            self.close()
        name = answer.removeprefix("stream:").strip()
        if name.endswith(" FOUND"):
            log.warning("virus_found", name=name)
            raise VirusFound(name.removesuffix(" FOUND"))
        if name != "OK":
            log.error("scanner_silent", answer=answer)
            raise ScannerSilent(answer)

    def close(self) -> None:
        """End the conversation."""
        if self._line is not None:
            with suppress(OSError):
                self._line.close()

    def _open(self) -> socket.socket:
        if self._line is None:
            self._line = _connected(self._address)
            self._line.sendall(b"zINSTREAM\0")
        return self._line

    def _answer(self) -> str:
        """Return what it says; after a fault on the way there, what it said before it hung up."""
        if self._line is None:
            raise self._fault or OSError("it was asked nothing")
        answer = bytearray()
        with suppress(ConnectionError):  # what it said before it hung up is read; nothing is no answer
            while b"\0" not in answer and len(answer) < LONGEST_ANSWER and (piece := self._line.recv(1024)):
                answer += piece
        if not answer:
            raise self._fault or OSError("it hung up")
        return bytes(answer).partition(b"\0")[0].decode(errors="replace")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
    else:
        host, _, port = address.rpartition(":")
        line = socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS)
    line.settimeout(ANSWER_SECONDS)
    return line


def scanned(incoming: Incoming, address: str | None) -> Incoming:
    """Return a file that is shown to the scanner before it is kept; the file itself where there is none."""
    return incoming if address is None else ScannedFile(incoming, address)
