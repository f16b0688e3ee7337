"""Latency and statements of pages: application and floor in turns, through werkzeug's test client, in this process."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

Ask = Callable[[], TestResponse]


@dataclass
class Counter:
    """Counts the statements that engines send."""

    sent: int = 0

    @contextmanager
    def of(self, *engines: Engine) -> Iterator[None]:
        """Count while the block runs."""
        for engine in engines:
            event.listen(engine, "before_cursor_execute", self._count)
        yield
        for engine in engines:
            event.remove(engine, "before_cursor_execute", self._count)

    def _count(self, *_arguments: object) -> None:
        self.sent += 1


@dataclass
class Figures:
    """The measurements of one page; times in milliseconds."""

    times: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    size: int = 0

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """The 95th percentile."""
        return statistics.quantiles(self.times, n=20)[18]

    @property
    def usual_statements(self) -> int:
        """The lower median: once a minute a request sends one more, to record that its session is in use."""
        return statistics.median_low(self.statements)

    def as_json(self) -> dict[str, float | int]:
        """Return it for the report."""
        return {
            "p50_ms": round(self.p50, 2),
            "p95_ms": round(self.p95, 2),
            "statements": self.usual_statements,
            "bytes": self.size,
            "times": len(self.times),
        }


class WrongAnswer(Exception):
    """A page had another status than expected, so its time means nothing."""


def measure(asks: Sequence[Ask], counter: Counter, *, rounds: int, warm: int = 8, status: int = 200) -> list[Figures]:
    """Request each in turn, so that other load of the machine affects all alike.

    The first `warm` rounds are not counted; a run of fewer rounds warms up no longer than it measures.

    Raises:
        WrongAnswer: naming the status and the page.
    """
    found = [Figures() for _ in asks]
    for number in range(-min(warm, rounds), rounds):
        for ask, figures in zip(asks, found, strict=True):
            before, begun = counter.sent, time.perf_counter()
            answer = ask()
            took = (time.perf_counter() - begun) * 1000
            if answer.status_code != status:
                raise WrongAnswer(f"{answer.status_code} from {answer.request.path}, expected {status}")
            figures.size = len(answer.data)
            if number >= 0:
                figures.times.append(took)
                figures.statements.append(counter.sent - before)
    return found
