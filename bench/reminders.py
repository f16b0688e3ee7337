"""How fast due reminders leave: the real sweep, in one and in two processes, to an SMTP server in a process of its own."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession

from bench.server import runtime_of, settings_of
from caseflow.features.reminders.sweep import sweep
from caseflow.outbound.mail import Letterhead

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

LONGEST_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Sent:
    """What a number of workers did."""

    workers: int
    sent: int
    received: int
    seconds: float

    @property
    def each_second(self) -> float:
        """Reminders a second."""
        return self.sent / self.seconds


def make_due(superuser_url: str, wanted: int) -> int:
    """Make that many reminders due now, one a deadline, and return how many there are; all others wait for their day."""
    with psycopg.connect(superuser_url) as connection:
        connection.execute("UPDATE reminder SET status = 'sent' WHERE status = 'waiting' AND due_at <= now()")
        done = connection.execute(
            "WITH chosen AS (SELECT DISTINCT ON (r.deadline_id) r.id FROM reminder r JOIN deadline d ON d.id = r.deadline_id "
            "WHERE d.done_at IS NULL AND d.version = r.deadline_version AND r.due_at > now() "
            "AND NOT EXISTS (SELECT FROM reminder used WHERE used.deadline_id = d.id AND used.threshold = -2) ORDER BY r.deadline_id, r.threshold DESC) "
            "UPDATE reminder SET status = 'waiting', sent_at = NULL, attempts = 0, due_at = now() - interval '1 minute', "
            "threshold = -2, created_at = now() WHERE id IN (SELECT id FROM chosen LIMIT %s)",
            [wanted],
        )
        count = done.rowcount
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE reminder")
    return count


def send(database_url: str, due: int, workers: int) -> Sent:
    """Let so many workers sweep until nothing is due. The time runs from when all of them are ready to the last mail."""
    context = get_context("spawn")
    with _sink(context) as (port, received):
        start, sent = context.Event(), context.Value("i", 0)
        ready = [context.Event() for _ in range(workers)]
        processes = [
            context.Process(target=_work, args=(database_url, port, one_ready, start, sent)) for one_ready in ready
        ]
        for process in processes:
            process.start()
        for one_ready in ready:
            one_ready.wait(60)
        begun = time.perf_counter()
        start.set()
        for process in processes:
            process.join(LONGEST_SECONDS)
        seconds = time.perf_counter() - begun
        if sent.value != due:
            raise RuntimeError(f"{sent.value} of {due} reminders were sent")
        return Sent(workers, sent.value, received.value, seconds)


def _work(database_url: str, port: int, ready: Event, start: Event, sent: "Synchronized[int]") -> None:
    settings = settings_of(database_url, SMTP_HOST="127.0.0.1", SMTP_PORT=str(port), SMTP_TLS="none")
    runtime = runtime_of(settings)
    with runtime.engine.connect():
        ready.set()
    start.wait(60)
    head = Letterhead(settings.mail_sender, settings.base_url)
    result = sweep(runtime.units, runtime.mailer, head, most_seconds=LONGEST_SECONDS)
    with sent.get_lock():
        sent.value += result.sent


class _Counts:
    """Takes every mail and counts it."""

    def __init__(self, received: "Synchronized[int]") -> None:
        self._received = received

    async def handle_DATA(self, _server: SMTP, _session: SmtpSession, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        with self._received.get_lock():
            self._received.value += 1
        return "250 Taken"


def _serve(port: int, received: "Synchronized[int]", ready: Event, stop: Event) -> None:
    controller = Controller(_Counts(received), hostname="127.0.0.1", port=port, server_hostname="localhost")
    controller.start()
    ready.set()
    stop.wait()
    controller.stop()


@contextmanager
def _sink(context: SpawnContext) -> Iterator[tuple[int, "Synchronized[int]"]]:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    received, ready, stop = context.Value("i", 0), context.Event(), context.Event()
    process = context.Process(target=_serve, args=(port, received, ready, stop))
    process.start()
    ready.wait(30)
    yield port, received
    stop.set()
    process.join(10)
