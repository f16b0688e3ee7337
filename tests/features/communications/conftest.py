"""A case that was filed two hundred days ago, and the people who work on it."""

import pytest

from caseflow.models import Role, Stage
from tests.factories import (
    confirm,
    days_ago,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_remedy,
    make_section,
    move_to,
    prepare,
    reload_case,
)
from tests.factories.cases import add_victim_who_consents

FILED_AGO = 200
TO_APPROVED = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def lead(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Lead")


@pytest.fixture
def approved(runtime, ana, lead):
    """An approved case of Ana whose one-year clock runs."""
    case = make_case(runtime.units, ana)
    add_victim_who_consents(runtime.units, ana, case)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, stage="CASSATION", decided=days_ago(300), notified=days_ago(300), outcome="dismissed")  # fmt: skip
    return move_to(runtime.units, lead, case, *TO_APPROVED)


@pytest.fixture
def case(runtime, ana, lead, approved):
    prepare(runtime.units, ana, approved, filed_on=in_days(-FILED_AGO))
    confirm(runtime.units, lead, approved)
    return reload_case(runtime.units, ana, approved)
