"""Make a document on which engine and oracle differ as small as it can be while they still do."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

KEPT = ("schema", "id")
Path = tuple[str | int, ...]


def shrink(facts: dict[str, Any], differs: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Take away one value after the other, as long as anything can be taken away."""
    smaller = facts
    while True:
        less = next((each for each in _one_less(smaller) if differs(each)), None)
        if less is None:
            return smaller
        smaller = less


def _one_less(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in _paths(facts, ()):
        less = deepcopy(facts)
        around: Any = less
        for step in path[:-1]:
            around = around[step]
        del around[path[-1]]
        yield less


def _paths(value: Any, so_far: Path) -> Iterator[Path]:
    """Every value that may be left out, the large ones first."""
    inside = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    for key, _ in inside:
        if key not in KEPT:
            yield (*so_far, key)
    for key, each in inside:
        yield from _paths(each, (*so_far, key))
