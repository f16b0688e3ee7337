"""Gives up on a PostgreSQL that does not answer, instead of waiting with it.

PostgreSQL ends statements that take too long itself, but not while it is frozen (a stopped process, a virtual machine that is paused, a
storage that hangs). The kernel acknowledges what is sent to it all the same, so no limit of TCP notices, and libpq has no limit
for an answer. So when a statement has been silent for a second, the server is asked whether it lives, by the first question of
its protocol on a connection of its own. A server that is only busy answers that at once, and is waited for.
"""

import socket
import struct
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any, Final

import psycopg
from psycopg.abc import PQGen
from psycopg.waiting import Ready
from sqlalchemy import Engine, event

SILENT_SECONDS: Final = 1.0
ANSWER_SECONDS: Final = 1.0
REMEMBERED_SECONDS: Final = 1.0
LONGEST_SECONDS: Final = 90.0
"""For one answer of a server that lives. It ends statements after 60 s itself; longer is only a process that hangs alone."""
SSL_REQUEST: Final = struct.pack("!ii", 8, 80877103)
"""PostgreSQL, Frontend/Backend Protocol, SSLRequest: the server answers with one byte, without a password, and on unix sockets too."""
NO_ANSWER: Final = "the database does not answer"


@dataclass
class Server:
    """Whether one server answers; asked at most once a second."""

    _lock: Lock = field(default_factory=Lock)
    _asked_at: float = 0.0
    _answers: bool = True

    @property
    def is_known_frozen(self) -> bool:
        """Whether it did not answer a moment ago."""
        return not self._answers and monotonic() - self._asked_at < REMEMBERED_SECONDS

    def answers(self, host: str, port: int) -> bool:
        """Ask whether it lives, or return what was found out a moment ago."""
        with self._lock:
            if monotonic() - self._asked_at >= REMEMBERED_SECONDS:
                self._answers = _answers(host, port)
                self._asked_at = monotonic()
            return self._answers


class WatchedConnection(psycopg.Connection[Any]):
    """A connection whose statements are given up when the server does not answer."""

    server: Server | None = None

    def wait(self, gen: PQGen[Any], *arguments: Any, **options: Any) -> Any:
        """Wait for an answer.

        Raises:
            OperationalError: the server does not answer. The connection is closed.
        """
        return super().wait(gen if self.server is None else self._watch(gen, self.server), *arguments, **options)

    def _watch(self, gen: PQGen[Any], server: Server) -> PQGen[Any]:
        try:
            state = next(gen)
            begun = heard = monotonic()
            while True:
                ready = yield state
                now = monotonic()
                if ready != Ready.NONE:
                    heard = now
                elif self._is_given_up(server, now - heard, now - begun):
                    self.pgconn.finish()
                    raise psycopg.OperationalError(NO_ANSWER)
                state = gen.send(ready)
        except StopIteration as end:
            return end.value

    def _is_given_up(self, server: Server, silent: float, waited: float) -> bool:
        if silent < SILENT_SECONDS and not server.is_known_frozen:
            return False
        return waited > LONGEST_SECONDS or not server.answers(self.info.host, self.info.port)


def watch(engine: Engine) -> None:
    """Let all connections of an engine be watched."""
    server = Server()

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> WatchedConnection:
        if server.is_known_frozen:
            raise psycopg.OperationalError(NO_ANSWER)
        connection = WatchedConnection.connect(*arguments, **options)
        connection.server = server
        return connection


def _answers(host: str, port: int) -> bool:
    try:
        if host.startswith("/"):
            asked = socket.socket(socket.AF_UNIX)
            asked.settimeout(ANSWER_SECONDS)
            asked.connect(f"{host}/.s.PGSQL.{port}")
        else:
            asked = socket.create_connection((host, port), timeout=ANSWER_SECONDS)
        with asked:
            asked.sendall(SSL_REQUEST)
            return bool(asked.recv(1))
    except OSError:
        return False
