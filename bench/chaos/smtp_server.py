"""The mail server of the run, a process of its own: `python -m bench.chaos.smtp_server PORT FILE`.

Each mail is recorded in the file before the sender gets its answer. So the file holds every accepted mail, whatever is
killed, also one whose answer the sender did not live to read.
"""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from caseflow.local.process import HANG_SECONDS

MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One mail that the server accepted. `at` in seconds since 1970."""

    at: float
    message_id: str
    recipient: str


class _Handler:
    """Accepts every mail and records its Message-ID, recipient and time."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        assert isinstance(envelope.content, bytes)
        # Not parsed: a kill before the answer causes a repeat, and real servers answer faster than a parser in Python.
        found = MESSAGE_ID.search(envelope.content)
        assert found is not None
        recipients = ",".join(envelope.rcpt_tos)
        os.write(self._file, f"{time.time()}\t{found[1].decode()}\t{recipients}\n".encode())
        return "250 Taken"


class AcceptedLog:
    """Reads what the server recorded, incrementally."""

    def __init__(self, path: Path) -> None:
        self._path, self._place = path, 0
        self.all: list[Accepted] = []

    def read(self) -> list[Accepted]:
        """Return all mails that were accepted so far."""
        self.all += self._new()
        return self.all

    def _new(self) -> Iterator[Accepted]:
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            file.seek(self._place)
            lines = file.read()
        whole = lines[: lines.rfind(b"\n") + 1]
        self._place += len(whole)
        for line in whole.decode().splitlines():
            at, message_id, recipient = line.split("\t")
            yield Accepted(float(at), message_id, recipient)


def main(port: str, path: str) -> None:
    """Serve until killed."""
    controller = Controller(
        _Handler(Path(path)),
        hostname="127.0.0.1",
        port=int(port),
        server_hostname="localhost",
        ready_timeout=HANG_SECONDS,
    )
    controller.start()
    signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
