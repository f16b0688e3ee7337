"""Every list counts days in the section's time zone, also where it is already tomorrow, or still yesterday."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from caseflow.features.reminders.preferences.commands import NewAbsence
from caseflow.features.reminders.preferences.service import add_absence
from caseflow.models import Role
from tests.factories import make_actor, make_case, make_deadline, make_section

PLACES = [
    ("Pacific/Kiritimati", datetime(2026, 6, 10, 13, 40, tzinfo=UTC), date(2026, 6, 11)),
    ("Asia/Kolkata", datetime(2026, 6, 10, 20, 0, tzinfo=UTC), date(2026, 6, 11)),
    ("America/Guayaquil", datetime(2026, 6, 11, 1, 40, tzinfo=UTC), date(2026, 6, 10)),
    ("Pacific/Pago_Pago", datetime(2026, 6, 11, 10, 30, tzinfo=UTC), date(2026, 6, 10)),
    ("UTC", datetime(2026, 6, 10, 13, 40, tzinfo=UTC), date(2026, 6, 10)),
]


@pytest.fixture(params=PLACES, ids=[zone for zone, *_ in PLACES])
def local_day(request):
    """A section where the local day is not that of UTC, and its people."""
    zone, at, day = request.param
    with time_machine.travel(at, tick=False):
        yield zone, day


def people(runtime, zone):
    section = make_section(runtime.units, "ES", time_zone=zone)
    return [make_actor(runtime.units, (section, role)) for role in (Role.CASEWORKER, Role.SECTION_COORDINATOR)]


SAID = {0: "Due today", 1: "Due tomorrow"}


@pytest.mark.parametrize("days", SAID)
def test_the_lists_and_the_case_say_the_same(runtime, pages, local_day, days):
    said, not_said = SAID[days], {"day overdue", "days overdue", *SAID.values()} - {SAID[days]}
    zone, day = local_day
    ana, boss = people(runtime, zone)
    case = make_case(runtime.units, ana)
    make_deadline(runtime.units, ana, case, title="Ask the court", due_on=day + timedelta(days))
    for person, path in ((ana, "/cases"), (boss, "/cases"), (ana, f"/cases/{case.id}"), (ana, "/my-work")):
        words = pages(person).get(path).words
        assert said in words, path
        assert not [other for other in not_said if other in words], path
    assert "day overdue" not in pages(boss).get("/my-work").words


def test_what_was_due_yesterday_there_is_overdue_for_its_coordinator(runtime, pages, local_day):
    zone, day = local_day
    ana, boss = people(runtime, zone)
    case = make_case(runtime.units, ana)
    with time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC), tick=False):
        make_deadline(runtime.units, ana, case, title="Ask the court", due_on=day - timedelta(1))
    for person, path in ((boss, "/my-work"), (ana, "/my-work"), (ana, "/cases")):
        assert "1 day overdue" in pages(person).get(path).words, path


def test_a_substitute_stands_in_on_the_days_of_the_section(runtime, pages, local_day):
    zone, day = local_day
    ana, boss = people(runtime, zone)
    case = make_case(runtime.units, ana)
    make_deadline(runtime.units, ana, case, title="Ask the court", due_on=day)
    with runtime.units.begin(ana) as uow:
        add_absence(uow, NewAbsence(user_id=ana.user_id, substitute_id=boss.user_id, starts_on=day, ends_on=day))
    assert "Ask the court" in pages(boss).get("/my-work").words
    assert boss.name in pages(ana).get("/account/reminders").words


def test_pages_that_belong_to_no_section_take_the_readers_day(runtime, pages, local_day):
    zone, day = local_day
    _, boss = people(runtime, zone)
    assert f"{day.day} June 2026" in pages(boss).get("/states/advocacy").words
