"""`python -m bench.slow_clients`: ten people at work, alone and beside hundreds of connections that never finish a request.

The slow clients open a new connection as soon as one is closed. Exit 1 when people got errors, or their p95 beside the
slow clients is more than twice of what it is without and more than `NOTICED_SECONDS`.
"""

import argparse
import os
import selectors
import socket
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Event, Thread
from urllib.parse import urlsplit

from bench.load import p95, work
from bench.people import Person, sign_in_people
from bench.stack import running_stack

SILENT = b""
HALF_HEAD = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-a: "
HALF_BODY = (
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 200000\r\n\r\ncsrf_token="
)
KINDS = {"half requests": HALF_HEAD, "half bodies": HALF_BODY, "silent connections": SILENT}
FACTOR = 2.0
NOTICED_SECONDS = 0.2
"""A shorter wait is not noticed by people, however quick the pages are without slow clients."""


@dataclass
class SlowClients(Thread):
    """So many connections at once, each of which sends a beginning and nothing more; closed ones are opened again."""

    address: str
    number: int
    beginning: bytes
    drip: float = 0.0
    """Seconds after which each sends one more byte; 0 sends nothing more."""
    closed: int = 0
    """How many connections the server closed."""
    refused: int = 0
    stop: Event = field(default_factory=Event)
    all_open: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        Thread.__init__(self, daemon=True)
        self._open: dict[socket.socket, float] = {}
        self._selector = selectors.DefaultSelector()

    __hash__ = Thread.__hash__

    def run(self) -> None:
        """Keep the connections open until stopped."""
        while not self.stop.is_set():
            while len(self._open) < self.number and not self.stop.is_set():
                if not self._connect():
                    break
            self.all_open.set()
            for key, _ in self._selector.select(0.2):
                self._read(key.fileobj)  # type: ignore[arg-type]  # only sockets are registered
            if self.drip:
                self._send_more()
        for connection in list(self._open):
            self._forget(connection)

    def _connect(self) -> bool:
        place = urlsplit(self.address)
        try:
            connection = socket.create_connection((place.hostname or "", place.port or 80), timeout=2)
            connection.sendall(self.beginning)
        except OSError:
            self.refused += 1
            return False
        connection.settimeout(0)
        self._open[connection] = time.monotonic()
        self._selector.register(connection, selectors.EVENT_READ)
        return True

    def _read(self, connection: socket.socket) -> None:
        try:
            if connection.recv(65536):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.closed += 1
        self._forget(connection)

    def _send_more(self) -> None:
        now = time.monotonic()
        for connection, last in list(self._open.items()):
            if now - last > self.drip:
                self._open[connection] = now
                try:
                    connection.send(b"a")
                except OSError:
                    continue  # the reader notices that it was closed

    def _forget(self, connection: socket.socket) -> None:
        self._selector.unregister(connection)
        del self._open[connection]
        connection.close()


def main(arguments: list[str]) -> int:
    """Run the trial; return the exit status."""
    options = _options(arguments)
    with running_stack(options.web) as stack:
        print(f"{os.cpu_count()} cores, load of the machine {os.getloadavg()[0]:.1f}")
        alone = _people_at_work(stack.address, stack.password, options)
        print(_line("alone", alone, []))
        limit = max(FACTOR * p95(_times(alone)), NOTICED_SECONDS)
        is_held_up = False
        for name, beginnings in {**{kind: [kind] for kind in KINDS}, "all three": list(KINDS)}.items():
            slow = [SlowClients(stack.address, options.number, KINDS[one], options.drip) for one in beginnings]
            people = _people_at_work(stack.address, stack.password, options, slow)
            print(_line(f"beside {options.number} {name}", people, slow), flush=True)
            is_held_up = is_held_up or _is_held_up(people, limit)
        print(
            f"Held up (limit {limit * 1000:.0f} ms)." if is_held_up else f"Not held up (limit {limit * 1000:.0f} ms)."
        )
    return int(is_held_up)


def _people_at_work(
    address: str, password: str, options: argparse.Namespace, slow: list[SlowClients] | None = None
) -> list[Person]:
    stop = Event()
    people = sign_in_people(address, password, options.people, stop)
    for clients in slow or []:
        clients.start()
    for clients in slow or []:
        clients.all_open.wait()
    work(people, stop, options.seconds)
    for clients in slow or []:
        clients.stop.set()
        clients.join()
    return people


def _times(people: list[Person]) -> list[float]:
    return [one for person in people for one in person.times]


def _is_held_up(people: list[Person], limit: float) -> bool:
    times = _times(people)
    return len(times) < 2 or any(person.errors for person in people) or p95(times) > limit


def _line(name: str, people: list[Person], slow: list[SlowClients]) -> str:
    times = _times(people)
    errors = Counter(error for person in people for error in person.errors)
    waits = (
        f"p50 {statistics.median(times) * 1000:.0f} ms, p95 {p95(times) * 1000:.0f} ms"
        if len(times) > 1
        else "no answers"
    )
    ended = sum(clients.closed for clients in slow)
    refused = sum(clients.refused for clients in slow)
    return f"{name}: {len(times)} pages, {waits}, {errors.total()} errors {dict(errors) or ''}; closed {ended}, refused {refused}"


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.slow_clients", description=__doc__)
    parser.add_argument("--number", type=int, default=200, help="slow connections of each kind")
    parser.add_argument("--people", type=int, default=10, help="how many people are at work")
    parser.add_argument("--seconds", type=float, default=30.0, help="for how long each part takes")
    parser.add_argument("--drip", type=float, default=0.0, help="seconds after which each sends one byte more; 0 never")
    parser.add_argument("--web", help="command of another web server to ask instead, with {port}")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
