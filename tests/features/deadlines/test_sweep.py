"""What is due is sent once, to who may still know, whatever happens in between."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
import time_machine

from caseflow.clock import now
from caseflow.features.deadlines import outbox
from caseflow.features.deadlines.service import complete
from caseflow.features.deadlines.sweep import SWEEPER, SweepResult, sweep
from caseflow.models import Role, Stage, User
from caseflow.outbound.mail import Letterhead, SmtpMailer
from tests.factories import alter_case, end_roles, make_actor, make_case, make_deadline, make_section, reminders_seen
from tests.outbound.sink import Sink

HEAD = Letterhead("caseflow@example.org", "https://cases.example.org")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as running:
        yield running


@pytest.fixture
def run(runtime, sink: Sink):
    return lambda **options: sweep(runtime.units, SmtpMailer("127.0.0.1", sink.port, tls="none"), HEAD, **options)


def statuses(runtime, by) -> dict[int, str]:
    return {row.threshold: row.status.value for row in reminders_seen(runtime.units, by)}


def test_what_is_due_is_sent_and_says_nothing(runtime, sink, run, owner, case):
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


def test_the_same_words_go_to_everybody(runtime, sink, run):
    for code in ("ES", "EC"):
        person = make_actor(runtime.units, (make_section(runtime.units, code), Role.CASEWORKER))
        make_deadline(runtime.units, person, make_case(runtime.units, person), days=1)
    run()
    assert len({mail.get_payload() for mail in sink.mails}) == 1
    assert len(sink.ids) == 2


def test_after_a_stop_only_the_most_urgent_is_sent(runtime, sink, run, owner, case):
    make_deadline(runtime.units, owner, case, days=20)
    with time_machine.travel(now() + timedelta(days=20)):
        run()
        assert statuses(runtime, owner) == {7: "superseded", 1: "superseded", 0: "sent", -1: "waiting"}
    assert len(sink.mails) == 1


def test_who_may_no_longer_see_the_case_is_not_reminded(runtime, sink, run, *, section, owner, case):
    watcher = make_actor(runtime.units, (section, Role.CASEWORKER))
    make_deadline(runtime.units, owner, case, days=0)
    end_roles(runtime.units, owner)
    assert run() == SweepResult(cancelled=1)
    assert [row.reason for row in reminders_seen(runtime.units, watcher) if row.threshold == 0] == [
        "the recipient may no longer see the case"
    ]
    assert sink.mails == []


def test_what_is_done_or_moved_between_claim_and_sending_is_not_sent(runtime, owner, case):
    deadline = make_deadline(runtime.units, owner, case, days=0)
    with runtime.units.begin(SWEEPER) as uow:
        claimed = outbox.claim_next(uow, now())
    assert claimed
    with runtime.units.begin(owner) as uow:
        complete(uow, deadline.id, deadline.version, "done by phone")
    with runtime.units.begin(owner) as uow:
        assert outbox.recheck(uow, claimed) == "the deadline is done"


def test_nothing_is_sent_of_a_case_that_has_ended(runtime, sink, run, owner, case):
    make_deadline(runtime.units, owner, case, days=0)
    alter_case(runtime.units, owner, case, stage=Stage.CLOSED)
    run()
    assert statuses(runtime, owner)[0] == "cancelled"


def test_a_refused_address_fails_and_the_others_go_out(runtime, sink, run, owner, case):
    make_deadline(runtime.units, owner, case, days=0)
    other = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    make_deadline(runtime.units, other, make_case(runtime.units, other), days=0)
    with runtime.units.begin(owner) as uow:
        address_of_owner = uow.session.get_one(User, owner.user_id).email
    sink.answer = lambda address: "550 no such user" if address == address_of_owner else ""
    result = run()
    assert (result.sent, result.failed) == (1, 1)
    (failed,) = [row for row in reminders_seen(runtime.units, owner) if row.status.value == "failed"]
    assert failed.reason == "refused 550"


def test_a_mail_put_off_is_tried_again_later_and_given_up_after_two_days(runtime, sink, run, owner, case):
    sink.answer = lambda _address: "451 try later"
    with time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC), tick=False) as clock:
        make_deadline(runtime.units, owner, case, days=30)
        clock.shift(timedelta(days=31))
        began, waits = now(), []
        while run().put_off:
            assert run() == SweepResult()  # not before its time
            lease = next(row.lease_until for row in reminders_seen(runtime.units, owner) if row.lease_until)
            waits.append(lease - now())
            clock.move_to(lease)
        passed = now() - began
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert waits[-1] == timedelta(hours=6)
    assert timedelta(days=2) <= passed < timedelta(days=2, hours=6)
    assert "failed" in statuses(runtime, owner).values()


def test_without_a_server_everything_waits_and_goes_out_when_it_is_back(runtime, owner, case):
    for _ in range(5):
        make_deadline(runtime.units, owner, case, days=0)
    with Sink() as gone:
        port = gone.port
    assert sweep(runtime.units, SmtpMailer("127.0.0.1", port, tls="none"), HEAD) == SweepResult(is_server_lost=True)
    assert {(row.status.value, row.attempts, row.lease_until) for row in reminders_seen(runtime.units, owner)} == {
        ("waiting", 0, None)
    }
    with Sink(port) as back:
        assert sweep(runtime.units, SmtpMailer("127.0.0.1", port, tls="none"), HEAD).sent == 5
        assert len(back.ids) == 5


def test_the_lease_of_a_dead_sweep_is_taken_over(runtime, sink, run, owner, case):
    make_deadline(runtime.units, owner, case, days=0)
    with runtime.units.begin(SWEEPER) as uow:
        assert outbox.claim_next(uow, now())
    assert run() == SweepResult()
    with time_machine.travel(now() + outbox.LEASE + timedelta(seconds=1)):
        assert run() == SweepResult(sent=1)


@pytest.mark.commits
def test_four_sweeps_at_once_send_each_once(runtime, sink, run, owner, case):
    for _ in range(60):
        make_deadline(runtime.units, owner, case, days=0)
    results: list[SweepResult] = []
    threads = [Thread(target=lambda: results.append(run(most_seconds=60))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(result.sent for result in results) == 60
    assert set(sink.ids.values()) == {1}
    assert len(sink.ids) == 60
