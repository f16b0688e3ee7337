"""A small stack for the tests of the supervisor: `supervised.py <folder> <stage>...`, a stage being `<kind>+<kind>...`.

Each program is a stand-in below. Run as a separate process, because a supervisor uses the main thread and the signals of
its process. Every stand-in writes its process number to `<name>.pid`, and events to `events`.
"""

import os
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

from caseflow.errors import CaseflowError
from caseflow.local.logs import Terminal
from caseflow.local.supervisor import Program, Supervisor
from tests.local.waiting import HANG_SECONDS, until

ROOT = Path(__file__).resolve().parents[2]


def note(event: str) -> None:
    with Path("events").open("a") as events:
        events.write(event + "\n")


def wait_for_stage(names: list[str]) -> None:
    """Wait until these programs have started: never, if the supervisor starts them one after the other."""
    wanted = {f"{name} started" for name in names}
    until(lambda: wanted <= set(Path("events").read_text().splitlines()), f"{names} have started")


def program(folder: Path, name: str, stage: list[str]) -> Program:
    kind = name.partition("-")[2]
    return Program(
        name=name,
        command=[sys.executable, "-m", "tests.local.supervised", "--stand-in", name, *stage],
        folder=folder,
        environment={**os.environ, "PYTHONPATH": str(ROOT)},
        ready_line="is ready",
        runs_once=kind == "once",
        start_seconds=HANG_SECONDS,
        stop_seconds=0.3 if kind == "deaf" else HANG_SECONDS,
    )


def stand_in(name: str, stage: list[str]) -> None:
    kind = name.partition("-")[2]
    if kind == "once":
        note(f"{name} done")
        return
    if kind == "broken":
        sys.stdout.write("the disk is full\n")
        sys.exit(3)

    def leave(*_: object) -> None:
        note(f"{name} stopped")
        sys.exit(0)

    signal.signal(signal.SIGTERM, signal.SIG_IGN if kind == "deaf" else leave)
    if kind == "parent":
        grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        Path("grandchild.pid").write_text(str(grandchild.pid))
    Path(f"{name}.pid.new").write_text(str(os.getpid()))
    Path(f"{name}.pid.new").rename(f"{name}.pid")
    note(f"{name} started")
    if kind in ("partner", "breaking"):
        wait_for_stage(stage)
    if kind == "breaking":
        sys.stdout.write("the disk is full\n")
        sys.exit(3)
    if kind != "silent":
        sys.stdout.write(f"{name} is ready\n")
        sys.stdout.flush()
    while True:
        time.sleep(600)


def supervise(folder: Path, wanted: list[str]) -> None:
    numbers = count()
    names = [[f"{next(numbers)}-{kind}" for kind in stage.split("+")] for stage in wanted]
    stages = [[program(folder, name, stage) for name in stage] for stage in names]
    os.chdir(folder)
    try:
        Supervisor(stages, folder, Terminal()).run(lambda: note("all ready"))
    except CaseflowError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    if sys.argv[1] == "--stand-in":
        stand_in(sys.argv[2], sys.argv[3:])
    else:
        supervise(Path(sys.argv[1]), sys.argv[2:])
