import pytest

from caseflow.models import Role
from tests.factories import make_actor, make_section


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana Worker")


@pytest.fixture
def boss(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Berta Leader")
