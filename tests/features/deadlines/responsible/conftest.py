"""A case with its owner, a colleague, and the coordinator of the section."""

import pytest

from caseflow.access import PersonActor
from caseflow.models import Role, Section
from caseflow.runtime import Runtime
from tests.factories import make_actor
from tests.features.deadlines.conftest import case, owner, section
from tests.features.deadlines.reminder_sync.conftest import boss, full_pass, no_open_requests

__all__ = ["boss", "case", "full_pass", "no_open_requests", "owner", "section"]


@pytest.fixture
def colleague(runtime: Runtime, section: Section) -> PersonActor:
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Carla Given")
