"""Start a child process, wait for it, and end it with everything it started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from caseflow.errors import CaseflowError
from caseflow.local import launch
from caseflow.local.account import Account

POLL_SECONDS = 0.02
HANG_SECONDS = 600  # PostgreSQL may have much to recover before it answers

Running = subprocess.Popen[bytes]


def start(
    command: Sequence[str],
    *,
    account: Account | None = None,
    folder: Path,
    environment: Mapping[str, str],
    last_signal: signal.Signals = signal.SIGTERM,
    output: int = subprocess.PIPE,
) -> Running:
    """Start a child in a process group of its own, so that Ctrl-C reaches it only through the supervisor.

    Call it from the main thread: the kernel ends the child with the thread that started it.
    """
    uid, gid = (account.uid, account.gid) if account else (-1, -1)
    launcher = [
        sys.executable,
        "-I",
        "-S",
        launch.__file__,
        str(uid),
        str(gid),
        str(os.getpid()),
        str(int(last_signal)),
    ]
    return subprocess.Popen(  # noqa: S603 - the commands are ours, no shell reads them
        [*launcher, *command],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def end(process: Running, *, first: signal.Signals = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask a child to stop; when it does not, or leaves something behind in its group, kill the group."""
    if process.poll() is None:
        process.send_signal(first)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill_group(process)
    process.wait()


def kill_group(process: Running) -> None:
    """Kill whatever still runs in the child's process group (a pool whose leader died, for example)."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def wait_until_ready(process: Running, is_ready: Callable[[], bool], *, what: str) -> None:
    """Wait for a freshly started server; raise when it ended, or never answers."""
    deadline = time.monotonic() + HANG_SECONDS
    while not is_ready():
        if process.poll() is not None:
            raise CaseflowError(f"{what} ended while starting (status {process.returncode}).")
        if time.monotonic() > deadline:
            raise CaseflowError(f"{what} did not answer within {HANG_SECONDS} seconds.")
        time.sleep(POLL_SECONDS)
