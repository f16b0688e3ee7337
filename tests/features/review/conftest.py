"""A case of a caseworker in the stage of the review, with a victim who consents, and two coordinators."""

import pytest

from caseflow.models import Role, Stage
from tests.factories import days_ago, make_actor, make_case, make_claim, make_remedy, make_section, move_to
from tests.factories.cases import add_victim_who_consents

TO_REVIEW = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def lead(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Lead")


@pytest.fixture
def second(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Second")


@pytest.fixture
def case(runtime, ana):
    """Nothing stops it: its last remedy was decided a hundred days ago, and its victim has consented in writing."""
    case = make_case(runtime.units, ana)
    add_victim_who_consents(runtime.units, ana, case)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, stage="CASSATION", decided=days_ago(100), notified=days_ago(100), outcome="dismissed")  # fmt: skip
    return move_to(runtime.units, ana, case, *TO_REVIEW)
