"""What every test stands on: the closed network, servers, the page client. `tests/factories` fills databases.

The same draw every time: a test fails because of what was changed, never by the luck of the draw. Other draws are
tried with `make oracle`, or with `pytest --hypothesis-profile=random`.
"""

import gc
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.network", "tests.servers", "tests.pages"]

# No test may fail because a machine is slow: no bound on the time of an example, or of drawing it.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", UNHURRIED, derandomize=True)
settings.register_profile("random", UNHURRIED, derandomize=False, print_blob=True)
settings.load_profile("repeatable")


def pytest_xdist_auto_num_workers() -> int:
    """Return one process more than there are cores: tests that start servers wait for them most of their time."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that start servers or a browser, or the run ends with one process busy with them alone."""
    items.sort(key=lambda item: not any(item.iter_markers("servers")) and not any(item.iter_markers("browser")))


def pytest_collection_finish() -> None:
    """Spare the garbage collector what was imported and collected: it lives to the end of the run."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what a passing test recorded as `summary` (`record_property`): how much it compared, and the seed."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "summary":
                terminalreporter.write_line(value)
