"""Absences: the substitute is notified, and nothing is lost when the substitute cannot be notified either."""

from datetime import timedelta

import pytest

from caseflow.clock import today
from caseflow.features.reminders.outbox import NOBODY
from caseflow.models import Absence, Role, User
from tests.factories import clock, end_roles, in_days, make_actor, make_section, reminders_seen, seal, set_clocks


@pytest.fixture
def boss(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def colleague(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


def set_away(runtime, person, substitute):
    with runtime.units.begin(person) as uow:
        uow.session.add(
            Absence(
                user_id=person.user_id,
                substitute_id=substitute.user_id,
                starts_on=today(),
                ends_on=today() + timedelta(days=9),
            )
        )


def notified_of_tomorrow(runtime, run, sink, owner, case) -> list[str]:
    """Let a deadline be due tomorrow and sweep to the end; return the notified addresses."""
    set_clocks(runtime.units, owner, case, clock(in_days(1)))
    while run().cancelled:
        pass
    return [str(mail["To"]) for mail in sink.mails]


def address(runtime, person) -> str:
    with runtime.units.begin(person) as uow:
        return uow.session.get_one(User, person.user_id).email


def test_an_owner_who_is_away_is_notified_of_a_sealed_case(runtime, sink, run, *, owner, colleague, boss, case):
    seal(runtime.units, owner, case)
    set_away(runtime, owner, colleague)
    assert notified_of_tomorrow(runtime, run, sink, owner, case) == [address(runtime, owner)]


def test_a_person_who_is_away_is_notified_when_the_substitute_left(runtime, sink, run, *, owner, colleague, boss, case):
    set_away(runtime, owner, colleague)
    set_away(runtime, boss, colleague)
    end_roles(runtime.units, colleague)
    assert notified_of_tomorrow(runtime, run, sink, owner, case) == [address(runtime, owner)]


def test_a_substitute_of_another_section_is_not_notified(runtime, sink, run, *, owner, case):
    foreigner = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    set_away(runtime, owner, foreigner)
    assert notified_of_tomorrow(runtime, run, sink, owner, case) == [address(runtime, owner)]


def test_the_coordinator_is_notified_when_two_people_substitute_each_other(
    runtime, sink, run, *, owner, colleague, boss, case
):
    """The service refuses this, except when both absences are entered at the same time."""
    set_away(runtime, owner, colleague)
    set_away(runtime, colleague, owner)
    assert notified_of_tomorrow(runtime, run, sink, owner, case) == [address(runtime, boss)]


def test_a_reminder_fails_when_all_recipients_substitute_each_other(runtime, sink, run, *, owner, colleague, case):
    set_away(runtime, owner, colleague)
    set_away(runtime, colleague, owner)
    assert notified_of_tomorrow(runtime, run, sink, owner, case) == []
    assert NOBODY in {row.reason for row in reminders_seen(runtime.units, owner)}
