"""Waits for conditions: without fixed sleeps, and with an upper bound."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")
HANG_SECONDS = 600
"""Long, because no test may fail on a slow machine: a condition that takes longer never becomes true."""


def until(condition: Callable[[], _T], what: str) -> _T:
    """Return the condition's first true result; fail with `what` after `HANG_SECONDS`.

    The interval between checks grows, so that waiting does not slow down the machine.
    """
    deadline, pause = time.monotonic() + HANG_SECONDS, 0.01
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"not within {HANG_SECONDS} s: {what}"
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    return answer


def is_alive(pid: int) -> bool:
    """Return whether the process runs; a zombie does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
