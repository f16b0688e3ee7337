"""A small stack for the tests of the supervisor: `supervised.py <folder> <program>...`, each program a stand-in below.

Run as a process of its own, because a supervisor owns the main thread and the signals of its process. Every stand-in
writes its process number to `<name>.pid` and its story to `events`.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from caseflow.errors import CaseflowError
from caseflow.local.logs import Terminal
from caseflow.local.supervisor import Program, Supervisor


def tell(event: str) -> None:
    with Path("events").open("a") as events:
        events.write(event + "\n")


def stand_in(name: str, kind: str) -> None:
    if kind == "once":
        tell(f"{name} done")
        return
    if kind == "broken":
        sys.stdout.write("the cellar is under water\n")
        sys.exit(3)

    def leave(*_: object) -> None:
        tell(f"{name} stopped")
        sys.exit(0)

    signal.signal(signal.SIGTERM, signal.SIG_IGN if kind == "deaf" else leave)
    if kind == "parent":
        grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        Path("grandchild.pid").write_text(str(grandchild.pid))
    Path(f"{name}.pid.new").write_text(str(os.getpid()))
    Path(f"{name}.pid.new").rename(f"{name}.pid")
    tell(f"{name} started")
    sys.stdout.write(f"{name} is ready\n")
    sys.stdout.flush()
    while True:
        time.sleep(600)


def supervise(folder: Path, kinds: list[str]) -> None:
    programs = [
        Program(
            name=f"{number}-{kind}",
            command=[sys.executable, __file__, "--stand-in", f"{number}-{kind}", kind],
            folder=folder,
            environment=dict(os.environ),
            ready_line="is ready",
            runs_once=kind == "once",
            stop_seconds=0.3 if kind == "deaf" else 15,
        )
        for number, kind in enumerate(kinds)
    ]
    os.chdir(folder)
    try:
        Supervisor(programs, folder, Terminal()).run(lambda: tell("all ready"))
    except CaseflowError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    if sys.argv[1] == "--stand-in":
        stand_in(sys.argv[2], sys.argv[3])
    else:
        supervise(Path(sys.argv[1]), sys.argv[2:])
