"""The connections of one web process: a table of limited size, looked through once a second."""

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

import structlog
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer, UnixWSGIServer
from waitress.task import ThreadedTaskDispatcher

from caseflow.front.connections import Connection, Phase
from caseflow.front.limits import LARGEST_UPLOAD, Limits
from caseflow.front.spool import Room

log = structlog.get_logger(__name__)
LOOK_SECONDS = 1.0
LOG_SECONDS = 10.0
NETWORK_BITS = 64
"""Of an IPv6 address: whoever has one address has all of its network."""
MADE_ROOM = "made_room"
ANSWER_AHEAD = 4 * 1024 * 1024
"""Bytes of an answer that wait for a client before the thread that makes them has to."""


@dataclass
class Table:
    """Closes connections that are overdue, and makes room when all places are taken."""

    limits: Limits
    closed: Counter[str] = field(default_factory=Counter)
    """How many were closed since the last line of the log, by reason."""
    _next_look: float = 0.0
    _next_log: float = 0.0

    def look(self, connections: Iterable[Connection]) -> None:
        """Close what is overdue. Called before each wait, and does something once a second."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + LOOK_SECONDS
        for connection in list(connections):
            if connection.is_overdue(now, self.limits):
                self._close(connection, connection.phase.value)
        if self.closed and now >= self._next_log:
            self._next_log = now + LOG_SECONDS
            log.info("connections_closed", **dict(sorted(self.closed.items())))
            self.closed.clear()

    def has_room(self, connections: dict[int, Connection]) -> bool:
        """Return whether another connection can be taken; when all places are taken, close one first.

        It is the one that has waited longest, of the network that has most connections; never one that we work for.
        """
        if len(connections) >= self.limits.connections:
            waiting: dict[str, list[Connection]] = {}
            for connection in connections.values():
                if connection.phase is not Phase.WORK:
                    waiting.setdefault(_network(connection.addr), []).append(connection)
            if waiting:
                now, most = time.monotonic(), max(waiting.values(), key=len)
                self._close(max(most, key=lambda connection: connection.waited(now)), MADE_ROOM)
        return len(connections) < self.limits.connections

    def _close(self, connection: Connection, reason: str) -> None:
        if reason != Phase.IDLE:  # every browser leaves one
            self.closed[reason] += 1
        connection.handle_close()


class _Listener:
    """What both listeners add to waitress: the table."""

    channel_class = Connection
    active_channels: dict[int, Connection]
    accepting: bool
    table: Table

    def readable(self) -> bool:
        """Return whether to accept a connection. Waitress asks before each wait."""
        self.table.look(self.active_channels.values())
        return self.accepting and self.table.has_room(self.active_channels)


class TcpListener(_Listener, TcpWSGIServer):  # type: ignore[misc]  # waitress publishes no types
    """Takes connections from a port."""


class UnixListener(_Listener, UnixWSGIServer):  # type: ignore[misc]  # waitress publishes no types
    """Takes connections from a unix socket: a proxy on the same machine."""


class Front:
    """Reads requests from listening sockets and answers them with a WSGI application in threads."""

    def __init__(
        self,
        application: Callable[..., Iterable[bytes]],
        sockets: Sequence[socket.socket],
        *,
        threads: int,
        backlog: int,
        limits: Limits,
    ) -> None:
        adjustments = Adjustments(
            sockets=list(sockets),
            threads=threads,
            backlog=backlog,
            ident=None,
            asyncore_use_poll=True,
            max_request_header_size=limits.head_size,
            max_request_body_size=max(limits.discarded_size, limits.upload_size) + 1,  # `RequestParser` refuses less
            clear_untrusted_proxy_headers=False,  # the application believes as many proxies as TRUSTED_PROXIES says
            # A file that is handed out waits in memory for the client, never in a temporary file in clear.
            outbuf_high_watermark=ANSWER_AHEAD,
            outbuf_overflow=2 * LARGEST_UPLOAD,
            log_socket_errors=False,
        )
        adjustments.limits = limits
        adjustments.room = self.room = Room()
        self._map: dict[int, Any] = {}
        self._tasks = ThreadedTaskDispatcher()
        self._tasks.set_thread_count(threads)
        self.listeners = [self._listen(application, one, adjustments, limits) for one in sockets]

    def _listen(
        self, application: Callable[..., Iterable[bytes]], one: socket.socket, adjustments: Any, limits: Limits
    ) -> Any:
        kind = UnixListener if one.family == socket.AF_UNIX else TcpListener
        listener = kind(
            application,
            self._map,
            _sock=one,
            dispatcher=self._tasks,
            adj=adjustments,
            bind_socket=False,
            sockinfo=(one.family, one.type, one.proto, one.getsockname()),
        )
        listener.table = Table(limits)
        return listener

    def serve(self, seconds: float) -> None:
        """Wait at most so long for something to happen, and handle it."""
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def stop_accepting(self) -> None:
        """Take no more connections, and close those that nobody works for."""
        for listener in self.listeners:
            listener.accepting = False
            for connection in list(listener.active_channels.values()):
                if connection.phase not in {Phase.WORK, Phase.ANSWER}:
                    connection.handle_close()

    @property
    def is_busy(self) -> bool:
        """Whether there is a request that is not answered."""
        return any(
            connection.phase in {Phase.WORK, Phase.ANSWER}
            for listener in self.listeners
            for connection in listener.active_channels.values()
        )

    def close(self) -> None:
        """Close everything."""
        self._tasks.shutdown(timeout=1)
        wasyncore.close_all(self._map)


def _network(address: Any) -> str:
    """Return what one client has of addresses: itself, or its network of IPv6; the same for all of a unix socket."""
    try:
        host = ip_address(str(address[0]).partition("%")[0])
    except ValueError:
        return ""
    return str(host if host.version == 4 else ip_network((host, NETWORK_BITS), strict=False))  # noqa: PLR2004 - of the protocol
