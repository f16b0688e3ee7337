"""Wait for what must happen, with a deadline; never sleep for luck."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")
DEADLINE_SECONDS = 30


def until(condition: Callable[[], _T], what: str, seconds: float = DEADLINE_SECONDS) -> _T:
    """Return the condition's first true answer; fail with `what` when the time is over.

    It is asked less often the longer it takes: who waits must not keep the machine from what is waited for.
    """
    deadline, pause = time.monotonic() + seconds, 0.01
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
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
