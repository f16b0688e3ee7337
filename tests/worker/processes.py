"""A real worker, a real beat and a separate Redis, which tests kill."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import psycopg

from caseflow.jobs import Job
from caseflow.local import process
from caseflow.local.redis import RedisServer
from caseflow.outbound.mail import Letterhead, message_id
from caseflow.outbound.queue import make_sender
from config import MailTls, Settings
from tests.local.waiting import until
from tests.outbound.sink import Sink
from tests.servers import Database, RunServers

EXPIRE_LEASES = "UPDATE mail SET lease_until = now() WHERE lease_until > now()"
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Fleet:
    """The processes that send reminders; each can be killed and restarted."""

    settings: Settings
    superuser_url: str
    redis: RedisServer
    logs: Path
    running: dict[str, process.Running] = field(default_factory=dict)

    def start_redis(self) -> None:
        folder = self.redis.socket_path.parent
        self._start("redis", self.redis.command, self.redis.environment, folder)
        process.wait_until_ready(self.running["redis"], self.redis.is_ready, what="Redis")

    def start_worker(self) -> None:
        self._celery("worker", "worker", "--concurrency", "2", "--loglevel", "INFO")

    def start_beat(self) -> None:
        self._celery("beat", "beat", "--loglevel", "INFO", "--pidfile=")

    def kill(self, name: str) -> None:
        """Kill the process group with SIGKILL."""
        killed = self.running.pop(name)
        process.kill_group(killed)
        killed.wait()

    def empty_redis(self) -> None:
        """Remove all files of a killed Redis."""
        folder = self.redis.socket_path.parent
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def send_remind_job(self) -> None:
        make_sender(self.settings.celery_broker_url)(Job.REMIND, {})

    def log(self, name: str) -> str:
        return (self.logs / f"{name}.log").read_text(encoding="utf-8")

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """Run a statement as the superuser; return its rows."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def expire_leases(self) -> None:
        """Expire all leases, so that another sweep can take the mails of a killed one."""
        self.query(EXPIRE_LEASES)

    def ids_marked_sent(self) -> set[str]:
        head = Letterhead(self.settings.mail_sender, self.settings.base_url)
        return {message_id(head, row[0]) for row in self.query("SELECT id FROM mail WHERE status = 'sent'")}  # type: ignore[arg-type]

    def reminders_sent(self) -> int:
        return int(self.query("SELECT count(*) FROM reminder WHERE status = 'sent'")[0][0])  # type: ignore[call-overload]  # a count

    def was_seen(self, name: str) -> bool:
        return bool(self.query(f"SELECT 1 FROM heartbeat WHERE name = '{name}'"))

    def last_seen(self, name: str) -> datetime:
        return self.query(f"SELECT beat_at FROM heartbeat WHERE name = '{name}'")[0][0]  # type: ignore[return-value]

    def _celery(self, name: str, *arguments: str) -> None:
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1", **self.settings.to_env()}
        self._start(name, [sys.executable, "-m", "celery", "-A", "worker.app", *arguments], environment, ROOT)

    def _start(self, name: str, command: list[str], environment: dict[str, str], folder: Path) -> None:
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = process.start(
                command,
                account=self.redis.account if name == "redis" else None,
                folder=folder,
                environment=environment,
                last_signal=signal.SIGKILL,
                output=log.fileno(),
            )


@contextmanager
def fleet(database: Database, run_servers: RunServers, sink: Sink, folder: Path) -> Iterator[Fleet]:
    """Yield the processes; those that still run at the end are killed."""
    sockets = run_servers.folder / f"own-{folder.name}-{os.getpid()}"
    sockets.mkdir()
    if run_servers.redis.account:
        os.chown(sockets, run_servers.redis.account.uid, run_servers.redis.account.gid)
    redis = replace(run_servers.redis, socket_path=sockets / "redis.sock")
    settings = replace(
        database.settings.of_process(database.settings.worker_database_url),
        redis_url=redis.url(),
        smtp_host="127.0.0.1",
        smtp_port=sink.port,
        smtp_tls=MailTls.NONE,
        mail_folder=None,
    )
    lent = Fleet(settings, database.superuser_url, redis, folder)
    try:
        yield lent
    finally:
        for name in list(lent.running):
            lent.kill(name)
        shutil.rmtree(sockets)


def until_all_sent(lent: Fleet, sink: Sink, number: int) -> None:
    """Wait until `number` mails are marked sent, expiring the leases of killed sweeps."""
    with psycopg.connect(lent.superuser_url, autocommit=True) as connection:

        def are_sent() -> bool:
            connection.execute(EXPIRE_LEASES)
            row = connection.execute("SELECT count(*) >= %s FROM mail WHERE status = 'sent'", [number]).fetchone()
            return bool(row and row[0])

        until(are_sent, f"{number} sent, {len(sink.ids)} arrived")
