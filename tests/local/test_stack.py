"""`caseflow up` from outside: the real command, the real processes."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest

from caseflow.local.account import can_run, server_account
from caseflow.local.home import Home
from caseflow.local.postgres import PostgresServer
from caseflow.local.programs import Servers, find_postgres
from tests.local.waiting import HANG_SECONDS, is_alive, until

pytestmark = pytest.mark.servers
COMMAND = [sys.executable, "-m", "caseflow.cli", "up"]
SECOND_START_SHARE = 2
"""Limit for the time of a second start, relative to the first, which also makes the data."""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Up:
    """One `caseflow up` on a home."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.started = time.monotonic()
        self.log = folder.with_suffix(f".{secrets.token_hex(3)}.out")
        kept = {
            name: os.environ[name] for name in ("PATH", "CASEFLOW_SERVERS", "CASEFLOW_ACCOUNT") if name in os.environ
        }
        environment = {**kept, "CASEFLOW_HOME": str(folder), "PORT": str(port), "CASEFLOW_DEMO": "no"}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                COMMAND, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def said(self) -> str:
        return self.log.read_text()

    def wait_ready(self) -> "Up":
        def ready() -> bool:
            assert self.process.poll() is None, self.said()
            return "Caseflow answers on" in self.said()

        until(ready, "the stack answers")
        return self

    def seconds_until_ready(self) -> float:
        self.wait_ready()
        return time.monotonic() - self.started

    def health(self, **headers: str) -> int:
        try:
            asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/health", headers=headers)
            with urllib.request.urlopen(asked, timeout=HANG_SECONDS) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return int(error.code)
        except OSError:
            return 0

    def children(self) -> dict[str, int]:
        """Return the processes by program."""
        found = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        kinds = {
            "postgres": "postgres -D",
            "redis": "redis-server",
            "web": "gunicorn",
            "worker": " worker",
            "beat": " beat",
        }
        lines = [line.strip().partition(" ") for line in found.stdout.splitlines()]
        return {kind: int(pid) for pid, _, args in lines for kind, mark in kinds.items() if mark in args}

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(HANG_SECONDS)


@pytest.fixture
def place():
    """A folder with a short path, accessible to the account of the servers."""
    folder = Path(tempfile.mkdtemp(prefix="caseflow-up-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def up(place):
    started: list[Up] = []

    def start(home: str, port: int | None = None) -> Up:
        started.append(Up(place / home, port or free_port()))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.stop(signal.SIGTERM)


def administrator(folder: Path) -> PostgresServer:
    """Return the running PostgreSQL of that home."""
    home = Home(folder, None)
    programs = find_postgres(Servers.AUTO, None, home.programs, data_version=None)
    return PostgresServer(programs, home.postgres, home.sockets(), home.secret("postgres_password"), None)


def test_one_start_answers_and_one_signal_stops_all(up):
    started = up("home").wait_ready()
    assert started.health() in (200, 503)
    children = started.children()
    assert set(children) == {"postgres", "redis", "web", "worker", "beat"}
    assert started.stop() == 0
    assert not any(map(is_alive, children.values()))


@pytest.mark.slow
def test_start_restart_and_stop_of_one_machine(up, place):
    first = up("home")
    first_start_seconds = first.seconds_until_ready()
    assert first.health() in (200, 503)
    assert first.health(SCRIPT_NAME="/elsewhere") in (200, 503)  # the response does not reveal where the data is
    children = first.children()
    assert set(children) == {"postgres", "redis", "web", "worker", "beat"}
    if os.geteuid() == 0:
        assert Path(f"/proc/{children['postgres']}").stat().st_uid != 0
        assert Path(f"/proc/{children['redis']}").stat().st_uid != 0
        lent = can_run(server_account(), [sys.executable, "-c", "import config"])
        for name in ("web", "worker", "beat"):
            assert (Path(f"/proc/{children[name]}").stat().st_uid != 0) == lent

    # A second stack on the same home is refused; one with its own home and port can run.
    refused = up("home", first.port)
    assert refused.process.wait(HANG_SECONDS) == 1
    assert (
        f"already runs from {place / 'home'} (process {first.process.pid}, http://localhost:{first.port})"
        in refused.said()
    )
    beside = up("beside-" + "with-a-very-long-name-" * 5).wait_ready()  # too long for a socket, which must not matter
    outside = Home(beside.folder, server_account()).sockets()
    assert {first.health(), beside.health()} <= {200, 503}
    assert beside.stop() == 0
    assert not outside.exists()
    assert first.health() in (200, 503)

    # Killed processes are restarted, servers too.
    for name in ("redis", "web", "worker", "beat", "postgres"):
        os.kill(children[name], signal.SIGKILL)
    until(
        lambda: len(new := first.children()) == 5 and not set(new.values()) & set(children.values()),
        "five new processes",
    )
    until(lambda: first.health() in (200, 503), "the web answers again")
    database = administrator(place / "home")
    until(database.is_ready, "PostgreSQL answers again")
    with psycopg.connect(database.url("caseflow"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept_over_the_stop AS SELECT 42 AS answer")

    # One signal stops all; the second start finds the data, and is not slower.
    children = first.children()
    assert first.stop() == 0
    assert not any(map(is_alive, children.values()))
    again = up("home", first.port)
    assert again.seconds_until_ready() < SECOND_START_SHARE * first_start_seconds
    with psycopg.connect(database.url("caseflow")) as connection:
        assert connection.execute("SELECT answer FROM kept_over_the_stop").fetchone() == (42,)

    # After SIGKILL no process is left, and the next start needs no repair.
    children = again.children()
    again.process.kill()
    until(lambda: not any(map(is_alive, children.values())), "all children end with their supervisor")
    after = up("home", first.port).wait_ready()
    assert after.stop(signal.SIGTERM) == 0


def test_a_taken_port_is_reported_before_anything_starts(up, place):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = up("home", port)
        assert refused.process.wait(HANG_SECONDS) == 1
    assert f"Port {port} on 127.0.0.1 can't be used" in refused.said()
    assert f"PORT={port + 1} make run" in refused.said()
    assert not (place / "home" / "postgres").exists()


def test_data_of_another_version_give_a_sentence(up, place):
    home = Home(place / "home", None)
    for name in ("secret_key", "data_keys", "app_password", "owner_password", "postgres_password"):
        home.secret(name)
    home.postgres.mkdir()
    (home.postgres / "PG_VERSION").write_text("12")
    refused = up("home")
    assert refused.process.wait(HANG_SECONDS) == 1
    assert "was written by PostgreSQL 12" in refused.said()
    assert "Traceback" not in refused.said()
