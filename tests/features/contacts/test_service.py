"""How a person is reached: sealed numbers, safe hours, and the log of attempts."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from caseflow.clock import now
from caseflow.db.sealing import SealBroken
from caseflow.errors import Conflict, Invalid
from caseflow.features.cases.service import editable_case
from caseflow.features.contacts import queries, service
from caseflow.features.contacts.commands import ChannelDetails
from caseflow.features.contacts.pages import is_safe
from caseflow.features.people.identity.service import ask_for_identity
from caseflow.features.people.queries import one_person
from caseflow.models import (
    AuditEntry,
    ContactAttempt,
    ContactChannel,
    ContactChannelValue,
    ContactKind,
    ContactResult,
    GrantLevel,
    Role,
)
from tests.factories import in_days, make_actor, make_attempt, make_case, make_channel, make_person, make_section, share

NUMBER, WORD = "+34 600 111 222", "the library book"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def rosa(runtime, ana, case):
    return make_person(runtime.units, ana, case, name="Rosa Navarro")


@pytest.fixture
def places(runtime, ana, case, rosa):
    """What factories take."""
    return runtime.units, ana, case, rosa


@pytest.fixture
def channel(runtime, ana, case, rosa):
    return make_channel(runtime.units, ana, case, rosa, address=NUMBER, word=WORD)


def reveal(runtime, by, case, person):
    with runtime.units.begin(by) as uow:
        ask_for_identity(uow, editable_case(uow, case.id), one_person(uow, case, person.id), "To call her")


def shown(runtime, by, case, person):
    with runtime.units.begin(by) as uow:
        return list(service.read_values(uow, one_person(uow, case, person.id)).values())


def change(runtime, by, case, person, channel, **details):
    with runtime.units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        one = one_person(uow, editable, person.id)
        row = queries.one_channel(uow, one, channel.id)
        new = ChannelDetails(**{"version": row.version, "kind": row.kind, "zone": row.zone, **details})
        service.change_channel(uow, editable, one, row, new)
        uow.flush()
        return row.version


def test_number_and_word_are_shown_during_a_reveal_only(runtime, ana, case, rosa, channel):
    assert shown(runtime, ana, case, rosa) == []
    reveal(runtime, ana, case, rosa)
    assert shown(runtime, ana, case, rosa) == [{"address": NUMBER, "word": WORD}]
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert shown(runtime, ana, case, rosa) == []


def test_a_grant_to_write_shows_no_number(runtime, ana, case, rosa):
    make_channel(runtime.units, ana, case, rosa)
    other = make_actor(runtime.units, (make_section(runtime.units, "CO"), Role.CASEWORKER))
    share(runtime.units, ana, case, other, GrantLevel.WRITE)
    with runtime.units.begin(other) as uow:
        person = one_person(uow, case, rosa.id)
        assert [one.kind for one in queries.channels_of(uow, person)] == [ContactKind.PHONE]
        assert queries.values_of(uow, person) == {}
    reveal(runtime, ana, case, rosa)
    assert shown(runtime, other, case, rosa) == []


def test_nothing_sealed_stands_in_the_database_or_in_the_history(runtime, ana, case, rosa, channel):
    reveal(runtime, ana, case, rosa)
    change(runtime, ana, case, rosa, channel, address="+34 699 000 111", word="")
    with runtime.units.begin(ana) as uow:
        value = uow.session.scalars(select(ContactChannelValue)).one()
        assert b"699 000 111" not in value.address_sealed
        assert value.word_sealed is None
        entries = [entry.changes for entry in uow.session.scalars(select(AuditEntry))]
    for secret in (NUMBER, "699 000 111", WORD):
        assert secret not in str(entries)
    assert any(entry.get("address_sealed") == ["(hidden)", "(hidden)"] for entry in entries)


def test_a_sealed_number_moved_to_the_other_column_is_refused(runtime, ana, case, rosa, channel):
    reveal(runtime, ana, case, rosa)
    with runtime.units.begin(ana) as uow:
        uow.session.execute(text("UPDATE contact_channel_value SET word_sealed = address_sealed"))
    with pytest.raises(Conflict, match="can't be opened") as refused:
        shown(runtime, ana, case, rosa)
    assert isinstance(refused.value.__cause__, SealBroken)


def test_hours_are_changed_without_a_reveal_and_a_number_is_not(runtime, ana, case, rosa, channel):
    version = change(runtime, ana, case, rosa, channel, safe_from=time(18), safe_until=time(20))
    assert version == channel.version + 1
    with pytest.raises(Conflict, match="no longer shown"):
        change(runtime, ana, case, rosa, channel, address="+34 1")
    reveal(runtime, ana, case, rosa)
    assert change(runtime, ana, case, rosa, channel, address="+34 1") > version


def test_a_version_that_is_old_is_refused_where_only_the_number_changed(runtime, ana, case, rosa, channel):
    reveal(runtime, ana, case, rosa)
    change(runtime, ana, case, rosa, channel, address="+34 1")
    with pytest.raises(Conflict):
        change(runtime, ana, case, rosa, channel, version=channel.version, address="+34 2")


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"address": ""}, "address"),
        ({"rank": 0}, "rank"),
        ({"rank": 10}, "rank"),
        ({"safe_from": time(9)}, "safe_until"),
        ({"safe_until": time(9)}, "safe_from"),
        ({"safe_from": time(9), "safe_until": time(9)}, "safe_until"),
        ({"zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_an_impossible_way_is_refused_at_its_field(places, details, field):
    with pytest.raises(Invalid) as refused:
        make_channel(*places, **details)
    assert set(refused.value.fields) == {field}


def test_a_channel_is_removed_with_its_number(runtime, ana, case, rosa, channel):
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        one = one_person(uow, editable, rosa.id)
        service.remove_channel(uow, editable, one, queries.one_channel(uow, one, channel.id))
    reveal(runtime, ana, case, rosa)
    with runtime.units.begin(ana) as uow:
        assert uow.session.scalars(select(ContactChannel)).all() == []
        assert uow.session.scalars(select(ContactChannelValue)).all() == []


@pytest.mark.parametrize(
    ("begin", "end", "hour", "safe"),
    [
        (9, 17, 10, True),
        (9, 17, 17, False),
        (9, 17, 8, False),
        (22, 6, 23, True),
        (22, 6, 5, True),
        (22, 6, 6, False),
        (22, 6, 12, False),
    ],
)
def test_safe_hours_are_those_of_the_person_also_over_midnight(begin, end, hour, safe):
    row = ContactChannel(safe_from=time(begin), safe_until=time(end), zone="America/Bogota")
    assert is_safe(row, datetime(2026, 5, 4, hour, tzinfo=UTC) + timedelta(hours=5)) == safe
    assert is_safe(ContactChannel(zone="UTC"), now())


def test_attempts_are_listed_the_last_first_and_stand_in_the_history(runtime, ana, case, rosa):
    make_attempt(runtime.units, ana, case, rosa, "reached", ago=3)
    make_attempt(runtime.units, ana, case, rosa, "no_answer", next_on=in_days(5))
    with runtime.units.begin(ana) as uow:
        found = queries.attempts_of(uow, one_person(uow, case, rosa.id))
        assert [one.result for one in found] == [ContactResult.NO_ANSWER, ContactResult.REACHED]
        assert found[0].user.name == ana.name
        acts = uow.session.scalars(select(AuditEntry).where(AuditEntry.action == "contact.attempted")).all()
        assert acts[0].changes["contact_of"] == [None, rosa.code_name]
        assert "case_person_id" not in acts[0].changes


@pytest.mark.parametrize(("made", "next_in", "field"), [(1, None, "made_on"), (0, -1, "next_on"), (0, 400, "next_on")])
def test_an_impossible_day_is_refused(places, made, next_in, field):
    next_on = None if next_in is None else in_days(next_in)
    with pytest.raises(Invalid) as refused:
        make_attempt(*places, ago=-made, next_on=next_on)
    assert set(refused.value.fields) == {field}


def test_an_attempt_is_removed_and_the_history_keeps_it(runtime, ana, case, rosa):
    attempt = make_attempt(runtime.units, ana, case, rosa, "wrong_person")
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        one = one_person(uow, editable, rosa.id)
        service.remove_attempt(uow, editable, one, queries.one_attempt(uow, one, attempt.id))
    with runtime.units.begin(ana) as uow:
        assert uow.session.scalars(select(ContactAttempt)).all() == []
        kept = uow.session.scalars(select(AuditEntry).where(AuditEntry.action == "contact.attempt_removed")).one()
        assert kept.changes["result"] == ["wrong_person", None]
