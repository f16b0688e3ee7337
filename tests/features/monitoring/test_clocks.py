"""A clock that jumps, is ahead and is put right, or is not that of the database, raises an alarm."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine

from caseflow import clock
from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import JumpingClock, now
from caseflow.features.monitoring.queries import ProcessStatus, alarms
from caseflow.features.monitoring.service import beat, check_clock
from caseflow.features.monitoring.status import StatusCache, is_late
from caseflow.models import AlarmKind, Role
from tests.factories import make_actor, make_section
from worker import heartbeat

WATCH = JobActor(SystemRole.MONITOR)
NO_JUMP = timedelta(0)


@pytest.fixture
def admin(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.ADMINISTRATOR))


def beats(runtime, *, jump: timedelta = NO_JUMP) -> None:
    for name in ("worker", "beat"):
        with runtime.units.begin(WATCH) as uow:
            check_clock(uow, name, jump)
            beat(uow, name)


def raised(runtime) -> list[tuple[AlarmKind, int]]:
    with runtime.units.begin(WATCH) as uow:
        return [(alarm.kind, alarm.number) for alarm in alarms(uow, now() - timedelta(days=9999), 9)]


def test_a_right_clock_raises_nothing(runtime, pages):
    beats(runtime)
    beats(runtime, jump=timedelta(milliseconds=300))
    assert raised(runtime) == []
    assert pages().get("/health").answer.json["clock_difference_seconds"] == 0


@pytest.mark.parametrize("jump", [timedelta(hours=2), timedelta(hours=-2), timedelta(days=30_000)])
def test_a_jump_raises_one_alarm_that_administrators_close(app, runtime, pages, admin, jump):
    beats(runtime, jump=jump)
    beats(runtime)
    assert raised(runtime) == [(AlarmKind.CLOCK, min(abs(int(jump.total_seconds())), 2**31 - 1))]
    assert pages().get("/health", status=503).answer.json["open_alarms"] == 1
    app.extensions["caseflow.status_cache"] = StatusCache(runtime.units, startup_seconds=0, refresh_seconds=0)
    assert "The clock of a server jumped" in pages(admin).get("/account").words
    page = pages(admin).get("/admin/mails")
    assert "differed from the database's by" in page.words
    assert "Marked as checked" in pages(admin).send(page).words
    assert "clock" not in pages(admin).get("/account").words
    assert pages().get("/health").answer.json["is_well"]


def test_a_clock_that_is_not_that_of_the_database_raises_an_alarm_and_is_not_well(runtime, pages):
    with time_machine.travel(now() + timedelta(minutes=10)):
        beats(runtime)
        answer = pages().get("/health", status=503).answer.json
        assert 590 <= answer["clock_difference_seconds"] <= 700
    assert raised(runtime)[0][0] is AlarmKind.CLOCK


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(days=400)])
def test_a_clock_that_was_ahead_before_a_restart_raises_an_alarm(runtime, ahead):
    with time_machine.travel(now() + ahead, tick=False), runtime.units.begin(WATCH) as uow:
        beat(uow, "worker")
    beats(runtime)
    kind, number = raised(runtime)[0]
    assert kind is AlarmKind.CLOCK
    assert abs(number - ahead.total_seconds()) < 60


def test_a_heartbeat_of_the_future_does_not_hide_that_nothing_runs(runtime, pages):
    with time_machine.travel(now() + timedelta(days=3), tick=False):
        for name in ("worker", "beat"):
            with runtime.units.begin(WATCH) as uow:
                beat(uow, name)
    answer = pages().get("/health", status=503).answer.json
    assert (answer["worker_seconds"], answer["beat_seconds"]) == (None, None)
    at = now()
    assert is_late(ProcessStatus(at + timedelta(days=3), at, None), at)


def test_a_set_clock_is_noticed_and_a_running_one_is_not(monkeypatch):
    moment, since_start = now(), 500.0
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(clock, "_since_start", lambda: since_start)
    watch = JumpingClock()
    assert watch.jump() == NO_JUMP
    moment, since_start = moment + timedelta(seconds=10), since_start + 10
    assert abs(watch.jump()) < timedelta(milliseconds=1)
    moment, since_start = moment + timedelta(hours=3, seconds=10), since_start + 10
    assert abs(watch.jump() - timedelta(hours=3)) < timedelta(milliseconds=1)
    moment, since_start = moment - timedelta(hours=3) + timedelta(seconds=10), since_start + 10
    assert abs(watch.jump() + timedelta(hours=3)) < timedelta(milliseconds=1)


@pytest.mark.commits
def test_worker_and_beat_check_their_clock_with_every_heartbeat(runtime, monkeypatch):
    write = heartbeat.HeartbeatWriter(SimpleNamespace(caseflow_settings=runtime.settings), "worker")
    monkeypatch.setattr(heartbeat, "EVERY_SECONDS", 0.0)
    write()
    assert raised(runtime) == []
    monkeypatch.setattr(clock, "_since_start", lambda: -3600.0)
    write()
    assert raised(runtime)[0][0] is AlarmKind.CLOCK
