"""Processor time and memory of a program and all that it started, from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
MARKS = {
    "postgres": ("postgres",),
    "redis": ("redis-server", "valkey-server"),
    "web": ("gunicorn", "wsgi:app"),
    "worker": ("worker.app worker",),
    "beat": ("worker.app beat",),
}
"""What a command line contains, by kind of process. The first that fits counts."""


@dataclass(frozen=True)
class Use:
    """One process at a moment."""

    pid: int
    kind: str
    cpu_seconds: float
    memory_mb: float
    """Proportional set size: shared pages count by share, so that sums are right."""


def descendants(pid: int) -> list[int]:
    """Return the process and all that it started and that still run."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in (PROC / str(one) / "task").glob("*/children"):
            try:
                waiting.extend(int(child) for child in task.read_text(encoding="ascii").split())
            except OSError:  # it ended meanwhile
                continue
    return found


def uses(pid: int) -> list[Use]:
    """Return what each process of a program uses now."""
    return [use for one in descendants(pid) if (use := _use(one)) is not None]


def cpu_seconds(before: list[Use], after: list[Use]) -> dict[str, float]:
    """Return the processor time between two moments, by kind of process."""
    earlier = {use.pid: use.cpu_seconds for use in before}
    found: dict[str, float] = {}
    for use in after:
        found[use.kind] = found.get(use.kind, 0.0) + use.cpu_seconds - earlier.get(use.pid, 0.0)
    return found


def _use(pid: int) -> Use | None:
    try:
        command = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        times = (PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        rollup = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return None
    kind = next((kind for kind, marks in MARKS.items() if any(mark in command for mark in marks)), "supervisor")
    pss = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return Use(pid, kind, (int(times[11]) + int(times[12])) / TICKS, pss / 1024)
