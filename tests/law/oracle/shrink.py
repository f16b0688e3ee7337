"""Shrinks a document on which engine and oracle differ."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

KEPT = ("schema", "id")
Path = tuple[str | int, ...]


def shrink(facts: dict[str, Any], differs: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Remove one value after the other as long as the rest still differs; what is left can't lose any single value."""
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
    """The path of every value that may be removed, outer ones first."""
    inside = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    for key, _ in inside:
        if key not in KEPT:
            yield (*so_far, key)
    for key, each in inside:
        yield from _paths(each, (*so_far, key))
