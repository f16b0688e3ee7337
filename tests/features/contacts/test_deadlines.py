"""When the people of a case are to be contacted next."""

import pytest
from sqlalchemy import select

from caseflow.features.contacts.queries import standings
from caseflow.models import ConsentScope, Deadline, DeadlineKind, Role
from tests.factories import (
    in_days,
    make_actor,
    make_attempt,
    make_case,
    make_channel,
    make_consent,
    make_person,
    make_section,
    withdraw_consent,
)


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def rosa(runtime, ana, case):
    return make_person(runtime.units, ana, case)


@pytest.fixture
def places(runtime, ana, case, rosa):
    """What factories take."""
    return runtime.units, ana, case, rosa


def due(runtime, by, case):
    with runtime.units.begin(by) as uow:
        wanted = Deadline.kind == DeadlineKind.CONTACT_CHECK
        found = select(Deadline).where(Deadline.case_id == case.id, wanted, Deadline.done_at.is_(None))
        return [one.due_on for one in uow.session.scalars(found)]


def test_who_has_no_way_and_no_attempt_is_reached_through_others(runtime, ana, case, rosa):
    assert due(runtime, ana, case) == []


def test_a_first_contact_is_due_after_the_record(runtime, ana, case, places):
    make_channel(*places)
    assert due(runtime, ana, case) == [in_days(30)]


def test_the_next_contact_is_due_thirty_days_after_the_last(runtime, ana, case, places):
    make_attempt(*places, "reached", ago=10)
    assert due(runtime, ana, case) == [in_days(20)]
    make_attempt(*places, "message_left")
    assert due(runtime, ana, case) == [in_days(20)]


def test_a_wish_comes_first_until_it_is_met(runtime, ana, case, places):
    make_attempt(*places, "reached", ago=10, next_on=in_days(-1))
    assert due(runtime, ana, case) == [in_days(-1)]
    make_attempt(*places, "reached")
    assert due(runtime, ana, case) == [in_days(30)]


def test_two_missed_attempts_in_a_row_make_it_due_at_once(runtime, ana, case, places):
    make_attempt(*places, "reached", ago=9)
    make_attempt(*places, "no_answer", ago=5)
    assert due(runtime, ana, case) == [in_days(21)]
    make_attempt(*places, "wrong_person", ago=1)
    assert due(runtime, ana, case) == [in_days(-1)]
    make_attempt(*places, "reached")
    assert due(runtime, ana, case) == [in_days(30)]


def test_an_answer_between_two_missed_attempts_breaks_the_row(runtime, ana, case, places):
    for result, ago in (("no_answer", 4), ("message_left", 3), ("no_answer", 2)):
        make_attempt(*places, result, ago=ago)
    with runtime.units.begin(ana) as uow:
        (one,) = standings(uow, [case.id])
    assert (one.missed, one.last_on, one.last_missed_on) == (1, None, in_days(-2))


@pytest.mark.parametrize("status", ["dead", "missing"])
def test_nobody_is_to_contact_who_is_dead_or_missing(runtime, ana, case, status):
    person = make_person(runtime.units, ana, case, life_status=status)
    make_attempt(runtime.units, ana, case, person, "no_answer")
    assert due(runtime, ana, case) == []


def test_the_summary_says_when_someone_was_last_reached(pages, ana, case, places):
    make_attempt(*places, "reached", ago=41)
    assert "V1: Last contact 41 days ago" in pages(ana).get(f"/cases/{case.id}").words
    make_attempt(*places, "no_answer", ago=3)
    make_attempt(*places, "no_answer", ago=2)
    assert "V1: Last contact 41 days ago, 2 failed attempts since" in pages(ana).get(f"/cases/{case.id}").words


def test_who_withdraws_the_consent_to_contact_is_not_contacted(runtime, ana, case, places):
    make_attempt(*places, "reached", ago=10)
    make_consent(*places, ConsentScope.CONTACT)
    assert due(runtime, ana, case) == [in_days(20)]
    withdraw_consent(*places, ConsentScope.CONTACT)
    assert due(runtime, ana, case) == []
