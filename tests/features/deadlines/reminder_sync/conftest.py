"""A section with a caseworker and a coordinator, a case, and a full pass that runs when it is called."""

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
def no_open_requests(runtime: Runtime, owner: PersonActor, boss: PersonActor) -> None:
    """Remove the requests that were made when the people got their roles."""
    with runtime.units.begin(WORKER) as uow:
        uow.session.execute(delete(ReminderSyncRequest))


@pytest.fixture
def full_pass(runtime: Runtime, no_open_requests: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], SyncResult]:
    """Run a full pass. The first one has been run already, because its changes raise no alarm."""
    monkeypatch.setattr(
        "caseflow.features.deadlines.reminder_sync.service._ended_on_earlier_day", lambda request: request.ended_at
    )
    process_sync_requests(runtime.units)
    return lambda: process_sync_requests(runtime.units)
