"""A section, a caseworker, their case; noon; and a mail server that accepts what is sent."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from caseflow.clock import now
from caseflow.features.reminders.sweep import SweepResult, sweep
from caseflow.outbound.mail import Letterhead, SmtpMailer
from caseflow.runtime import Runtime
from tests.features.deadlines.conftest import case, owner, section
from tests.local.waiting import HANG_SECONDS
from tests.outbound.sink import Sink
from tests.servers import RunServers

__all__ = ["case", "owner", "section"]
HEAD = Letterhead("caseflow@example.org", "https://cases.example.org")
Run = Callable[..., SweepResult]


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch, run_servers: RunServers) -> Iterator[time_machine.Traveller]:
    """Let it be noon, after everybody's digest, whenever the tests run; in the database as well."""
    run_servers.make_template()  # at the real time: its rows are older than those of every test
    monkeypatch.setattr("caseflow.features.monitoring.queries.database_time", lambda _uow: now())
    with time_machine.travel(datetime.combine(now().date(), time(12), now().tzinfo), tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def tomorrow(noon: time_machine.Traveller) -> Callable[[], None]:
    """Let it be the next day."""
    return lambda: noon.shift(timedelta(days=1))


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as running:
        yield running


@pytest.fixture
def run(runtime: Runtime, sink: Sink) -> Run:
    """Sweep, to the end."""

    def sweep_all(**options: Any) -> SweepResult:
        mailer = SmtpMailer("127.0.0.1", sink.port, tls="none")
        return sweep(runtime.units, mailer, HEAD, most_seconds=HANG_SECONDS, **options)

    return sweep_all
