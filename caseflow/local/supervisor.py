"""Start programs stage by stage, restart what dies, stop all in reverse order on one signal.

No signal handlers: the signals are blocked and waited for (`sigtimedwait`), so nothing is ever interrupted half-way and no
state is touched from inside a handler. When the supervisor itself is killed, the kernel ends the children (`launch.py`).
"""

import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from caseflow.errors import CaseflowError
from caseflow.local import process
from caseflow.local.account import Account
from caseflow.local.logs import Follower, Terminal

STOP_SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
READY_POLL_SECONDS = 0.05
WATCH_SECONDS = 1.0
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0  # seconds before a dead program is restarted, doubling
CALM_SECONDS = 60.0  # after running for so long, the pause starts from the first value again


@dataclass(frozen=True)
class Program:
    """One process of the stack."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    account: Account | None = None
    is_ready: Callable[[], bool] | None = None  # checks whether it answers; or
    ready_line: str | None = None  # the output that means it is ready
    before: Callable[[], None] | None = None  # tidies up before every start
    runs_once: bool = False  # it does its work and ends; the next stage waits for that
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 15
    start_seconds: float = 180  # only ends a hang: programs of one stage share the processors


class StopAsked(Exception):
    """A signal asks to stop everything."""


class Supervisor:
    """Runs the programs until a signal stops it. Use it from the main thread."""

    def __init__(self, stages: Sequence[Sequence[Program]], logs: Path, terminal: Terminal) -> None:
        """Take the programs in stages: those of one start together, and the next stage waits until all are ready."""
        self._stages = [[_Child(program, logs, terminal) for program in stage] for stage in stages]
        self._children = [child for stage in self._stages for child in stage]
        self._terminal = terminal

    def run(self, when_ready: Callable[[], None]) -> None:
        """Start everything, call `when_ready`, watch; return when all has stopped."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _watched())
        try:
            for stage in self._stages:
                self._start_stage(stage)
            when_ready()
            while True:
                _wait(WATCH_SECONDS if all(child.settled for child in self._children) else READY_POLL_SECONDS)
                for child in self._children:
                    child.restart_if_dead()
        except StopAsked:
            self._terminal.write("\nStopping ...\n")
        finally:
            for child in reversed(self._children):
                child.stop()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self._terminal.write("Everything has stopped.\n")

    def _start_stage(self, stage: Sequence["_Child"]) -> None:
        for child in stage:
            child.start()
        while waited_for := [child for child in stage if not child.is_ready_now()]:
            for child in stage:  # also one that was ready and died while the others still start
                child.refuse_if_dead()
            for child in waited_for:
                child.refuse_if_late()
            _wait(READY_POLL_SECONDS)


class _Child:
    """A program and the process that runs it now."""

    def __init__(self, program: Program, logs: Path, terminal: Terminal) -> None:
        self.program = program
        self._logs = logs
        self._terminal = terminal
        self._process: process.Running | None = None
        self._follower: Follower | None = None
        self._said_ready = False
        self._ready = False
        self._started = 0.0
        self._deaths = 0
        self._start_again: float | None = None

    @property
    def settled(self) -> bool:
        """Return whether there is nothing to wait for: it runs and answers, or its work is done."""
        return self._ready and self._start_again is None

    def start(self) -> None:
        if self.program.before is not None:
            self.program.before()
        self._said_ready = self._ready = False
        self._start_again = None
        self._started = time.monotonic()
        self._process = process.start(
            self.program.command,
            account=self.program.account,
            folder=self.program.folder,
            environment=self.program.environment,
            last_signal=self.program.stop_signal,
        )
        self._follower = Follower(self.program.name, self._process, self._logs, self._terminal, self._hear)
        self._follower.start()

    def is_ready_now(self) -> bool:
        """Return whether it answers (or, for one that runs once, has done its work)."""
        if not self._ready:
            if self.program.runs_once:
                self._ready = self._process is not None and self._process.poll() == 0
            elif self.program.is_ready is not None:
                self._ready = self.program.is_ready()
            else:
                self._ready = self._said_ready
        return self._ready

    def refuse_if_dead(self) -> None:
        """Raise with its last output when it ended during the start."""
        if (
            self._process is None
            or (status := self._process.poll()) is None
            or (self.program.runs_once and status == 0)
        ):
            return
        last = ""
        if self._follower is not None:
            self._follower.join(timeout=2)
            last = "\n".join(f"  {line}" for line in self._follower.last)
        raise CaseflowError(f"{self.program.name} {_how(status)} while starting. Its last words:\n{last}")

    def refuse_if_late(self) -> None:
        """Raise when it did not answer in time."""
        if time.monotonic() - self._started > self.program.start_seconds:
            raise CaseflowError(f"{self.program.name} did not answer within {self.program.start_seconds:.0f} seconds.")

    def restart_if_dead(self) -> None:
        """Restart it when it died, after a longer pause each time; report when it answers again."""
        now = time.monotonic()
        if self.program.runs_once or self._process is None:
            return
        if self._start_again is not None:
            if now >= self._start_again:
                self.start()
            return
        status = self._process.poll()
        if status is None:
            self._check_answer(now)
            return
        process.kill_group(self._process)
        self._deaths = 1 if now - self._started > CALM_SECONDS else self._deaths + 1
        pause = min(FIRST_PAUSE * 2 ** (self._deaths - 1), LONGEST_PAUSE)
        self._start_again = now + pause
        self._terminal.say(self.program.name, f"{_how(status)}; it is started again in {pause:.1f} s")

    def _check_answer(self, now: float) -> None:
        if self._ready:
            return
        if self.is_ready_now():
            self._terminal.say(self.program.name, "is back")
        elif now - self._started > self.program.start_seconds:
            self._terminal.say(self.program.name, "does not answer; it is ended")
            process.kill_group(self._process_now)

    @property
    def _process_now(self) -> process.Running:
        assert self._process is not None
        return self._process

    def stop(self) -> None:
        """Ask it to stop; kill it when it does not in time, or on a second Ctrl-C."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(self.program.stop_signal)
            deadline = time.monotonic() + self.program.stop_seconds
            try:
                while self._process.poll() is None and time.monotonic() < deadline:
                    _wait(READY_POLL_SECONDS)
            except StopAsked:
                self._terminal.say(self.program.name, "is ended at once")
        process.kill_group(self._process)
        self._process.wait()
        if self._follower is not None:
            self._follower.join(timeout=2)

    def _hear(self, line: str) -> None:
        if self.program.ready_line is not None and self.program.ready_line in line:
            self._said_ready = True


def _watched() -> set[signal.Signals]:
    """Return all signals to wait for. Started with `nohup`, a closed terminal is ignored."""
    nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return {signal.SIGCHLD, *STOP_SIGNALS} - ({signal.SIGHUP} if nohup else set())


def _wait(seconds: float) -> None:
    """Sleep until a child ends, a signal asks to stop, or the time is over."""
    arrived = signal.sigtimedwait(_watched(), seconds)
    if arrived is not None and arrived.si_signo in STOP_SIGNALS:
        raise StopAsked


def _how(status: int) -> str:
    return f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
