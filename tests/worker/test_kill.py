"""A thousand due reminders survive killed processes: all arrive, and none is marked sent that was not accepted."""

import pytest

from tests.local.waiting import until
from tests.outbound.sink import Sink
from tests.worker.processes import Fleet, until_all_sent

pytestmark = [pytest.mark.commits, pytest.mark.servers, pytest.mark.slow]


def everything_arrived(processes: Fleet, sink: Sink, number: int) -> None:
    marked = processes.ids_marked_sent()
    repeats = len(sink.mails) - len(sink.ids)
    print(  # noqa: T201 - the figure is wanted in the report of the run
        f"{number} due: {len(sink.ids)} arrived, {repeats} handed over twice with the same Message-ID"
    )
    assert len(sink.ids) == number
    assert marked == set(sink.ids)
    until(lambda: processes.reminders_sent() == number, "what a killed sweep sent is noted by the next")


def test_a_worker_killed_again_and_again(processes: Fleet, sink: Sink, thousand_due: int):
    sink.seconds_per_mail = 0.002
    processes.start_redis()
    for arrived in (100, 350, 600):
        processes.start_worker()
        processes.send_remind_job()
        processes.send_remind_job()
        until(lambda arrived=arrived: len(sink.mails) >= arrived, f"{arrived} mails, then the kill")
        processes.kill("worker")
        assert processes.ids_marked_sent() <= set(sink.ids)
        processes.expire_leases()
    assert len(sink.ids) < thousand_due
    processes.start_worker()
    processes.send_remind_job()
    until_all_sent(processes, sink, thousand_due)
    everything_arrived(processes, sink, thousand_due)


def test_redis_killed_and_emptied_under_worker_and_beat(processes: Fleet, sink: Sink, thousand_due: int):
    sink.seconds_per_mail = 0.002
    processes.start_redis()
    processes.start_worker()
    processes.start_beat()
    until(lambda: len(sink.mails) >= 10, "ten mails, then the kill of Redis")
    processes.kill("redis")
    processes.empty_redis()
    at_death = len(sink.mails)
    until(lambda: len(sink.mails) >= at_death + 20, "a sweep goes on without Redis")
    processes.kill("worker")
    assert processes.ids_marked_sent() <= set(sink.ids)
    assert len(sink.ids) < thousand_due
    processes.start_worker()
    processes.start_redis()
    until_all_sent(processes, sink, thousand_due)
    everything_arrived(processes, sink, thousand_due)


def test_worker_and_beat_come_back_by_themselves_when_redis_is_back(processes: Fleet, sink: Sink, thousand_due: int):
    processes.start_redis()
    processes.start_worker()
    processes.start_beat()
    until(lambda: len(sink.mails) >= 10, "ten mails, then the kill of Redis")
    processes.kill("redis")
    processes.empty_redis()
    until(lambda: "Connection to broker lost" in processes.log("worker"), "the worker misses Redis")
    processes.start_redis()
    until_all_sent(processes, sink, thousand_due)
    everything_arrived(processes, sink, thousand_due)
    assert all(running.poll() is None for running in processes.running.values()), "nobody had to start them again"


def test_a_dead_worker_and_a_dead_beat_are_noticed_separately(processes: Fleet):
    processes.start_redis()
    processes.start_worker()
    until(lambda: processes.was_seen("worker"), "the worker's sign of life")
    assert not processes.was_seen("beat")
    processes.start_beat()
    until(lambda: processes.was_seen("beat"), "the beat's sign of life")
    processes.kill("beat")
    at_death = processes.last_seen("worker")
    until(lambda: processes.last_seen("worker") != at_death, "the worker lives on")
    assert processes.last_seen("beat") < processes.last_seen("worker")
