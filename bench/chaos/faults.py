"""Which faults are injected during a run, and when: drawn from a seed, so that a run can be repeated."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Final

from bench.chaos.cluster import Cluster

WEIGHTS: Final = {
    "a worker with all its children": 24,
    "a worker alone": 14,
    "a child of a worker": 30,
    "a beat": 10,
    "Redis": 8,
    "FLUSHALL": 6,
    "PostgreSQL, immediate stop": 5,
    "the mail server": 3,
}
"""How many of a hundred faults are of each kind."""
DOWN_SECONDS: Final = (0.5, 5.0)
MAIL_DOWN_SECONDS: Final = (3.0, 12.0)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `choice` selects one of several workers or beats; `down_seconds` is how long it stays down."""

    at: float
    kind: str
    choice: int
    down_seconds: float


def fault_schedule(chance: Random, kills: int, seconds: float) -> list[Fault]:
    """Return so many faults, spread over a time; each kind at least once when there are enough."""
    kinds = list(WEIGHTS)[:kills]
    kinds += chance.choices(list(WEIGHTS), list(WEIGHTS.values()), k=kills - len(kinds))
    chance.shuffle(kinds)
    return [
        Fault(
            seconds * (number + chance.random()) / kills,
            kind,
            chance.randrange(1000),
            chance.uniform(*(MAIL_DOWN_SECONDS if kind == "the mail server" else DOWN_SECONDS)),
        )
        for number, kind in enumerate(kinds)
    ]


class FaultInjector:
    """Injects the scheduled faults into a cluster as time goes by, and restarts what was killed."""

    def __init__(self, cluster: Cluster, schedule: Sequence[Fault]) -> None:
        self._cluster = cluster
        self._order = count()
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self.injected: Counter[str] = Counter()
        for fault in schedule:
            self._at(fault.at, partial(self._inject, fault))

    def run_until(self, second: float) -> bool:
        """Inject what is scheduled up to a second of the run; return whether something is still to come."""
        while self._events and self._events[0][0] <= second:
            heappop(self._events)[2]()
        return bool(self._events)

    def _at(self, second: float, action: Callable[[], None]) -> None:
        heappush(self._events, (second, next(self._order), action))

    def _inject(self, fault: Fault) -> None:
        if getattr(self, _METHODS[fault.kind])(fault):
            self.injected[fault.kind] += 1
        else:  # nothing of that kind runs at the moment
            self._retry_later(fault)

    def _retry_later(self, fault: Fault) -> None:
        later = replace(fault, at=fault.at + 1)
        self._at(later.at, partial(self._inject, later))

    def _worker(self, fault: Fault) -> bool:
        return self._kill(fault, "worker", with_children=fault.kind != "a worker alone")

    def _beat(self, fault: Fault) -> bool:
        return self._kill(fault, "beat")

    def _redis(self, fault: Fault) -> bool:
        return self._kill(fault, "redis")

    def _mail(self, fault: Fault) -> bool:
        return self._kill(fault, "mail")

    def _postgres(self, fault: Fault) -> bool:
        return self._kill(fault, "postgres", signal.SIGQUIT)

    def _child(self, fault: Fault) -> bool:
        workers = list(self._running("worker"))
        if workers:
            self._cluster.kill_child(workers[fault.choice % len(workers)], fault.choice)
        return bool(workers)

    def _flush(self, _fault: Fault) -> bool:
        is_running = "redis" in self._cluster.running
        if is_running:
            self._cluster.flush_redis()
        return is_running

    def _running(self, kind: str) -> Iterator[str]:
        return (name for name in sorted(self._cluster.running) if name.partition("-")[0] == kind)

    def _kill(
        self, fault: Fault, kind: str, number: signal.Signals = signal.SIGKILL, *, with_children: bool = True
    ) -> bool:
        found = list(self._running(kind))
        if not found:
            return False
        name = found[fault.choice % len(found)]
        self._cluster.kill(name, number, with_children=with_children)
        self._at(fault.at + fault.down_seconds, partial(self._cluster.start, name))
        return True


_METHODS: Final = {
    "a worker with all its children": "_worker",
    "a worker alone": "_worker",
    "a child of a worker": "_child",
    "a beat": "_beat",
    "Redis": "_redis",
    "FLUSHALL": "_flush",
    "PostgreSQL, immediate stop": "_postgres",
    "the mail server": "_mail",
}
