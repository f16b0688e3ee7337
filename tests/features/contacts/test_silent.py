"""The list of people with whom the contact is being lost."""

import pytest

from caseflow.features.contacts import pages as contact_pages
from caseflow.models import Role, Stage
from tests.factories import make_actor, make_attempt, make_case, make_channel, make_person, make_section


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


def person(runtime, ana, *attempts, way="phone", stage=None):
    """Record a person in a case of their own, with attempts as pairs of result and days ago; return the reference."""
    case = make_case(runtime.units, ana)
    one = make_person(runtime.units, ana, case)
    make_channel(runtime.units, ana, case, one, way)
    for result, ago in attempts:
        make_attempt(runtime.units, ana, case, one, result, ago=ago)
    if stage is not None:
        with runtime.units.begin(ana) as uow:
            uow.session.merge(case, load=True).stage = stage
    return case.reference


def listed(pages, ana, path="/section/contacts"):
    page = pages(ana).get(path)
    return page, [word for word in page.words.split() if word.startswith("ES-")]


def test_the_longest_silence_comes_first_and_filed_cases_before_all(pages, runtime, ana):
    person(runtime, ana, ("reached", 30))
    late = person(runtime, ana, ("reached", 31))
    later = person(runtime, ana, ("reached", 90))
    missed = person(runtime, ana, ("reached", 9), ("no_answer", 5), ("wrong_person", 2), way="messenger")
    filed = person(runtime, ana, ("reached", 22), stage=Stage.PENDING)
    person(runtime, ana, ("reached", 90), stage=Stage.CLOSED)
    page, found = listed(pages, ana)
    assert list(dict.fromkeys(found)) == [filed, later, late, missed]
    assert "Last contact 9 days ago, 2 failed attempts since" in page.words
    assert "Message on the phone" in page.words


def test_it_is_read_page_by_page(pages, runtime, ana, monkeypatch):
    monkeypatch.setattr(contact_pages, "LISTED", 2)
    wanted = [person(runtime, ana, ("reached", ago)) for ago in (50, 40, 40, 35)]
    page, first = listed(pages, ana)
    _, second = listed(pages, ana, page.links["Next page"])
    assert set(first) | set(second) == set(wanted)
    assert not set(first) & set(second)


def test_other_sections_are_not_listed(pages, runtime, ana):
    person(runtime, ana, ("reached", 50))
    other = make_actor(runtime.units, (make_section(runtime.units, "CO"), Role.SECTION_COORDINATOR))
    assert "Nobody is going silent." in pages(other).get("/section/contacts").words
    assert "Who is going silent" in pages(ana).get("/section").links
