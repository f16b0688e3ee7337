"""Who leaves is told nothing more, from that moment on; the section is, and the night finds what a hint should have done."""

from datetime import timedelta

import pytest
import time_machine

from caseflow.clock import now
from caseflow.features.deadlines.commands import RenewalScope
from caseflow.features.deadlines.renewal import arguments_of, renew_scope, scope_of
from caseflow.features.reminders.sweep import sweep
from caseflow.jobs import Job
from caseflow.models import DeadlineKind, Membership, Role
from caseflow.outbound.mail import Letterhead, SmtpMailer
from tests.factories import (
    alter_case,
    deadlines_seen,
    end_roles,
    make_actor,
    make_case,
    make_deadline,
    reminders_seen,
)
from tests.factories.people import ADMINISTRATION
from tests.outbound.sink import Sink

HEAD = Letterhead("caseflow@example.org", "https://cases.example.org")


@pytest.fixture
def boss(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


def waiting_for(runtime, by):
    return {row.recipient_id for row in reminders_seen(runtime.units, by) if row.status.value == "waiting"}


def renew_asked(runtime, sent_jobs):
    for job, arguments in sent_jobs:
        if job is Job.RENEW:
            renew_scope(runtime.units, scope_of(arguments))
    sent_jobs.clear()


def test_what_was_due_of_who_left_goes_to_the_queue_of_the_section_at_once(runtime, sent_jobs, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    assert waiting_for(runtime, boss) == {owner.user_id, boss.user_id}
    sent_jobs.clear()
    end_roles(runtime.units, owner)
    assert sent_jobs == [(Job.RENEW, {"section": str(case.section_id), "user": str(owner.user_id)})]
    renew_asked(runtime, sent_jobs)
    assert waiting_for(runtime, boss) == {boss.user_id}
    assert [row.responsible_id for row in deadlines_seen(runtime.units, boss)] == [None]


def test_nothing_more_is_sent_to_who_left_even_before_the_job_ran(runtime, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=3)
    left_at = now()
    end_roles(runtime.units, owner)
    with Sink() as sink, time_machine.travel(now() + timedelta(days=1)):
        sweep(runtime.units, SmtpMailer("127.0.0.1", sink.port, tls="none"), HEAD)
        sweep(runtime.units, SmtpMailer("127.0.0.1", sink.port, tls="none"), HEAD)
    rows = reminders_seen(runtime.units, boss)
    assert not [row for row in rows if row.recipient_id == owner.user_id and row.sent_at and row.sent_at >= left_at]
    assert [row.cause.value for row in rows if row.recipient_id == boss.user_id and row.status.value == "sent"] == [
        "handed_on"
    ]


def test_whatever_changes_the_case_afterwards_plans_nothing_for_who_left(runtime, owner, boss, case):
    end_roles(runtime.units, owner)
    make_deadline(runtime.units, boss, case, days=30)
    assert waiting_for(runtime, boss) == {boss.user_id}
    assert [row.responsible_id for row in deadlines_seen(runtime.units, boss)] == [None]


def test_who_comes_back_is_told_again_of_what_they_still_own(runtime, sent_jobs, section, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    end_roles(runtime.units, owner)
    renew_asked(runtime, sent_jobs)
    with runtime.units.begin(ADMINISTRATION) as uow:
        uow.session.add(Membership(user_id=owner.user_id, section_id=section.id, role=Role.CASEWORKER))
    renew_scope(runtime.units, RenewalScope(section_id=section.id, user_id=owner.user_id))
    assert owner.user_id in waiting_for(runtime, boss)


def test_a_new_coordinator_hears_of_what_is_left_undone(runtime, sent_jobs, section, *, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    sent_jobs.clear()
    another = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    renew_asked(runtime, sent_jobs)
    assert another.user_id in waiting_for(runtime, boss)


def test_the_night_does_what_a_lost_hint_should_have_done_and_then_nothing_for_a_day(runtime, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    end_roles(runtime.units, owner)
    first = renew_scope(runtime.units, RenewalScope())
    assert (first.handed, first.reminders > 0) == (1, True)
    make_deadline(runtime.units, boss, make_case(runtime.units, boss), days=9)
    assert renew_scope(runtime.units, RenewalScope()).reminders == 0
    with time_machine.travel(now() + timedelta(hours=21)):
        again = renew_scope(runtime.units, RenewalScope())
    assert (again.handed, again.reminders) == (0, 0), "nothing was changed, so nothing is to be mended"


def test_a_long_pass_is_cut_short_and_goes_on_where_it_stopped(runtime, monkeypatch, owner, boss):
    monkeypatch.setattr("caseflow.features.deadlines.renewal.BATCH", 2)
    for _ in range(5):
        make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=30)
    end_roles(runtime.units, owner)
    rounds, rest = 0, RenewalScope()
    while rest is not None:
        rest = renew_scope(runtime.units, scope_of(arguments_of(rest)), most_seconds=0).rest
        rounds += 1
    assert rounds == 4
    assert waiting_for(runtime, boss) == {boss.user_id}


def test_a_case_that_has_ended_is_left_alone(runtime, owner, boss, case):
    make_deadline(runtime.units, owner, case, days=30)
    alter_case(runtime.units, owner, case, stage="closed")
    end_roles(runtime.units, owner)
    assert renew_scope(runtime.units, RenewalScope(kind=DeadlineKind.MANUAL)).handed == 0


def test_a_batch_of_many_takes_as_many_statements_as_one_of_few(runtime, database, owner, section):
    from sqlalchemy import event  # noqa: PLC0415 - used here alone

    def statements():
        seen = []
        listener = lambda *given: seen.append(given[2])  # noqa: E731 - one line of a listener
        event.listen(database.engine, "before_cursor_execute", listener)
        renew_scope(runtime.units, RenewalScope(section_id=section.id))
        event.remove(database.engine, "before_cursor_execute", listener)
        return len(seen)

    make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=30)
    few = statements()
    for _ in range(6):
        make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=30)
    assert statements() == few
