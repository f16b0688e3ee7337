"""With the packaged acceptances no route says "not known" for what the pack knows."""

import pytest

from caseflow.law.routes import load_acceptances, load_mechanisms
from caseflow.models import Role
from tests.factories import days_ago, make_actor, make_case, make_claim, make_remedy, make_section
from tests.factories.acceptances import forget_acceptances

KNOWN = [load_mechanisms().treaties[row.treaty].name for row in load_acceptances().rows if row.state == "ES"]


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def eviction(runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    last = {"raised_right": True, "could_repair": True, "outcome": "dismissed"}
    make_remedy(runtime.units, ana, claim, stage="CASSATION", decided=days_ago(30), **last)
    return case


def unloaded(page):
    """Return the instruments of which the pack knows whether Spain accepted them, and the page says "not known"."""
    return [name for name in KNOWN if f"no acceptance is loaded ({name})" in page.words]


def test_an_eviction_in_spain_is_compared_with_all_that_the_pack_knows(database, pages, ana, eviction):
    address = f"/cases/{eviction.id}/routes"
    page = pages(ana).get(address, most=14)
    assert unloaded(page) == []
    assert "Spain has been bound since 25 April 1985" in page.words
    forget_acceptances(database)
    assert len(unloaded(pages(ana).get(address, most=14))) == len(KNOWN) == 6
