"""A section with two caseworkers and a coordinator, and a case of the first."""

import pytest

from caseflow.access import PersonActor
from caseflow.models import Case, Role, Section
from caseflow.runtime import Runtime
from tests.factories import make_actor, make_case, make_section


@pytest.fixture
def section(runtime: Runtime) -> Section:
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime: Runtime, section: Section) -> PersonActor:
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def marcos(runtime: Runtime, section: Section) -> PersonActor:
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Marcos")


@pytest.fixture
def carmen(runtime: Runtime, section: Section) -> PersonActor:
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Carmen")


@pytest.fixture
def case(runtime: Runtime, ana: PersonActor) -> Case:
    return make_case(runtime.units, ana)
