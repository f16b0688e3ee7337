"""`caseflow up` with the demo coalition in a folder of its own, for benchmarks over real connections."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.processes import uses
from bench.server import own_folder

START_SECONDS = 600.0
PASSED_ON = ("PATH", "CASEFLOW_SERVERS", "CASEFLOW_ACCOUNT", "WEB_CONCURRENCY")


@dataclass(frozen=True)
class Stack:
    """A running stack."""

    address: str
    password: str
    """Of everybody in the demo coalition."""
    pid: int
    log: Path


@contextmanager
def running_stack(web: str | None = None, more: Mapping[str, str] | None = None) -> Iterator[Stack]:
    """Yield a fresh stack, with `more` settings; stop it and remove its folder at the end.

    `web` is the command of another web server, with `{port}` in it: it is started beside ours with the same settings, and asked instead.
    """
    with own_folder("stack") as folder:
        home, port, log = folder / "home", free_port(), folder / "log"
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        environment |= {"CASEFLOW_HOME": str(home), "PORT": str(port), **(more or {})}
        with log.open("ab") as output:
            up = subprocess.Popen([sys.executable, "-m", "caseflow.cli", "up"], env=environment,
                                  stdout=output, stderr=subprocess.STDOUT, start_new_session=True)  # fmt: skip
        try:
            _wait(lambda: "Stop it with Ctrl-C" in log.read_text(encoding="utf-8"), up, log)
            password = (home / "secrets" / "demo_password").read_text(encoding="utf-8")
            if web is None:
                yield Stack(f"http://127.0.0.1:{port}", password, up.pid, log)
            else:
                with _beside(web, up.pid, folder) as (address, pid):
                    yield Stack(address, password, pid, log)
        finally:
            up.send_signal(signal.SIGTERM)
            up.wait(START_SECONDS)


@contextmanager
def _beside(command: str, pid: int, folder: Path) -> Iterator[tuple[str, int]]:
    """Start another web server with the environment of ours; yield its address and the process of both stacks."""
    environment = web_environment(pid)
    port, log = free_port(), folder / "web.log"
    with log.open("ab") as output:
        other = subprocess.Popen(shlex.split(command.format(port=port)), env=environment, cwd=Path(__file__).parents[1],
                                 stdout=output, stderr=subprocess.STDOUT, start_new_session=True)  # fmt: skip
    try:
        _wait(lambda: _answers(port), other, log)
        yield f"http://127.0.0.1:{port}", other.pid
    finally:
        os.killpg(other.pid, signal.SIGKILL)
        other.wait(START_SECONDS)


def web_environment(pid: int) -> dict[str, str]:
    """Return the environment of the web server of a stack."""
    ours = next(use.pid for use in uses(pid) if use.kind == "web")
    raw = (Path("/proc") / str(ours) / "environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in raw if pair)


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _wait(is_ready: object, running: subprocess.Popen[bytes], log: Path) -> None:
    assert callable(is_ready)
    end = time.monotonic() + START_SECONDS
    while not is_ready():
        if running.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"It did not start. Its last words:\n{log.read_text(encoding='utf-8')[-2000:]}")
        time.sleep(0.1)
