"""The supervisor with real processes: order, restarts, stop by one signal."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local.waiting import HANG_SECONDS, is_alive, until

pytestmark = pytest.mark.servers
ROOT = Path(__file__).resolve().parents[2]


class Stack:
    def __init__(self, folder: Path, stages: list[str]) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.local.supervised", folder, *stages],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def events(self) -> list[str]:
        path = self.folder / "events"
        return path.read_text().splitlines() if path.exists() else []

    def pid(self, name: str) -> int:
        return int((self.folder / f"{name}.pid").read_text())

    def wait_ready(self) -> "Stack":
        until(lambda: "all ready" in self.events(), "everything is ready")
        return self

    def finish(self, how: signal.Signals | None = None) -> tuple[int, str]:
        if how is not None:
            self.process.send_signal(how)
        output, _ = self.process.communicate(timeout=HANG_SECONDS)
        return self.process.returncode, output


@pytest.fixture
def stack(tmp_path):
    started = []

    def start(*stages: str) -> Stack:
        started.append(Stack(tmp_path, list(stages)))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_starts_in_order_and_stops_in_reverse_on_one_signal(stack, how):
    running = stack("plain", "once", "plain").wait_ready()
    pids = [running.pid("0-plain"), running.pid("2-plain")]
    status, output = running.finish(how)
    assert running.events() == [
        "0-plain started",
        "1-once done",
        "2-plain started",
        "all ready",
        "2-plain stopped",
        "0-plain stopped",
    ]
    assert status == 0
    assert "Everything has stopped." in output
    assert not any(map(is_alive, pids))


def test_a_dead_program_is_restarted(stack):
    running = stack("plain", "plain").wait_ready()
    first, other = running.pid("0-plain"), running.pid("1-plain")
    os.kill(first, signal.SIGKILL)
    until(lambda: running.pid("0-plain") != first, "a new process of the first program")
    assert running.pid("1-plain") == other
    until(lambda: running.events().count("0-plain started") == 2, "the new one has started")
    status, output = running.finish(signal.SIGTERM)
    assert status == 0
    assert "was ended by SIGKILL; it is started again" in output


def test_a_program_that_dies_repeatedly_is_restarted_with_growing_delays(stack):
    running = stack("plain").wait_ready()
    for deaths in (1, 2, 3):
        pid = running.pid("0-plain")
        os.kill(pid, signal.SIGKILL)
        until(lambda pid=pid: running.pid("0-plain") != pid, f"start after death {deaths}")
    _, output = running.finish(signal.SIGTERM)
    assert [line.split()[-2] for line in output.splitlines() if "started again" in line] == ["0.2", "0.4", "0.8"]


def test_no_program_survives_a_killed_supervisor(stack):
    running = stack("plain", "plain").wait_ready()
    pids = [running.pid("0-plain"), running.pid("1-plain")]
    running.process.kill()
    until(lambda: not any(map(is_alive, pids)), "the children end with their supervisor")


def test_a_failed_start_prints_the_last_output_and_stops_the_rest(stack):
    running = stack("plain", "broken", "plain")
    status, output = running.finish()
    assert status == 1
    assert "1-broken ended with status 3 while starting" in output
    assert "the disk is full" in output
    assert running.events() == ["0-plain started", "0-plain stopped"]


def test_programs_of_one_stage_start_together_and_the_next_stage_waits_for_all(stack):
    running = stack("partner+partner+partner", "plain").wait_ready()
    events = running.events()
    assert set(events[:3]) == {"0-partner started", "1-partner started", "2-partner started"}
    assert events[3:] == ["3-plain started", "all ready"]
    status, _ = running.finish(signal.SIGTERM)
    assert status == 0
    assert running.events()[5:] == ["3-plain stopped", "2-partner stopped", "1-partner stopped", "0-partner stopped"]


@pytest.mark.parametrize(
    ("stage", "dead"),
    [
        ("breaking+silent+silent", "1-breaking"),
        ("silent+breaking+plain", "2-breaking"),
        ("plain+silent+breaking", "3-breaking"),
    ],
)
def test_one_that_dies_while_others_of_its_stage_start_is_named_and_all_are_stopped(stack, stage, dead):
    running = stack("plain", stage, "plain")
    status, output = running.finish()
    assert status == 1
    assert f"{dead} ended with status 3 while starting. Its last words:\n  the disk is full" in output
    assert "all ready" not in running.events()
    assert not list(running.folder.glob("4-*"))
    stopped = [event for event in running.events() if event.endswith(" stopped")]
    survivors = [name for name in ("3", "2", "1") if not dead.startswith(name)]
    assert [event[0] for event in stopped] == [*survivors, "0"]
    assert not any(is_alive(int(path.read_text())) for path in running.folder.glob("*.pid"))


def test_one_that_is_ready_and_dies_while_others_of_its_stage_start_is_named(stack):
    running = stack("plain+silent")
    until(lambda: {"0-plain started", "1-silent started"} <= set(running.events()), "both have started")
    os.kill(running.pid("0-plain"), signal.SIGKILL)
    status, output = running.finish()
    assert status == 1
    assert "0-plain was ended by SIGKILL while starting" in output
    assert not is_alive(running.pid("1-silent"))


def test_a_signal_during_the_start_stops_what_has_started(stack):
    running = stack("plain", "deaf")
    until(lambda: "1-deaf started" in running.events(), "both have started")
    assert running.finish(signal.SIGINT)[0] == 0
    assert not is_alive(running.pid("0-plain"))


def test_a_program_that_ignores_the_signal_is_killed(stack):
    running = stack("deaf").wait_ready()
    pid = running.pid("0-deaf")
    assert running.finish(signal.SIGTERM)[0] == 0
    assert not is_alive(pid)


def test_the_children_of_a_program_are_stopped_with_it(stack):
    running = stack("parent").wait_ready()
    grandchild = int((running.folder / "grandchild.pid").read_text())
    assert is_alive(grandchild)
    running.finish(signal.SIGTERM)
    until(lambda: not is_alive(grandchild), "the grandchild has ended")


def test_each_program_has_a_log_of_its_own(stack):
    running = stack("plain").wait_ready()
    _, output = running.finish(signal.SIGTERM)
    assert "0-plain  | 0-plain is ready" in output
    assert (running.folder / "0-plain.log").read_text() == "0-plain is ready\n"
