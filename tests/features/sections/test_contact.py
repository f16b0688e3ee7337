"""The public contact of a section: who writes it, and what is shown of it."""

import pytest
from sqlalchemy import select

from caseflow.errors import Forbidden
from caseflow.features.sections.contact.commands import ContactDetails
from caseflow.features.sections.contact.service import set_contact
from caseflow.models import AuditEntry, Role, SectionContact
from tests.factories import make_actor, make_section

ADDRESS = "/sections/ES/contact"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def head(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


def stored(runtime, head):
    with runtime.units.begin(head) as uow:
        return uow.session.scalars(select(SectionContact)).one_or_none()


@pytest.mark.parametrize("role", [Role.SECTION_COORDINATOR, Role.ADMINISTRATOR])
def test_coordinators_and_administrators_of_the_section_write_it(runtime, pages, section, role):
    writer = make_actor(runtime.units, (section, role))
    page = pages(writer).submit(ADDRESS, address="first@es.example", languages="español", hours="10 to 14")
    assert "Not shown" in page.words
    contact = stored(runtime, writer)
    assert (contact.address, contact.languages, contact.is_published) == ("first@es.example", "español", False)
    page = pages(writer).submit(ADDRESS, is_published="y")
    assert "Shown to everybody" in page.words
    assert stored(runtime, writer).is_published


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.SECTION_REPORTER, Role.AUDITOR])
def test_others_do_not(runtime, pages, section, role):
    person = make_actor(runtime.units, (section, role))
    pages(person).get(ADDRESS, status=403)
    with pytest.raises(Forbidden), runtime.units.begin(person) as uow:
        set_contact(uow, section.id, ContactDetails(version=0, address="x"))


def test_that_of_another_section_is_not_found(runtime, pages, head):
    make_section(runtime.units, "FI")
    pages(head).get("/sections/FI/contact", status=404)


def test_without_an_address_it_is_not_published_and_nothing_is_lost(runtime, pages, head):
    page = pages(head).submit(ADDRESS, is_published="y", languages="español", status=422)
    assert "Enter an address" in page.error_at("address")
    assert page.form().values()["languages"] == ["español"]
    assert stored(runtime, head) is None


def test_the_history_says_whether_it_was_published_or_withdrawn(runtime, pages, section, head):
    pages(head).submit(ADDRESS, address="first@es.example", is_published="y")
    pages(head).submit(ADDRESS, hours="10 to 14")
    pages(head).submit(ADDRESS, is_published="")
    auditor = make_actor(runtime.units, (section, Role.AUDITOR))
    with runtime.units.begin(auditor) as uow:
        found = select(AuditEntry.action).where(AuditEntry.subject == "section_contact").order_by(AuditEntry.at)
        actions = uow.session.scalars(found).all()
    assert actions == ["section.contact_published", "section.contact_changed", "section.contact_withdrawn"]


def test_two_windows_are_merged_or_refused(runtime, pages, head):
    pages(head).submit(ADDRESS, address="first@es.example")
    stale = pages(head).get(ADDRESS)
    pages(head).submit(ADDRESS, hours="10 to 14")
    page = pages(head).send(stale, hours="11 to 15", status=409)
    assert "10 to 14" in page.words
    assert page.form().values()["hours"] == ["11 to 15"]
