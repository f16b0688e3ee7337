"""A section, a caseworker, and their case."""

import pytest

from caseflow.access import PersonActor
from caseflow.models import Case, Role, Section
from caseflow.runtime import Runtime
from tests.factories import make_actor, make_case, make_section


@pytest.fixture
def section(runtime: Runtime) -> Section:
    return make_section(runtime.units, "ES")


@pytest.fixture
def owner(runtime: Runtime, section: Section) -> PersonActor:
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def case(runtime: Runtime, owner: PersonActor) -> Case:
    return make_case(runtime.units, owner, title="Water cut off")
