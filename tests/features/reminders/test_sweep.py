"""What is due is sent once, and only to people who may still see it, whatever fails in between."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from caseflow.access import PersonActor
from caseflow.clock import now, today
from caseflow.features.deadlines.service import complete
from caseflow.features.reminders import outbox, queries
from caseflow.features.reminders.digests import write_at_once
from caseflow.features.reminders.sweep import SWEEPER, SweepResult, sweep
from caseflow.models import Absence, Confidentiality, MailStatus, Role, Stage, User
from caseflow.outbound.mail import SmtpMailer
from tests.factories import (
    alter_case,
    clock,
    end_roles,
    in_days,
    mails_seen,
    make_actor,
    make_case,
    make_deadline,
    make_due_mails,
    make_section,
    reminders_seen,
    set_clocks,
)
from tests.features.reminders.conftest import HEAD
from tests.outbound.sink import Sink


def statuses(runtime, by) -> dict[int, str]:
    return {row.threshold: row.status.value for row in reminders_seen(runtime.units, by)}


def address_of(runtime, person: PersonActor) -> str:
    with runtime.units.begin(person) as uow:
        return uow.session.get_one(User, person.user_id).email


def test_what_is_due_is_sent_with_the_digest_and_says_nothing(runtime, sink, run, owner, case):
    make_deadline(runtime.units, owner, case, days=3, title="Eviction of the family Canary")
    assert run() == SweepResult(sent=1)
    assert statuses(runtime, owner) == {7: "sent", 1: "waiting", 0: "waiting", -1: "waiting"}
    (mail,) = sink.mails
    words = mail.as_string()
    assert mail["Subject"] == "There is something to look at in caseflow"
    assert "https://cases.example.org/sign-in" in words
    people = (owner.name, owner.memberships[0].section_name)
    secrets = ("Canary", "Water", "X-", case.reference, str(case.id), *people, "Spain")
    assert not [secret for secret in secrets if secret in words]
    assert run() == SweepResult()


def test_a_person_gets_one_digest_a_day_however_much_is_due(runtime, sink, run, tomorrow, *, owner, case):
    for _ in range(30):
        make_deadline(runtime.units, owner, case, days=3)
    assert run() == SweepResult(sent=1)
    make_deadline(runtime.units, owner, case, days=3)
    assert run() == SweepResult(), "it waits for the digest of tomorrow"
    tomorrow()
    assert run() == SweepResult(sent=1)
    assert {row.status.value for row in reminders_seen(runtime.units, owner) if row.threshold == 7} == {"sent"}


def test_a_day_without_anything_due_sends_nothing(run, tomorrow, owner):
    assert run() == SweepResult()
    tomorrow()
    assert run() == SweepResult()


def test_urgent_reminders_are_sent_at_once_in_one_email(runtime, sink, run, owner, case):
    assert run() == SweepResult(), "the digest of today has been"
    set_clocks(runtime.units, owner, case, clock(in_days(2), "one_year:a"), clock(in_days(1), "one_year:b"))
    assert run() == SweepResult(sent=1)
    assert run() == SweepResult()


def test_the_same_words_go_to_everybody(runtime, sink, run):
    for code in ("ES", "EC"):
        person = make_actor(runtime.units, (make_section(runtime.units, code), Role.CASEWORKER))
        make_deadline(runtime.units, person, make_case(runtime.units, person), days=1)
    run()
    assert len({mail.get_payload() for mail in sink.mails}) == 1
    assert len(sink.ids) == 2


def test_after_a_stop_only_the_most_urgent_is_sent(runtime, sink, run, noon, *, owner, case):
    make_deadline(runtime.units, owner, case, days=20)
    noon.shift(timedelta(days=20))
    run()
    assert statuses(runtime, owner) == {7: "superseded", 1: "superseded", 0: "sent", -1: "waiting"}
    assert len(sink.mails) == 1


def test_only_the_most_urgent_of_urgent_reminders_is_sent_after_a_stop(runtime, sink, run, noon, *, owner, case):
    set_clocks(runtime.units, owner, case, clock(in_days(5)))
    noon.shift(timedelta(days=5))
    assert run() == SweepResult(sent=1)
    assert statuses(runtime, owner) == {7: "superseded", 3: "superseded", 1: "superseded", 0: "sent", -1: "waiting"}


@pytest.fixture
def boss(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


def test_coordinators_are_notified_instead_of_a_person_who_may_no_longer_see_the_case(
    runtime, sink, run, *, owner, boss, case
):
    set_clocks(runtime.units, owner, case, clock(in_days(1)))
    end_roles(runtime.units, owner)
    assert run() == SweepResult(cancelled=1)
    found = {(row.threshold, row.recipient_id): row for row in reminders_seen(runtime.units, boss)}
    assert found[1, owner.user_id].reason == "the recipient may no longer see the case"
    assert found[1, boss.user_id].cause.value == "handed_on"
    assert sink.mails == []
    assert run() == SweepResult(sent=1)
    assert run() == SweepResult()


def test_a_reminder_fails_when_nobody_can_be_notified(runtime, run, section, owner, case):
    watcher = make_actor(runtime.units, (section, Role.CASEWORKER))
    set_clocks(runtime.units, owner, case, clock(in_days(1)))
    end_roles(runtime.units, owner)
    assert run() == SweepResult(cancelled=1)
    failed = [row for row in reminders_seen(runtime.units, watcher) if row.status.value == "failed"]
    assert [row.reason for row in failed] == [outbox.NOBODY]


def test_the_substitute_is_notified_while_somebody_is_away(runtime, sink, run, tomorrow, *, section, owner, case):
    deputy = make_actor(runtime.units, (section, Role.CASEWORKER))
    with runtime.units.begin(owner) as uow:
        day = today()
        uow.session.add(
            Absence(user_id=owner.user_id, substitute_id=deputy.user_id, starts_on=day, ends_on=day + timedelta(days=9))
        )
    make_deadline(runtime.units, owner, case, days=1)
    for _ in range(2):
        assert run() == SweepResult(cancelled=1)
        assert run() == SweepResult(sent=1)
        tomorrow()
    found = [row for row in reminders_seen(runtime.units, deputy) if row.recipient_id == deputy.user_id]
    assert {(row.cause.value, row.status.value) for row in found} == {("substitute", "sent")}


def test_what_is_done_or_moved_between_claim_and_sending_is_not_sent(runtime, owner, case):
    set_clocks(runtime.units, owner, case, clock(in_days(1)))
    with runtime.units.begin(SWEEPER) as uow:
        assert write_at_once(uow, now()) == 1
        claimed = outbox.claim_next(uow, now())
    assert claimed
    (due,) = claimed.reminder_ids
    with runtime.units.begin(owner) as uow:
        deadline_id = next(row.deadline_id for row in reminders_seen(runtime.units, owner) if row.id == due)
        complete(uow, deadline_id, 1, "done by phone", is_sure=True)
    with runtime.units.begin(owner) as uow:
        decision = outbox.decide_delivery(uow, claimed)
    assert decision.deliver == ()


def test_nothing_is_sent_of_a_case_that_has_ended(runtime, run, owner, case):
    make_deadline(runtime.units, owner, case, days=0)
    alter_case(runtime.units, owner, case, stage=Stage.CLOSED)
    run()
    assert statuses(runtime, owner)[0] == "cancelled"


def test_a_refused_address_fails_with_a_bounce_and_others_are_sent(runtime, sink, run, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=0)
    other = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    make_deadline(runtime.units, other, make_case(runtime.units, other), days=0)
    own = address_of(runtime, owner)
    sink.answer = lambda address: "550 no such user" if address == own else ""
    result = run()
    assert (result.sent, result.failed) == (1, 1)
    (failed,) = [row for row in mails_seen(runtime.units, owner) if row.status is MailStatus.FAILED]
    assert failed.reason == "refused 550"
    handed_on = [row for row in reminders_seen(runtime.units, boss) if row.cause.value == "handed_on"]
    assert [row.recipient_id for row in handed_on] == [boss.user_id]


def test_a_deferred_email_is_retried_and_fails_after_two_days(runtime, sink, run, noon, *, owner, case):
    sink.answer = lambda _address: "451 try later"
    make_deadline(runtime.units, owner, case, days=7)
    began, waits = now(), []
    while run().deferred:
        lease = next(row.lease_until for row in mails_seen(runtime.units, owner) if row.lease_until)
        waits.append(lease - now())
        noon.move_to(lease)
    passed = now() - began
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert waits[-1] == timedelta(hours=6)
    assert timedelta(days=2) <= passed < timedelta(days=2, hours=6)
    assert statuses(runtime, owner)[7] == "failed"


@pytest.mark.commits
def test_without_a_server_everything_waits_and_goes_out_when_it_is_back(runtime, database, noon, owner, case):
    make_due_mails(database, runtime.units, owner, case, 5)
    with Sink() as gone:
        port = gone.port
    assert sweep(runtime.units, SmtpMailer("127.0.0.1", port, tls="none"), HEAD) == SweepResult(is_server_lost=True)
    with Sink(port) as back:
        assert sweep(runtime.units, SmtpMailer("127.0.0.1", port, tls="none"), HEAD).sent == 4, "the one tried waits"
        noon.shift(outbox.RELEASE_DELAY)
        assert sweep(runtime.units, SmtpMailer("127.0.0.1", port, tls="none"), HEAD).sent == 1
        assert len(back.ids) == 5


@pytest.mark.commits
def test_an_email_that_ends_the_connection_does_not_block_others(runtime, database, sink, run, *, owner, case):
    make_due_mails(database, runtime.units, owner, case, 3)
    with runtime.units.begin(SWEEPER) as uow:
        write_at_once(uow, now())
        first = outbox.claim_next(uow, now())
        outbox.release(uow, first, now() - outbox.RELEASE_DELAY)
    with runtime.units.begin(PersonActor(first.recipient_id, "")) as uow:
        address = uow.session.get_one(User, first.recipient_id).email
    sink.answer = lambda asked: "421 not for this one" if asked == address else ""
    assert run() == SweepResult(is_server_lost=True)
    assert run() == SweepResult(sent=2)


def test_the_lease_of_a_dead_sweep_is_taken_over(runtime, run, noon, owner, case):
    make_deadline(runtime.units, owner, case, days=0)
    with Sink() as gone:
        port = gone.port
    sweep(runtime.units, SmtpMailer("127.0.0.1", port, tls="none"), HEAD)
    noon.shift(outbox.RELEASE_DELAY)
    with runtime.units.begin(SWEEPER) as uow:
        assert outbox.claim_next(uow, now())
    assert run() == SweepResult()
    noon.shift(outbox.LEASE + timedelta(seconds=1))
    assert run() == SweepResult(sent=1)


def test_a_sent_email_is_recorded_when_the_database_is_back(runtime, sink, run, monkeypatch, *, owner, case):
    make_deadline(runtime.units, owner, case, days=0)
    fails, commit = [OperationalError("", {}, Exception())], Session.commit

    def commit_later(session: Session) -> None:
        if sink.mails and fails:
            raise fails.pop()
        commit(session)

    monkeypatch.setattr(Session, "commit", commit_later)
    monkeypatch.setattr("caseflow.features.reminders.sweep.RETRY_SECONDS", (0,))
    assert run() == SweepResult(sent=1)
    assert fails == []
    assert statuses(runtime, owner)[0] == "sent"
    assert run() == SweepResult()
    assert len(sink.mails) == 1


def test_nothing_is_sent_while_the_database_is_unavailable(runtime, sink, run, monkeypatch, *, owner, case):
    make_deadline(runtime.units, owner, case, days=0)
    monkeypatch.setattr(queries, "settle_mail", raising(OperationalError("", {}, Exception())))
    with pytest.raises(OperationalError):
        run()
    assert sink.mails == []


def test_an_email_that_another_sweep_has_leased_is_left_to_it(runtime, sink, run, monkeypatch, *, owner, case):
    """This sweep was paused for longer than its lease, between the decision and the sending."""
    make_deadline(runtime.units, owner, case, days=0)
    decide_delivery, results = outbox.decide_delivery, list[SweepResult]()

    def paused(uow, claimed):
        monkeypatch.setattr(outbox, "decide_delivery", decide_delivery)
        decision = decide_delivery(uow, claimed)
        results.append(run())
        return decision

    monkeypatch.setattr(outbox, "decide_delivery", paused)
    assert run(lease=timedelta()) == SweepResult()
    assert results == [SweepResult(sent=1)]
    assert len(sink.mails) == 1


def test_the_next_sweep_records_what_a_dead_sweep_has_sent(runtime, sink, run, noon, monkeypatch, *, owner, case):
    make_deadline(runtime.units, owner, case, days=0)
    record_notified = queries.record_notified

    def die(uow, mail_ids=None):
        if mail_ids:
            raise KeyboardInterrupt
        record_notified(uow, mail_ids)

    monkeypatch.setattr(queries, "record_notified", die)
    with pytest.raises(KeyboardInterrupt):
        run()
    monkeypatch.setattr(queries, "record_notified", record_notified)
    assert statuses(runtime, owner)[0] == "waiting"
    noon.shift(timedelta(days=2))
    assert run() == SweepResult(sent=1), "by then it is overdue, which causes another reminder"
    (found,) = [row for row in reminders_seen(runtime.units, owner) if row.threshold == 0]
    assert found.status.value == "sent", "and not superseded"
    assert found.sent_at == now() - timedelta(days=2), "when the mail left"
    assert len(sink.mails) == 2


@pytest.mark.commits
def test_a_locked_reminder_is_recorded_later_and_blocks_nobody(runtime, database, sink, run, *, owner, case):
    make_deadline(runtime.units, owner, case, days=0)

    def meanwhile(_address: str) -> str:
        held.execute(text("SELECT id FROM reminder FOR UPDATE"))
        return ""

    with database.as_superuser() as engine, engine.connect() as held:
        sink.answer = meanwhile
        assert run() == SweepResult(sent=1)
        assert statuses(runtime, owner)[0] == "waiting"
        held.rollback()
    assert run() == SweepResult()
    assert statuses(runtime, owner)[0] == "sent"


def test_others_are_notified_of_excluded_reminders_while_the_email_waits_for_its_server(
    runtime, sink, run, *, owner, boss, case
):
    kept = make_case(runtime.units, owner)
    hidden = make_deadline(runtime.units, owner, case, days=0)
    make_deadline(runtime.units, owner, kept, days=0)
    alter_case(runtime.units, boss, case, confidentiality=Confidentiality.SEALED, owner_id=boss.user_id)
    own = address_of(runtime, owner)
    sink.answer = lambda address: "451 later" if address == own else ""
    assert run().deferred == 1
    assert run() == SweepResult(sent=1)
    (mail,) = sink.mails
    assert mail["To"] == address_of(runtime, boss)
    found = [row.deadline_id for row in reminders_seen(runtime.units, boss) if row.status.value == "sent"]
    assert found == [hidden.id]


def raising(error: Exception):
    def fail(*_arguments: object, **_details: object) -> None:
        raise error

    return fail


@pytest.mark.commits
def test_a_slow_server_causes_no_second_sending_and_blocks_nobody(runtime, sink, run, *, owner, case):
    deadline = make_deadline(runtime.units, owner, case, days=0)

    def meanwhile(_address: str) -> str:
        sink.answer = lambda _address: ""
        results.append(run())
        with runtime.units.begin(owner) as uow:
            uow.session.execute(text("SET LOCAL lock_timeout = '1s'"))
            complete(uow, deadline.id, deadline.version, "done")
        return ""

    results: list[SweepResult] = []
    sink.answer = meanwhile
    assert run(lease=timedelta()) == SweepResult(sent=1)
    assert results == [SweepResult()]
    assert len(sink.mails) == 1


@pytest.mark.commits
def test_four_sweeps_at_once_send_each_once(runtime, database, sink, run, *, owner, case):
    make_due_mails(database, runtime.units, owner, case, 60)
    results: list[SweepResult] = []
    threads = [Thread(target=lambda: results.append(run())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(result.sent for result in results) == 60
    assert set(sink.ids.values()) == {1}
    assert len(sink.ids) == 60
