"""What goes wrong during a trial, and when: from a seed, so that a bad day can be had again."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Final

from bench.trial.house import House

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
"""What is killed how often, of a hundred."""
AWAY_SECONDS: Final = (0.5, 5.0)
MAIL_AWAY_SECONDS: Final = (3.0, 12.0)


@dataclass(frozen=True, slots=True)
class Stroke:
    """One misfortune. `place` chooses among workers or beats, `away` says for how long."""

    at: float
    what: str
    place: int
    away: float


def forecast(chance: Random, kills: int, seconds: float) -> list[Stroke]:
    """Return so many misfortunes, spread over a time; each kind at least once when there are enough."""
    kinds = list(WEIGHTS)[:kills]
    kinds += chance.choices(list(WEIGHTS), list(WEIGHTS.values()), k=kills - len(kinds))
    chance.shuffle(kinds)
    return [
        Stroke(
            seconds * (number + chance.random()) / kills,
            what,
            chance.randrange(1000),
            chance.uniform(*(MAIL_AWAY_SECONDS if what == "the mail server" else AWAY_SECONDS)),
        )
        for number, what in enumerate(kinds)
    ]


class Weather:
    """Brings the forecast over a house, as time goes by; what was killed is started again after its while."""

    def __init__(self, house: House, strokes: Sequence[Stroke]) -> None:
        self._house = house
        self._order = count()
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self.done: Counter[str] = Counter()
        for stroke in strokes:
            self._at(stroke.at, partial(self._strike, stroke))

    def until(self, second: float) -> bool:
        """Let happen what happens up to a second of the trial; tell whether something is still to come."""
        while self._events and self._events[0][0] <= second:
            heappop(self._events)[2]()
        return bool(self._events)

    def _at(self, second: float, what: Callable[[], None]) -> None:
        heappush(self._events, (second, next(self._order), what))

    def _strike(self, stroke: Stroke) -> None:
        if getattr(self, _HANDS[stroke.what])(stroke):
            self.done[stroke.what] += 1
        else:  # it is dead already: its turn comes when it is back
            self._strike_later(stroke)

    def _strike_later(self, stroke: Stroke) -> None:
        later = replace(stroke, at=stroke.at + 1)
        self._at(later.at, partial(self._strike, later))

    def _worker(self, stroke: Stroke) -> bool:
        return self._kill(stroke, "worker", with_children=stroke.what != "a worker alone")

    def _beat(self, stroke: Stroke) -> bool:
        return self._kill(stroke, "beat")

    def _redis(self, stroke: Stroke) -> bool:
        return self._kill(stroke, "redis")

    def _mail(self, stroke: Stroke) -> bool:
        return self._kill(stroke, "mail")

    def _postgres(self, stroke: Stroke) -> bool:
        return self._kill(stroke, "postgres", signal.SIGQUIT)

    def _child(self, stroke: Stroke) -> bool:
        workers = list(self._running("worker"))
        if workers:
            self._house.kill_child(workers[stroke.place % len(workers)], stroke.place)
        return bool(workers)

    def _flush(self, _stroke: Stroke) -> bool:
        is_there = "redis" in self._house.running
        if is_there:
            self._house.flush_redis()
        return is_there

    def _running(self, kind: str) -> Iterator[str]:
        return (name for name in sorted(self._house.running) if name.partition("-")[0] == kind)

    def _kill(
        self, stroke: Stroke, kind: str, number: signal.Signals = signal.SIGKILL, *, with_children: bool = True
    ) -> bool:
        found = list(self._running(kind))
        if not found:
            return False
        name = found[stroke.place % len(found)]
        self._house.kill(name, number, with_children=with_children)
        self._at(stroke.at + stroke.away, partial(self._house.start, name))
        return True


_HANDS: Final = {
    "a worker with all its children": "_worker",
    "a worker alone": "_worker",
    "a child of a worker": "_child",
    "a beat": "_beat",
    "Redis": "_redis",
    "FLUSHALL": "_flush",
    "PostgreSQL, immediate stop": "_postgres",
    "the mail server": "_mail",
}
