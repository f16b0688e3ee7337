"""All servers and processes of one run: each can be killed and started again."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from redis import Redis

from bench.server import make_database, make_server, role_url, settings_of
from caseflow.db.prepare import WORKER
from caseflow.local import process
from caseflow.local.account import Account
from caseflow.local.postgres import PostgresServer
from caseflow.local.programs import Servers, find_redis
from caseflow.local.redis import RedisServer
from config import Settings

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "chaos"


@dataclass
class Cluster:
    """PostgreSQL, Redis, the mail server, workers and beats, by name (`worker-1`, `beat-2`)."""

    postgres: PostgresServer
    redis: RedisServer
    settings: Settings
    folder: Path
    workers: list[str]
    beats: list[str]
    running: dict[str, process.Running] = field(default_factory=dict)
    started: list[process.Running] = field(default_factory=list)
    down_since: dict[str, float] = field(default_factory=dict)
    outages: list[tuple[str, float, float]] = field(default_factory=list)
    """What was down, from when to when, in seconds since 1970."""
    unexpected_exits: list[str] = field(default_factory=list)

    @property
    def processes(self) -> list[str]:
        """Workers and beats."""
        return [*self.workers, *self.beats]

    @property
    def superuser_url(self) -> str:
        """The address that bypasses row security: to fill the database, and to read what it holds."""
        return self.postgres.url(DATABASE)

    @property
    def accepted(self) -> Path:
        """The file in which the mail server records what it accepted."""
        return self.folder / "accepted"

    def start(self, name: str) -> None:
        """Start one; wait until it answers, if it is a server."""
        getattr(self, f"_start_{name.partition('-')[0]}")(name)
        if name in self.down_since:
            self.outages.append((name, self.down_since.pop(name), time.time()))

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL, *, with_children: bool = True) -> None:
        """Kill one. SIGQUIT is the immediate stop of PostgreSQL."""
        killed = self.running.pop(name)
        self.down_since[name] = time.time()
        killed.send_signal(number)
        killed.wait()
        if with_children:
            process.kill_group(killed)

    def kill_child(self, name: str, choice: int) -> None:
        """Kill -9 one of the child processes of a worker; the worker starts another."""
        pid = self.running[name].pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
        if children:
            os.kill(int(children[choice % len(children)]), signal.SIGKILL)

    def flush_redis(self) -> None:
        """Empty the queue while everything runs."""
        with Redis.from_url(self.redis.url()) as client:
            client.flushall()

    def restart_dead(self) -> None:
        """Restart processes that ended though they were not killed, as a supervisor does, and record them."""
        for name, running in list(self.running.items()):
            if running.poll() is not None:
                self.unexpected_exits.append(name)
                self.running.pop(name)
                self.down_since.setdefault(name, time.time())
                self.start(name)

    def end(self) -> None:
        """Kill everything that was ever started."""
        for started in self.started:
            process.kill_group(started)
            started.wait()

    def query(self, statement: str, **values: object) -> list[tuple[object, ...]]:
        """Query the database as superuser."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def _start_postgres(self, name: str) -> None:
        server = self.postgres
        self._run(name, server.command, server.environment, server.sockets, server.account)
        process.wait_until_ready(self.running[name], server.is_ready, what=name)

    def _start_redis(self, name: str) -> None:
        server = self.redis
        self._run(name, server.command, server.environment, server.socket_path.parent, server.account)
        process.wait_until_ready(self.running[name], server.is_ready, what=name)

    def _start_mail(self, name: str) -> None:
        port = self.settings.smtp_port
        command = [sys.executable, "-m", "bench.chaos.smtp_server", str(port), str(self.accepted)]
        self._run(name, command, {"PATH": os.defpath}, ROOT)
        process.wait_until_ready(self.running[name], lambda: _answers(port), what=name)

    def _start_worker(self, name: str) -> None:
        self._celery(name, "worker", "--concurrency", "1", "--loglevel", "INFO", "--without-mingle",
                     "--without-gossip", "--hostname", f"{name}@chaos")  # fmt: skip

    def _start_beat(self, name: str) -> None:
        self._celery(name, "beat", "--loglevel", "INFO", "--pidfile=")

    def _celery(self, name: str, *arguments: str) -> None:
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1", **self.settings.to_env()}
        self._run(name, [sys.executable, "-m", "celery", "-A", "worker.app", *arguments], environment, ROOT)

    def _run(
        self, name: str, command: list[str], environment: dict[str, str], folder: Path, account: Account | None = None
    ) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = process.start(
                command,
                account=account,
                folder=folder,
                environment=environment,
                last_signal=signal.SIGKILL,
                output=log.fileno(),
            )
        self.started.append(self.running[name])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _names(kind: str, number: int) -> list[str]:
    return [f"{kind}-{place + 1}" for place in range(number)]


@contextmanager
def running_cluster(folder: Path, workers: int, beats: int) -> Iterator[Cluster]:
    """Lend the servers with a migrated database; no worker and no beat runs yet."""
    postgres = make_server(folder)
    programs = find_redis(Servers.wanted(os.environ.get("CASEFLOW_SERVERS")), postgres.account, folder / "programs")
    redis = RedisServer(programs, postgres.sockets / "redis.sock", postgres.account)
    settings = settings_of(
        role_url(postgres, DATABASE, WORKER),
        REDIS_URL=redis.url(),
        SMTP_HOST="127.0.0.1",
        SMTP_PORT=str(_free_port()),
        SMTP_TLS="none",
        LOG_LEVEL="INFO",
    )
    names = _names("worker", workers), _names("beat", beats)
    cluster = Cluster(postgres, redis, settings, folder, *names)
    try:
        for name in ("postgres", "redis", "mail"):
            cluster.start(name)
        make_database(postgres, DATABASE)
        yield cluster
    finally:
        cluster.end()
