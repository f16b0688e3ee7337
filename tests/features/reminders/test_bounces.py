"""Bounces are recorded for each address and escalated: nothing is lost because a mailbox is full or gone."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from caseflow.clock import now
from caseflow.features.monitoring.queries import BOUNCE_PAUSE
from caseflow.features.reminders.bounces import take_report
from caseflow.features.reminders.commands import NOBODY
from caseflow.features.reminders.delivery.service import clear_bounces, send_test
from caseflow.features.reminders.sweep import SweepResult
from caseflow.models import MailBounce, MailStatus, Role, User
from caseflow.outbound.mail import message_id
from tests.factories import in_days, mails_seen, make_actor, make_deadline, reminders_seen
from tests.features.reminders.conftest import HEAD
from tests.outbound.test_bounces import ANA, report


@pytest.fixture
def boss(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def admin(runtime, section):
    return make_actor(runtime.units, (section, Role.ADMINISTRATOR))


def email_of(runtime, person) -> str:
    with runtime.units.begin(person) as uow:
        return uow.session.get_one(User, person.user_id).email


def bounces_of(runtime, person) -> list[MailBounce]:
    with runtime.units.begin(person) as uow:
        return list(uow.session.scalars(select(MailBounce).where(MailBounce.user_id == person.user_id)))


def comes_back(runtime, person, status: str = "5.1.1", which: str | None = None) -> int:
    """Report the last email to a person as bounced; `which` replaces its Message-ID."""
    text = ANA.replace("ana@example.org", email_of(runtime, person).upper()).replace("5.1.1", status)
    mine = [mail for mail in mails_seen(runtime.units, person) if mail.recipient_id == person.user_id]
    own = message_id(HEAD, mine[-1].id) if mine else "<none@cases.example.org>"
    return take_report(runtime.units, HEAD, report(text, own if which is None else which))


def escalated_to(runtime, boss) -> list[str]:
    return [
        row.status.value
        for row in reminders_seen(runtime.units, boss)
        if row.recipient_id == boss.user_id and row.cause.value == "handed_on"
    ]


def test_a_bounced_email_is_escalated_to_the_coordinators(runtime, sink, run, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=1)
    assert run() == SweepResult(sent=1)
    assert comes_back(runtime, owner) == 1
    (bounce,) = bounces_of(runtime, owner)
    assert (bounce.status, bounce.is_permanent) == ("5.1.1", True)
    assert escalated_to(runtime, boss) == ["waiting"]
    assert run() == SweepResult(sent=1)
    assert sink.mails[-1]["To"] == email_of(runtime, boss)
    assert comes_back(runtime, owner) == 1
    assert run() == SweepResult(), "the same again is nothing new"


def test_without_a_coordinator_what_came_back_reached_nobody(runtime, run, owner, case):
    make_deadline(runtime.units, owner, case, days=1)
    run()
    comes_back(runtime, owner)
    assert NOBODY in {row.reason for row in reminders_seen(runtime.units, owner)}


def test_a_returned_address_is_not_tried_for_a_week_and_others_are_notified(
    runtime, sink, run, noon, *, owner, boss, case
):
    sink.answer = lambda address: "550 no such user" if address == email_of(runtime, owner) else ""
    make_deadline(runtime.units, owner, case, days=1)
    assert run() == SweepResult(failed=1)
    assert run() == SweepResult(sent=1), "the coordinator is notified at once"
    sink.answer = lambda _address: ""
    make_deadline(runtime.units, owner, case, days=2)
    noon.shift(timedelta(days=1))
    assert run() == SweepResult(failed=1)
    assert run() == SweepResult(sent=1)
    tries = {row.reason for row in mails_seen(runtime.units, owner) if row.status is MailStatus.FAILED}
    assert tries == {"refused 550", "returned"}
    assert email_of(runtime, owner) not in {mail["To"] for mail in sink.mails}
    make_deadline(runtime.units, owner, case, due_on=in_days(9))
    noon.shift(BOUNCE_PAUSE)
    assert run().sent
    assert email_of(runtime, owner) in {mail["To"] for mail in sink.mails}


def test_a_test_is_sent_to_an_address_that_came_back(runtime, sink, run, *, owner, case):
    make_deadline(runtime.units, owner, case, days=1)
    run()
    comes_back(runtime, owner)
    with runtime.units.begin(owner) as uow:
        assert send_test(uow)
    assert run() == SweepResult(sent=1)
    assert sink.mails[-1]["Subject"] == "Test of your reminders from caseflow"
    assert b"You do not need to do anything" in sink.mails[-1].get_payload(decode=True)


def test_an_address_that_was_put_right_is_tried_again(runtime, run, tomorrow, *, owner, boss, admin, case):
    make_deadline(runtime.units, owner, case, days=1)
    run()
    comes_back(runtime, owner)
    run()
    with runtime.units.begin(admin) as uow:
        clear_bounces(uow, owner.user_id)
    tomorrow()
    assert run() == SweepResult(sent=1)


def test_another_address_is_tried_at_once(runtime, database, run, tomorrow, *, owner, case):
    make_deadline(runtime.units, owner, case, days=1)
    run()
    comes_back(runtime, owner)
    with runtime.units.begin(owner) as uow:
        uow.session.get_one(User, owner.user_id).email = "another@example.org"
    tomorrow()
    assert run() == SweepResult(sent=1)


def test_an_email_given_up_after_days_is_escalated_and_the_next_one_is_tried(
    runtime, run, tomorrow, *, owner, boss, case
):
    make_deadline(runtime.units, owner, case, days=1)
    run()
    comes_back(runtime, owner, "4.4.7")
    assert [bounce.is_permanent for bounce in bounces_of(runtime, owner)] == [False]
    assert run() == SweepResult(sent=1)
    tomorrow()
    assert run() == SweepResult(sent=1)


def test_a_report_for_a_person_without_sent_emails_is_ignored(runtime, owner):
    comes_back(runtime, owner)
    assert bounces_of(runtime, owner) == []


def test_a_report_for_an_unknown_address_is_ignored(runtime, owner):
    assert take_report(runtime.units, HEAD, report(ANA)) == 0
    assert take_report(runtime.units, HEAD, b"hello") == 0


@pytest.mark.parametrize("original", ["{xtext}", "hidden@example.org"])
def test_a_recipient_is_found_by_any_address_in_the_report(runtime, run, original, *, owner, case):
    with runtime.units.begin(owner) as uow:
        uow.session.get_one(User, owner.user_id).email = "ana+cases@example.org"
    make_deadline(runtime.units, owner, case, days=1)
    run()
    name = original.format(xtext="ana+2Bcases@example.org")
    text = f"Original-Recipient: rfc822;{name}\n" + ANA.replace("ana@", "ana+cases@")
    mail_id = mails_seen(runtime.units, owner)[-1].id
    assert take_report(runtime.units, HEAD, report(text, message_id(HEAD, mail_id))) == 1
    (bounce,) = bounces_of(runtime, owner)
    assert (bounce.address, bounce.is_permanent) == ("ana+cases@example.org", True)


def test_a_report_that_names_an_email_to_somebody_else_is_ignored(runtime, run, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=1)
    run()
    other = mails_seen(runtime.units, owner)[0]
    assert comes_back(runtime, boss, which=message_id(HEAD, other.id)) == 0
    assert bounces_of(runtime, boss) == []


@pytest.mark.parametrize("which", ["", message_id(HEAD, UUID(int=1)), "<of-a-relay@mx.example.org>"])
def test_an_unmatched_report_is_escalated_and_stops_no_email(runtime, run, tomorrow, which, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=1)
    run()
    assert comes_back(runtime, owner, which=which) == 1
    assert escalated_to(runtime, boss) == ["waiting"]
    assert [bounce.is_permanent for bounce in bounces_of(runtime, owner)] == [False]
    run()
    tomorrow()
    assert run() == SweepResult(sent=1)


def test_only_the_reminders_of_the_bounced_email_are_escalated(runtime, run, tomorrow, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=2)
    run()
    first = mails_seen(runtime.units, owner)[0]
    tomorrow()
    run()
    assert comes_back(runtime, owner, which=message_id(HEAD, first.id)) == 1
    assert escalated_to(runtime, boss) == ["waiting"]


def test_old_reminders_are_not_escalated(runtime, run, noon, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=7)
    run()
    noon.move_to(now() + timedelta(days=8))
    comes_back(runtime, owner, which="<of-a-relay@mx.example.org>")
    assert escalated_to(runtime, boss) == []
    comes_back(runtime, owner)
    assert escalated_to(runtime, boss) == ["waiting"], "servers try for five days and longer before they write back"
    noon.move_to(now() + timedelta(days=15))
    assert comes_back(runtime, owner) == 0


def test_while_mails_are_held_nothing_is_written_and_then_one_digest_leaves(runtime, sink, run, noon, *, owner, case):
    make_deadline(runtime.units, owner, case, days=7)
    for _ in range(3):
        assert run(is_held=True) == SweepResult()
        noon.shift(timedelta(days=1))
    assert mails_seen(runtime.units, owner) == []
    assert run() == SweepResult(sent=1)
    assert run() == SweepResult()
