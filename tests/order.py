"""The order of the tests: each worker begins with its share of those that take longest, so that all end together."""

from itertools import islice

import pytest


def rank(item: pytest.Item) -> int:
    """Return how soon a test runs: 0 for the longest walks, 3 for all that are quick."""
    is_slow, is_browser, is_servers = (any(item.iter_markers(name)) for name in ("slow", "browser", "servers"))
    return 0 if is_slow and (is_browser or is_servers) else 1 if is_slow else 2 if is_browser or is_servers else 3


def shared_out(ranks: list[int], workers: int) -> list[int]:
    """Return the places of the tests in another order.

    xdist gives every worker an equal part of the list, and later moves tests from the end of one part to a worker that has
    nothing left. So what takes long stands at the beginning of the parts, in turn; the others stay beside their neighbours.
    """
    places = sorted(range(len(ranks)), key=ranks.__getitem__)
    long = [place for place in places if ranks[place] < 3]
    quick, found = iter(places[len(long) :]), list[int]()
    for worker in range(workers):
        own = long[worker::workers]
        size = (len(ranks) - len(found)) // (workers - worker)
        found += own + list(islice(quick, max(0, size - len(own))))
    return found
