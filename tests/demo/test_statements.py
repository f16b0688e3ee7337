"""No page of a case takes more than 14 statements, on the demo cases that have most of everything."""

import pytest
from sqlalchemy import func, select

from caseflow.access.actor import JobActor, SystemRole
from caseflow.features.accounts.queries import person_actor
from caseflow.features.monitoring.status import StatusCache
from caseflow.models import Case, CasePerson, DomesticRemedy, StateObjection, User
from caseflow.web.case_pages import CasePage

pytestmark = pytest.mark.slow
MOST = 14


@pytest.fixture
def database(demo_database):
    """Pages of this module are those of the demo coalition."""
    return demo_database


def test_no_page_of_the_fullest_cases_takes_more_than_14_statements(app, pages, runtime, demo_database, monkeypatch):
    # A process that has run for a minute knows whose mail came back, and asks for it no more on each page.
    monkeypatch.setitem(app.extensions, "caseflow.status_cache", StatusCache(runtime.units, startup_seconds=0))
    with demo_database.as_superuser() as engine, engine.connect() as connection:
        lucia = connection.scalar(select(User.id).where(User.email == "lucia@demo.example"))
        section = select(Case.section_id).where(Case.owner_id == lucia).limit(1).scalar_subquery()
        fullest = {
            child.__tablename__: connection.scalars(
                select(Case.id)
                .join(child, child.case_id == Case.id)
                .where(Case.section_id == section)
                .group_by(Case.id)
                .order_by(func.count().desc(), Case.id)
                .limit(2)
            ).all()
            for child in (DomesticRemedy, CasePerson, StateObjection)
        }
    assert all(fullest.values()), "the demo lacks one of them"
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        browser = pages(person_actor(uow, lucia))
    taken = {}
    for case in {case for cases in fullest.values() for case in cases}:
        for page in CasePage:
            address = f"/cases/{case}" + ("" if page is CasePage.SUMMARY else f"/{page}")
            browser.client.get(address)  # the first one notes that it was viewed
            answer = browser.client.get(address)
            if answer.status_code == 200:
                taken[address] = len(browser.get(address).statements)
    assert len(taken) > len(CasePage)
    assert {address: number for address, number in taken.items() if number > MOST} == {}
    assert max(taken.values()) > 8, taken
