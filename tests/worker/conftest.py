"""A thousand due reminders, and the processes that send them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from caseflow.clock import today
from tests.features.deadlines.coalition import Coalition, clock
from tests.outbound.sink import Sink
from tests.servers import Database, RunServers
from tests.worker.processes import Fleet, fleet

DUE = 1000


@pytest.fixture
def thousand_due(database: Database) -> int:
    coalition = Coalition.on(database)
    section = coalition.section()
    owner = coalition.person(section)
    case = coalition.case(section, owner)
    coalition.compute(case, owner, *(clock(today() + timedelta(days=2), f"one_year:{number}") for number in range(DUE)))
    return DUE


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as running:
        yield running


@pytest.fixture
def processes(database: Database, run_servers: RunServers, sink: Sink, tmp_path: Path) -> Iterator[Fleet]:
    with fleet(database, run_servers, sink, tmp_path) as lent:
        yield lent
