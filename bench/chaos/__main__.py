"""`python -m bench.chaos --minutes 10 --kills 100`: exit 1 when a reminder was lost or duplicated.

Three parts: reminders fall due at a constant rate while processes are killed at random; an outage of a day, after which
ten thousand are due at once; and the wait until nothing is due. Worker, beat, leases and statements are those of the
product, with no special settings.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass, field, replace
from math import ceil
from pathlib import Path
from random import Random
from threading import Event, Thread

from bench.chaos.cluster import Cluster, running_cluster
from bench.chaos.faults import FaultInjector, fault_schedule
from bench.chaos.load import Load
from bench.chaos.recipients import make_recipients
from bench.chaos.report import lines
from bench.chaos.smtp_server import AcceptedLog
from bench.chaos.verification import Verification, verify
from bench.server import own_folder, runtime_of
from caseflow.outbound.queue import make_sender

STALL_SECONDS = 600.0
"""So long without an accepted mail, the rest will never come: leases end after 90 s, and a slow machine sends slowly."""
WORKING_SHARE = 0.55
"""Of the minutes; the rest is for starting, the outage of a day and the wait at the end."""
POLL_SECONDS = 0.1
RAW_REPEATS_WANTED = 3
"""In a hundred kills, at most. More are reported and do not fail the run: mail clients show repeats once."""
QUIET_SECONDS = 2.0
"""A running sweep that holds a mail is never silent for so long."""


@dataclass
class ChaosRun:
    """One run on a cluster."""

    cluster: Cluster
    options: argparse.Namespace
    catch_up_seconds: float = 0.0
    drain_seconds: float = 0.0
    injector: FaultInjector = field(init=False)
    load: Load = field(init=False)
    accepted: AcceptedLog = field(init=False)

    def run(self) -> Verification:
        """Run all parts, and verify."""
        options, chance = self.options, Random(self.options.seed)
        seconds = options.minutes * 60 * WORKING_SHARE
        recipients = make_recipients(
            self.cluster.superuser_url, int(options.rate * (seconds * 1.2 + 60)) + options.after_a_day
        )
        settings = replace(self.cluster.settings, log_level="ERROR")  # an absent queue is expected here
        runtime = runtime_of(settings, make_sender(self.cluster.settings.celery_broker_url))
        self.load = Load(runtime.units, self.cluster.superuser_url, recipients, chance)
        self.accepted = AcceptedLog(self.cluster.accepted)
        self.injector = FaultInjector(self.cluster, fault_schedule(chance, options.kills, seconds))
        self._start()
        self._inject_faults(seconds)
        if options.after_a_day:
            self._outage_of_a_day(options.after_a_day)
        self.drain_seconds = self._wait()
        runtime.engine.dispose()
        self.load.settle()
        return verify(self.cluster, self.load.ledger, self.accepted.read())

    def _start(self) -> None:
        for name in self.cluster.processes:
            self.cluster.start(name)

    def _inject_faults(self, seconds: float) -> None:
        stop, started = Event(), time.monotonic()
        load = Thread(target=self.load.run, args=(self.options.rate, stop), daemon=True)
        load.start()
        while self.injector.run_until(time.monotonic() - started) or time.monotonic() - started < seconds:
            self.cluster.restart_dead()
            time.sleep(POLL_SECONDS)
        stop.set()
        load.join()
        self._print(
            f"{len(self.load.ledger)} people had something due during {sum(self.injector.injected.values())} kills"
        )

    def _outage_of_a_day(self, number: int) -> None:
        for name in self.cluster.processes:
            self.cluster.kill(name)
        self.load.make_overdue_by_a_day(number)
        self._print(f"after a day without worker and beat {number} people have something due")
        started = time.monotonic()
        self._start()
        self._wait()
        self.catch_up_seconds = time.monotonic() - started

    def _wait(self) -> float:
        """Wait until everyone in the ledger has a mail and nothing is due, or nothing moves; return how long it took."""
        started = last_moved = time.monotonic()
        accepted = 0
        while not self._is_done() and time.monotonic() - last_moved < STALL_SECONDS:
            if len(self.accepted.all) > accepted:
                accepted, last_moved = len(self.accepted.all), time.monotonic()
            self.cluster.restart_dead()
            time.sleep(POLL_SECONDS * 5)
        return time.monotonic() - started

    def _is_done(self) -> bool:
        accepted = self.accepted.read()
        if self.options.hurry and accepted and time.time() - accepted[-1].at > QUIET_SECONDS:
            self.cluster.query("UPDATE mail SET lease_until = now() WHERE lease_until > now()")
        reminded = {one.recipient for one in accepted}
        if any(entry.is_committed and entry.person.email not in reminded for entry in self.load.ledger):
            return False
        return not self.cluster.query(STILL_DUE)

    def _print(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)


STILL_DUE = (
    "SELECT 1 FROM mail WHERE status = 'waiting' "
    "UNION ALL SELECT 1 FROM reminder WHERE status = 'waiting' AND mail_id IS NULL AND due_at <= now() "
    "UNION ALL SELECT 1 FROM reminder_setting WHERE next_digest_at <= now() LIMIT 1"
)


def main(arguments: list[str]) -> int:
    """Run; return the exit status."""
    options = _options(arguments)
    with own_folder("chaos") as folder, running_cluster(folder, options.workers, options.beats) as cluster:
        run = ChaosRun(cluster, options)
        verification = run.run()
        figures = {
            **verification.as_dict(),
            "seed": options.seed,
            "kills": dict(run.injector.injected),
            "raw repeats wanted at most": ceil(options.kills * RAW_REPEATS_WANTED / 100),
            "unexpected exits": cluster.unexpected_exits,
            "after a day": options.after_a_day,
            "catch-up seconds": round(run.catch_up_seconds, 1),
            "wait at the end, seconds": round(run.drain_seconds, 1),
        }
        print(*lines(figures), sep="\n")
        if options.json:
            options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
        if options.logs:
            _keep_logs(folder, options.logs)
    return 0 if verification.is_passed else 1


def _keep_logs(folder: Path, to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for log in [*folder.glob("*.log"), folder / "accepted"]:
        (to / log.name).write_bytes(log.read_bytes())


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long it takes as a whole, about")
    parser.add_argument("--rate", type=float, default=5.0, help="how many people a second have something due")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument(
        "--after-a-day", type=int, default=10_000, help="how many people have something due after an outage of a day"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--beats", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--hurry", action="store_true", help="at the end, expire the leases of killed sweeps at once instead of in 90 s"
    )
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--logs", type=Path, help="folder for the logs and the mail server's record of accepted mails")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
