"""A thousand due reminders, and the processes that send them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseflow.models import Role
from caseflow.runtime import Runtime
from tests.factories import clock, in_days, make_actor, make_case, make_section, set_clocks
from tests.outbound.sink import Sink
from tests.servers import Database, RunServers
from tests.worker.processes import Fleet, fleet

DUE = 1000


@pytest.fixture
def thousand_due(runtime: Runtime) -> int:
    owner = make_actor(runtime.units, (make_section(runtime.units), Role.CASEWORKER))
    case, soon = make_case(runtime.units, owner), in_days(2)
    set_clocks(runtime.units, owner, case, *(clock(soon, f"one_year:{number}") for number in range(DUE)))
    return DUE


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as running:
        yield running


@pytest.fixture
def processes(database: Database, run_servers: RunServers, sink: Sink, tmp_path: Path) -> Iterator[Fleet]:
    with fleet(database, run_servers, sink, tmp_path) as lent:
        yield lent
