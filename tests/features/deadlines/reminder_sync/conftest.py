"""A section with somebody who works in it and somebody who coordinates it, a case, and nights that come when they are called."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete

from caseflow.access import PersonActor
from caseflow.features.deadlines.reminder_sync.service import WORKER, SyncResult, process_sync_requests
from caseflow.models import ReminderSyncRequest, Role, Section
from caseflow.runtime import Runtime
from tests.factories import make_actor
from tests.features.deadlines.conftest import case, owner, section

__all__ = ["case", "owner", "section"]


@pytest.fixture
def boss(runtime: Runtime, section: Section) -> PersonActor:
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def quiet(runtime: Runtime, owner: PersonActor, boss: PersonActor) -> None:
    """Let nothing be asked for any more: whoever gets a role asks."""
    with runtime.units.begin(WORKER) as uow:
        uow.session.execute(delete(ReminderSyncRequest))


@pytest.fixture
def night(runtime: Runtime, quiet: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], SyncResult]:
    """Let a night pass over everything. The first one has been: what it changes is no alarm."""
    monkeypatch.setattr("caseflow.features.deadlines.reminder_sync.service._has_passed", lambda night: night.ended_at)
    process_sync_requests(runtime.units)
    return lambda: process_sync_requests(runtime.units)
