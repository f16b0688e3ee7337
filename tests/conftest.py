"""The plugins of all tests: blocked network, servers, page client. `tests/factories` fills databases.

Hypothesis always uses the same examples, so that a test fails only because of a change. `make oracle`, or
`pytest --hypothesis-profile=random`, uses others.
"""

import gc
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.order import rank, shared_out

pytest_plugins = ["tests.network", "tests.servers", "tests.pages"]

# No test may fail because a machine is slow, so there is no limit for the time of an example.
WITHOUT_TIME_LIMIT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", WITHOUT_TIME_LIMIT, derandomize=True)
settings.register_profile("random", WITHOUT_TIME_LIMIT, derandomize=False, print_blob=True)
settings.load_profile("repeatable")


def pytest_xdist_auto_num_workers() -> int:
    """Return the number of cores plus one, because tests that start servers mostly wait."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run first what takes long, so that nothing runs alone at the end."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [items[place] for place in shared_out([rank(item) for item in items], workers)]


def pytest_collection_finish() -> None:
    """Exclude all imported objects from garbage collection, to save time: they live until the end of the run."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the property `summary` of passed tests (`record_property`), such as counts and seeds."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "summary":
                terminalreporter.write_line(value)
