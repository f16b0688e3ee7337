"""An emergency: its hour is asked with the case, and the coordinators are notified at once."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from caseflow.clock import now
from caseflow.models import DeadlineKind, Role
from tests.factories import deadlines_seen, in_days, make_actor, make_case, make_section, reminders_seen

THREAT = {f"threat_on__{part}": str(getattr(in_days(3), part)) for part in ("day", "month", "year")}
CAPTURE = {"state_code": "ES", "right": "HOUSING", "title": "A family to be evicted", "urgency": "emergency"}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def boss(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


def test_the_hour_of_an_emergency_is_saved_with_the_case_and_coordinators_hear_at_once(runtime, pages, ana, boss):
    page = pages(ana).submit("/cases/new", **CAPTURE, **THREAT, threat_hour="09:30")
    assert "the hour of the threatened act is not recorded" not in page.words
    (deadline,) = deadlines_seen(runtime.units, ana)
    assert (deadline.kind, deadline.due_on) == (DeadlineKind.THREATENED_ACT, in_days(3))
    own = [one for one in reminders_seen(runtime.units, boss) if one.recipient_id == boss.user_id]
    assert [one.cause.value for one in own if one.due_at <= now()] == ["not_acknowledged"]


def test_an_emergency_without_an_hour_is_possible_and_asks_for_it(pages, ana):
    page = pages(ana).submit("/cases/new", **CAPTURE)
    assert "the hour of the threatened act is not recorded" in page.words
    form = pages(ana).get(page.links["Add the date and time"]).form()
    assert form.values()["kind"] == ["threatened_act"]


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        (THREAT, "threat_hour"),
        ({"threat_hour": "09:30"}, "threat_on"),
        ({**THREAT, "threat_hour": "09:30", "urgency": "normal"}, "threat_on"),
        ({**THREAT, "threat_on__year": "2020", "threat_hour": "09:30"}, "threat_on"),
    ],
)
def test_half_an_hour_is_refused_at_its_box_and_nothing_is_saved(runtime, pages, ana, typed, at):
    page = pages(ana).submit("/cases/new", **(CAPTURE | typed), status=422)
    assert page.error_at(at)
    assert page.form().values()["title"] == ["A family to be evicted"]
    assert not deadlines_seen(runtime.units, ana)


def test_a_case_becomes_an_emergency_with_its_hour_and_the_same_hour_is_one_deadline(runtime, pages, ana):
    case = make_case(runtime.units, ana)
    for _ in range(2):
        pages(ana).submit(f"/cases/{case.id}/edit", urgency="emergency", **THREAT, threat_hour="09:30")
    (deadline,) = deadlines_seen(runtime.units, ana)
    assert deadline.due_at.astimezone(ZoneInfo(deadline.zone)).time() == time(9, 30)
    assert deadline.due_on == in_days(3)
