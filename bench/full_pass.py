"""How fast a full pass assesses all cases again: with nothing changed, after new data, and with no answers stored yet."""

import math
import resource
import time
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING

import psycopg

from bench.children import children, wait_for
from bench.server import runtime_of, settings_of
from caseflow.features.readiness.full_pass import Reassessed, reassess

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

LONGEST_SECONDS = 3600.0
MINUTES_WANTED = 10
"""For 100,000 cases, on two cores."""
KILOBYTES = 1024


A_DAY_LATER = "UPDATE assessment SET confirmed_on = confirmed_on - 1 WHERE is_current"
PASSES = (
    # what it is called, what makes the cases due, and how many workers share them
    ("nothing changed", A_DAY_LATER, 1),
    ("nothing changed", A_DAY_LATER, 2),
    ("a newer register", "UPDATE state SET version = version + 1, changed_at = now() WHERE code = 'FR'", 2),
    ("no answers yet", "DELETE FROM assessment", 2),
)


@dataclass(frozen=True, slots=True)
class FullPass:
    """What a pass did and what it cost: peak memory of a worker in MB, and how much of it the pass added."""

    name: str
    workers: int
    cases: int
    changed: int
    corrected: int
    seconds: float
    memory: float
    grown: float

    @property
    def each_second(self) -> float:
        """Cases a second."""
        return self.cases / self.seconds


def measure_full_passes(database_url: str, superuser_url: str) -> list[FullPass]:
    """Run passes one after the other over all cases before filing, each due for another reason."""
    found = []
    for name, statement, workers in PASSES:
        _sql(superuser_url, statement)
        found.append(_run(database_url, name, workers))
    return found


def _sql(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())
        connection.execute("VACUUM (ANALYZE) assessment")


def _run(database_url: str, name: str, workers: int) -> FullPass:
    context = children()
    start, results = context.Event(), context.Queue()
    ready = [context.Event() for _ in range(workers)]
    processes = [context.Process(target=_work, args=(database_url, one, start, results)) for one in ready]
    for process in processes:
        process.start()
    for one in ready:
        wait_for(one, "a worker is ready")
    started = time.perf_counter()
    start.set()
    done = [results.get(timeout=LONGEST_SECONDS) for _ in processes]
    seconds = time.perf_counter() - started
    for process in processes:
        process.join(LONGEST_SECONDS)
    return FullPass(
        name=name,
        workers=workers,
        cases=sum(each.cases for ones, _, _ in done for each in ones),
        changed=sum(sum(each.changed.values()) for ones, _, _ in done for each in ones),
        corrected=sum(each.corrected for ones, _, _ in done for each in ones),
        seconds=seconds,
        memory=max(most for _, _, most in done),
        grown=max(most - before for _, before, most in done),
    )


def _work(
    database_url: str, ready: Event, start: Event, results: "Queue[tuple[tuple[Reassessed, Reassessed], float, float]]"
) -> None:
    runtime = runtime_of(settings_of(database_url))
    with runtime.engine.connect():
        ready.set()
    wait_for(start, "all workers are ready")
    first = reassess(runtime.units, most_seconds=0)  # one batch: what is loaded once does not count as growth
    before = _most_memory()
    rest = reassess(runtime.units, most_seconds=math.inf)
    results.put(((first, rest), before, _most_memory()))


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
