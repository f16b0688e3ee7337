"""`python -m bench.trial --minutes 10 --kills 100`: exit 1 when a reminder was lost or came twice.

Three parts: reminders fall due at a constant rate while everything is killed at random; a day without worker and beat,
after which ten thousand are due at once; and the wait until nothing is due. Worker, beat, leases and statements are
those of the product, with no setting of the trial's own.
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

from bench.server import own_folder, runtime_of
from bench.trial.account import Account, reckon
from bench.trial.crowd import make_crowd
from bench.trial.house import House, house
from bench.trial.load import Load
from bench.trial.post import Record
from bench.trial.report import lines
from bench.trial.weather import Weather, forecast
from caseflow.outbound.queue import make_sender

DRAIN_SECONDS = 240.0
"""So long a trial waits for what is due at its end: more than two leases."""
WORKING_SHARE = 0.55
"""Of the minutes; the rest is for starting, the day without power and the wait at the end."""
LOOK_SECONDS = 0.1
REPEATS_IN_100_KILLS = 3
"""More are wanted by nobody, and lose nothing: a mailbox folds them. So they fail no trial."""
QUIET_SECONDS = 2.0
"""No living sweep is silent for so long while it holds a mail."""


@dataclass
class Trial:
    """One trial in a house."""

    house: House
    options: argparse.Namespace
    catch_up_seconds: float = 0.0
    drain_seconds: float = 0.0
    weather: Weather = field(init=False)
    load: Load = field(init=False)
    record: Record = field(init=False)

    def run(self) -> Account:
        """Run all parts, and reckon."""
        options, chance = self.options, Random(self.options.seed)
        seconds = options.minutes * 60 * WORKING_SHARE
        crowd = make_crowd(self.house.superuser_url, int(options.rate * (seconds * 1.2 + 60)) + options.after_a_day)
        settings = replace(self.house.settings, log_level="ERROR")  # that the queue is away is no news here
        runtime = runtime_of(settings, make_sender(self.house.settings.celery_broker_url))
        self.load = Load(runtime.units, self.house.superuser_url, crowd, chance)
        self.record = Record(self.house.accepted)
        self.weather = Weather(self.house, forecast(chance, options.kills, seconds))
        self._start()
        self._storm(seconds)
        if options.after_a_day:
            self._a_day_without_power(options.after_a_day)
        self.drain_seconds = self._wait(DRAIN_SECONDS)
        runtime.engine.dispose()
        self.load.settle()
        return reckon(self.house, self.load.ledger, self.record.read())

    def _start(self) -> None:
        for name in self.house.processes:
            self.house.start(name)

    def _storm(self, seconds: float) -> None:
        stop, begun = Event(), time.monotonic()
        load = Thread(target=self.load.run, args=(self.options.rate, stop), daemon=True)
        load.start()
        while self.weather.until(time.monotonic() - begun) or time.monotonic() - begun < seconds:
            self.house.look_after()
            time.sleep(LOOK_SECONDS)
        stop.set()
        load.join()
        self._say(f"{len(self.load.ledger)} people were to be told during {sum(self.weather.done.values())} kills")

    def _a_day_without_power(self, number: int) -> None:
        for name in self.house.processes:
            self.house.kill(name)
        self.load.make_overdue_by_a_day(number)
        self._say(f"a day without worker and beat: {number} people have something due")
        begun = time.monotonic()
        self._start()
        self._wait(DRAIN_SECONDS * 2)
        self.catch_up_seconds = time.monotonic() - begun

    def _wait(self, seconds: float) -> float:
        """Wait until everybody in the ledger has a mail and nothing is held; return how long it took."""
        begun = time.monotonic()
        while not self._is_done() and time.monotonic() - begun < seconds:
            self.house.look_after()
            time.sleep(LOOK_SECONDS * 5)
        return time.monotonic() - begun

    def _is_done(self) -> bool:
        accepted = self.record.read()
        if self.options.hurry and accepted and time.time() - accepted[-1].at > QUIET_SECONDS:
            self.house.query("UPDATE mail SET lease_until = now() WHERE lease_until > now()")
        told = {one.recipient for one in accepted}
        if any(entry.is_certain and entry.person.email not in told for entry in self.load.ledger):
            return False
        return not self.house.query(STILL_DUE)

    def _say(self, what: str) -> None:
        print(what, file=sys.stderr, flush=True)


STILL_DUE = (
    "SELECT 1 FROM mail WHERE status = 'waiting' "
    "UNION ALL SELECT 1 FROM reminder WHERE status = 'waiting' AND mail_id IS NULL AND due_at <= now() "
    "UNION ALL SELECT 1 FROM reminder_setting WHERE next_digest_at <= now() LIMIT 1"
)


def main(arguments: list[str]) -> int:
    """Run a trial; return the exit status."""
    options = _options(arguments)
    with own_folder("trial") as folder, house(folder, options.workers, options.beats) as lent:
        trial = Trial(lent, options)
        account = trial.run()
        figures = {
            **account.as_dict(),
            "seed": options.seed,
            "kills": dict(trial.weather.done),
            "raw repeats wanted at most": ceil(options.kills * REPEATS_IN_100_KILLS / 100),
            "ended by themselves": lent.ended_by_themselves,
            "after a day": options.after_a_day,
            "catch-up seconds": round(trial.catch_up_seconds, 1),
            "wait at the end, seconds": round(trial.drain_seconds, 1),
        }
        print(*lines(figures), sep="\n")
        if options.json:
            options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
        if options.logs:
            _keep_logs(folder, options.logs)
    return 0 if account.is_good else 1


def _keep_logs(folder: Path, to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for log in [*folder.glob("*.log"), folder / "accepted"]:
        (to / log.name).write_bytes(log.read_bytes())


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.trial", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long it takes as a whole, about")
    parser.add_argument("--rate", type=float, default=5.0, help="how many people a second have something due")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument(
        "--after-a-day", type=int, default=10_000, help="how many people have something due after a day without power"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--beats", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--hurry", action="store_true", help="let the leases of dead sweeps end by hand at the end, not in 90 s"
    )
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--logs", type=Path, help="folder in which logs and the record of the mail server are kept")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
