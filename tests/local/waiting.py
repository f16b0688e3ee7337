"""Wait for what must happen: never a fixed time, and never for ever."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")
HANG_SECONDS = 600
"""No test may fail because a machine is slow: whoever still waits after so long waits for ever."""


def until(condition: Callable[[], _T], what: str) -> _T:
    """Return the condition's first true answer; fail with `what` when it never comes.

    It is asked less often the longer it takes: who waits must not keep the machine from what is waited for.
    """
    deadline, pause = time.monotonic() + HANG_SECONDS, 0.01
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"not within {HANG_SECONDS} s: {what}"
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    return answer


def is_alive(pid: int) -> bool:
    """Say whether the process still runs; one that only waits to be reaped does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
