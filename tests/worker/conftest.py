"""A thousand due reminders, and the processes that send them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseflow.models import Role
from caseflow.runtime import Runtime
from tests.factories import make_actor, make_case, make_due_mails, make_section
from tests.outbound.sink import Sink
from tests.servers import Database, RunServers
from tests.worker.processes import Fleet, fleet

DUE = 1000


@pytest.fixture
def thousand_due(runtime: Runtime, database: Database) -> int:
    owner = make_actor(runtime.units, (make_section(runtime.units), Role.CASEWORKER))
    make_due_mails(database, runtime.units, owner, make_case(runtime.units, owner), DUE)
    return DUE


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as running:
        yield running


@pytest.fixture
def processes(database: Database, run_servers: RunServers, sink: Sink, tmp_path: Path) -> Iterator[Fleet]:
    with fleet(database, run_servers, sink, tmp_path) as lent:
        yield lent
