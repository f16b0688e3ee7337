"""Who is away is stood in for, and nothing is lost where who stands in can't be told either."""

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
def mate(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


def goes_away(runtime, person, substitute):
    with runtime.units.begin(person) as uow:
        uow.session.add(
            Absence(
                user_id=person.user_id,
                substitute_id=substitute.user_id,
                starts_on=today(),
                ends_on=today() + timedelta(days=9),
            )
        )


def told_of_tomorrow(runtime, run, sink, owner, case) -> list[str]:
    """Let something be due tomorrow and sweep to the end; return the addresses of who was told."""
    set_clocks(runtime.units, owner, case, clock(in_days(1)))
    while run().cancelled:
        pass
    return [str(mail["To"]) for mail in sink.mails]


def address(runtime, person) -> str:
    with runtime.units.begin(person) as uow:
        return uow.session.get_one(User, person.user_id).email


def test_of_a_sealed_case_its_owner_is_told_though_away(runtime, sink, run, *, owner, mate, boss, case):
    seal(runtime.units, owner, case)
    goes_away(runtime, owner, mate)
    assert told_of_tomorrow(runtime, run, sink, owner, case) == [address(runtime, owner)]


def test_who_is_away_is_told_when_the_substitute_left(runtime, sink, run, *, owner, mate, boss, case):
    goes_away(runtime, owner, mate)
    goes_away(runtime, boss, mate)
    end_roles(runtime.units, mate)
    assert told_of_tomorrow(runtime, run, sink, owner, case) == [address(runtime, owner)]


def test_somebody_from_elsewhere_who_stands_in_hears_nothing(runtime, sink, run, *, owner, case):
    foreigner = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    goes_away(runtime, owner, foreigner)
    assert told_of_tomorrow(runtime, run, sink, owner, case) == [address(runtime, owner)]


def test_of_two_who_stand_in_for_each_other_the_coordinator_hears(runtime, sink, run, *, owner, mate, boss, case):
    """The pages refuse it, but not to two people who say so in the same second."""
    goes_away(runtime, owner, mate)
    goes_away(runtime, mate, owner)
    assert told_of_tomorrow(runtime, run, sink, owner, case) == [address(runtime, boss)]


def test_where_all_stand_in_for_each_other_it_has_failed_for_all_to_see(runtime, sink, run, *, owner, mate, case):
    goes_away(runtime, owner, mate)
    goes_away(runtime, mate, owner)
    assert told_of_tomorrow(runtime, run, sink, owner, case) == []
    assert NOBODY in {row.reason for row in reminders_seen(runtime.units, owner)}
