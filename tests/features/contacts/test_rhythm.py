"""How many days may pass between contacts: the setting of a section, and what follows from it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.cases.service import describe_case, editable_case
from caseflow.features.contacts.rhythm.commands import RhythmDetails
from caseflow.features.contacts.rhythm.service import set_rhythm
from caseflow.features.deadlines.reminder_sync.service import process_sync_requests
from caseflow.features.people.queries import people_of_case
from caseflow.jobs import Job
from caseflow.models import AuditEntry, GrantLevel, Role, Stage, Urgency
from tests.factories import (
    alter_case,
    in_days,
    make_actor,
    make_attempt,
    make_case,
    make_person,
    make_section,
    share,
)
from tests.factories.cases import description_of
from tests.features.contacts.test_deadlines import due


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def case(runtime, ana):
    found = make_case(runtime.units, ana)
    make_attempt(runtime.units, ana, found, make_person(runtime.units, ana, found), "reached", ago=3)
    return found


def set_to(runtime, by, section, *, prepared=30, filed=21, urgent=None, version=0):
    details = RhythmDetails(version=version, prepared_days=prepared, filed_days=filed, urgent_days=urgent)
    with runtime.units.begin(by) as uow:
        return set_rhythm(uow, section.id, details)


def urgent(runtime, ana, case, urgency=Urgency.URGENT):
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        describe_case(uow, editable, replace(description_of(editable), urgency=urgency))


def test_a_change_computes_the_next_contacts_again(runtime, ana, section, case, sent_jobs):
    assert due(runtime, ana, case) == [in_days(27)]
    set_to(runtime, ana, section, prepared=10)
    assert (Job.SYNC_REMINDERS, {}) in sent_jobs
    assert process_sync_requests(runtime.units).failed == 0
    assert due(runtime, ana, case) == [in_days(7)]


def test_a_change_of_the_case_uses_it_at_once(runtime, ana, section, case):
    set_to(runtime, ana, section, prepared=10, urgent=4)
    urgent(runtime, ana, case)
    assert due(runtime, ana, case) == [in_days(1)]
    urgent(runtime, ana, case, Urgency.NORMAL)
    assert due(runtime, ana, case) == [in_days(7)]


def test_filed_cases_have_days_of_their_own(runtime, ana, section, case):
    alter_case(runtime.units, ana, case, stage=Stage.PENDING)
    set_to(runtime, ana, section, prepared=10, filed=12)
    process_sync_requests(runtime.units)
    assert due(runtime, ana, case) == [in_days(9)]


def test_an_urgent_case_never_waits_longer_than_others(runtime, ana, section, case):
    set_to(runtime, ana, section, prepared=10, urgent=90)
    urgent(runtime, ana, case, Urgency.EMERGENCY)
    assert due(runtime, ana, case) == [in_days(7)]


def test_other_sections_keep_their_days(runtime, ana, case):
    other = make_section(runtime.units, "CO")
    set_to(runtime, make_actor(runtime.units, (other, Role.SECTION_COORDINATOR)), other, prepared=5)
    process_sync_requests(runtime.units)
    assert due(runtime, ana, case) == [in_days(27)]


def test_a_guest_of_another_section_sets_the_same_day(runtime, ana, section, case):
    set_to(runtime, ana, section, prepared=10)
    process_sync_requests(runtime.units)
    other = make_section(runtime.units, "CO")
    guest = make_actor(runtime.units, (other, Role.CASEWORKER))
    share(runtime.units, ana, case, guest, GrantLevel.WRITE)
    with runtime.units.begin(ana) as uow:
        (person,) = people_of_case(uow, case)
    make_attempt(runtime.units, guest, case, person, "reached", ago=1)
    assert due(runtime, ana, case) == [in_days(9)]


@pytest.mark.parametrize("days", [0, -1, 367])
@pytest.mark.parametrize("name", ["prepared", "filed", "urgent"])
def test_impossible_days_are_refused(runtime, ana, section, name, days):
    with pytest.raises(Invalid) as refused:
        set_to(runtime, ana, section, **{name: days})
    assert list(refused.value.fields) == [f"{name}_days"]


@pytest.mark.parametrize("days", [1, 366])
def test_the_shortest_and_the_longest_are_taken(runtime, ana, section, days):
    assert set_to(runtime, ana, section, prepared=days, filed=days, urgent=days).urgent_days == days


def test_a_stale_form_is_refused(runtime, ana, section):
    set_to(runtime, ana, section, prepared=10)
    with pytest.raises(Conflict) as clash:
        set_to(runtime, ana, section, prepared=11)
    assert clash.value.row.prepared_days == 10


def test_nothing_is_recorded_or_asked_for_without_a_change(runtime, ana, section):
    auditor = make_actor(runtime.units, (section, Role.AUDITOR))
    for version in (0, 1):
        assert set_to(runtime, ana, section, prepared=10, version=version).version == 1
    with runtime.units.begin(auditor) as uow:
        (entry,) = uow.session.scalars(select(AuditEntry).where(AuditEntry.action == "section.rhythm_set"))
    assert entry.changes["prepared_days"] == [None, 10]


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.SECTION_REPORTER, Role.AUDITOR])
def test_others_may_not_change_it(runtime, section, role):
    with pytest.raises(Forbidden):
        set_to(runtime, make_actor(runtime.units, (section, role)), section, prepared=10)


def test_an_administrator_changes_it_on_the_page(pages, runtime, ana, section, case):
    admin = make_actor(runtime.units, (section, Role.ADMINISTRATOR))
    home = pages(admin).get("/admin")
    path = home.links[f"Days between contacts of {section.name}"]
    page = pages(admin).submit(path, urgent_days="x", status=422)
    assert page.error_at("urgent_days")
    page = pages(admin).submit(path, prepared_days="400", status=422)
    assert "Enter a number of days from 1 to 366." in page.error_at("prepared_days")
    page = pages(admin).send(page, prepared_days="14", urgent_days="7")
    assert "Saved." in page.words
    process_sync_requests(runtime.units)
    assert due(runtime, ana, case) == [in_days(11)]


def test_the_list_of_who_is_going_silent_follows_it(pages, runtime, ana, section, case):
    assert "Nobody is going silent." in pages(ana).get("/section/contacts").words
    set_to(runtime, ana, section, prepared=2)
    page = pages(ana).get("/section/contacts")
    assert "not reached for 2 days" in page.words
    assert case.reference in page.words
    assert page.links["Change these days"] == f"/sections/{section.code}/rhythm"
    set_to(runtime, ana, section, prepared=5, urgent=1, version=1)
    assert case.reference not in pages(ana).get("/section/contacts").words
    urgent(runtime, ana, case)
    page = pages(ana).get("/section/contacts")
    assert "In urgent cases at most 1 day." in page.words
    assert case.reference in page.words
