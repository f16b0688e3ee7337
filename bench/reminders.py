"""How fast due reminders leave: the real sweep, in one and in two processes, to an SMTP server in a process of its own.

`python -m bench.reminders` runs it alone, with the query plans of the outbox.
"""

import argparse
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import TYPE_CHECKING, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession

from bench.children import children, wait_for
from bench.outbox import OF_PERSON, fill, make_due, plans_of_outbox
from bench.plans import Plan
from bench.server import make_database, role_url, running_server, runtime_of, settings_of
from caseflow.db.prepare import WORKER
from caseflow.features.reminders.sweep import SweepResult, sweep
from caseflow.local.postgres import PostgresServer
from caseflow.local.process import HANG_SECONDS
from caseflow.outbound.mail import Letterhead, Mailer
from caseflow.runtime import Runtime

if TYPE_CHECKING:
    from multiprocessing import Queue
    from multiprocessing.sharedctypes import Synchronized

LONGEST_SECONDS = 3600.0
IDLE_SWEEPS = 25
DATABASE = "reminders"


@dataclass(frozen=True, slots=True)
class Sent:
    """The result of a number of workers."""

    workers: int
    sent: int
    received: int
    seconds: float
    memory: tuple[tuple[int, float], ...]
    """Resident memory of one worker in MB, after so many mails of its own."""
    idle_milliseconds: float
    """Time of a sweep that finds nothing due."""

    @property
    def each_second(self) -> float:
        """Reminders a second."""
        return self.sent / self.seconds


def send(database_url: str, due: int, workers: int) -> Sent:
    """Sweep with so many workers until nothing is due; timed from when all are ready to the last mail."""
    context = children()
    with _sink(context) as (port, received):
        start = context.Event()
        ready = [context.Event() for _ in range(workers)]
        results = context.Queue()
        processes = [
            context.Process(target=_work, args=(database_url, port, one_ready, start, results)) for one_ready in ready
        ]
        for process in processes:
            process.start()
        for one_ready in ready:
            wait_for(one_ready, "a worker is ready")
        started = time.perf_counter()
        start.set()
        worked = [results.get(timeout=LONGEST_SECONDS) for _ in processes]
        seconds = time.perf_counter() - started
        for process in processes:
            process.join()
        sent = sum(one.sent for one in worked)
        if sent != due:
            raise RuntimeError(f"{sent} of {due} reminders were sent")
        return Sent(workers, sent, received.value, seconds, worked[0].memory, idle(database_url))


@dataclass(frozen=True, slots=True)
class _Worked:
    """The result of one worker."""

    sent: int
    memory: tuple[tuple[int, float], ...]


def _work(database_url: str, port: int, ready: Event, start: Event, results: "Queue[_Worked]") -> None:
    runtime = _runtime(database_url, port)
    with runtime.engine.connect():
        ready.set()
    wait_for(start, "all workers are ready")
    mailer = _MemoryMeter(runtime.mailer)
    result = sweep(runtime.units, mailer, _head(runtime), most_seconds=LONGEST_SECONDS)
    results.put(_Worked(result.sent, (*mailer.memory, (result.sent, _megabytes()))))


def idle(database_url: str) -> float:
    """Return the median time of a sweep that finds nothing due, in milliseconds."""
    runtime = _runtime(database_url, port=1)  # no server is contacted
    times = []
    for _ in range(IDLE_SWEEPS):
        started = time.perf_counter()
        if sweep(runtime.units, runtime.mailer, _head(runtime)) != SweepResult():
            raise RuntimeError("something was due")
        times.append((time.perf_counter() - started) * 1000)
    runtime.engine.dispose()
    return median(times)


def _runtime(database_url: str, port: int) -> Runtime:
    return runtime_of(settings_of(database_url, SMTP_HOST="127.0.0.1", SMTP_PORT=str(port), SMTP_TLS="none"))


def _head(runtime: Runtime) -> Letterhead:
    return Letterhead(runtime.settings.mail_sender, runtime.settings.base_url)


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


class _MemoryMeter:
    """Passes mails on, and records the memory after the first and after each thousand."""

    def __init__(self, mailer: Mailer) -> None:
        self._mailer, self._mails = mailer, 0
        self.memory: list[tuple[int, float]] = []

    def __enter__(self) -> Self:
        self._mailer.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._mailer.__exit__(kind, error, trace)

    def send(self, message: EmailMessage) -> None:
        self._mailer.send(message)
        self._mails += 1
        if self._mails == 1 or self._mails % 1000 == 0:
            self.memory.append((self._mails, _megabytes()))


class _Counts:
    """Accepts every mail and counts it."""

    def __init__(self, received: "Synchronized[int]") -> None:
        self._received = received

    async def handle_DATA(self, _server: SMTP, _session: SmtpSession, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        with self._received.get_lock():
            self._received.value += 1
        return "250 Taken"


def _serve(port: int, received: "Synchronized[int]", ready: Event, stop: Event) -> None:
    controller = Controller(
        _Counts(received), hostname="127.0.0.1", port=port, server_hostname="localhost", ready_timeout=HANG_SECONDS
    )
    controller.start()
    ready.set()
    stop.wait()
    controller.stop()


@contextmanager
def _sink(context: ForkServerContext) -> Iterator[tuple[int, "Synchronized[int]"]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    received, ready, stop = context.Value("i", 0), context.Event(), context.Event()
    process = context.Process(target=_serve, args=(port, received, ready, stop))
    process.start()
    wait_for(ready, "the mail server is ready")
    try:
        yield port, received
    finally:
        stop.set()
        process.join()


def measure_reminders(server: PostgresServer, deadlines: int, due: int) -> tuple[list[Sent], list[Plan]]:
    """Fill a separate database, and send: with one worker, then as much with two."""
    make_database(server, DATABASE)
    fill(server.url(DATABASE), max(deadlines, due * 2 * OF_PERSON))
    found: list[Sent] = []
    plans: list[Plan] = []
    for workers in (1, 2):
        make_due(server.url(DATABASE), due)
        if not plans:
            runtime = runtime_of(settings_of(role_url(server, DATABASE, WORKER)))
            plans = plans_of_outbox(runtime)
            runtime.engine.dispose()
        found.append(send(role_url(server, DATABASE, WORKER), due, workers))
    return found, plans


def main(arguments: list[str]) -> int:
    """Measure and print; return 1 when a big table is scanned as a whole."""
    parser = argparse.ArgumentParser(prog="python -m bench.reminders", description=__doc__)
    parser.add_argument("--deadlines", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=10_000)
    options = parser.parse_args(arguments)
    with running_server() as server:
        found, plans = measure_reminders(server, options.deadlines, options.due)
    for sent in found:
        print(sent, f"{sent.each_second:.0f} a second")
    for plan in plans:
        print(f"{plan.name:45} {plan.milliseconds:7.1f} ms {plan.buffers:7} blocks  {', '.join(plan.nodes)}")
    return 1 if any(plan.faults for plan in plans) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
