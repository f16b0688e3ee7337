"""`python -m bench --cases 100000`: seed, measure, explain, send, assess; exit 1 when a list scans a big table as a whole."""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random

from bench.engine import ROUNDS as ENGINE_ROUNDS
from bench.engine import measure_engine
from bench.full_pass import measure_full_passes
from bench.pages import PageBenchmark
from bench.plans import Plan, plans_of_list
from bench.reminders import measure_reminders
from bench.report import MARKER, Report, machine
from bench.seed import seed
from bench.server import make_database, role_url, running_server, runtime_of, settings_of
from caseflow.access import PersonActor
from caseflow.clock import today
from caseflow.db.prepare import WEB, WORKER
from caseflow.local.postgres import PostgresServer
from config import Settings

MOST_REMINDERS = 10_000
FEWEST = 200
"""Cases: with fewer there is no last page to ask for."""
PLANS_FROM = 10_000
"""Cases. In a smaller table a sequential scan is the best plan, and no fault."""


def main(arguments: list[str]) -> int:
    """Run the benchmark; return the exit status."""
    options = _options(arguments)
    cases = (max(options.cases // 10, FEWEST), max(options.cases, FEWEST))
    seconds: list[float] = []
    with running_server() as server:
        where = machine(f"{server.programs.version} ({server.programs.origin})")
        benchmarks = [
            _seeded(server, name, number, seconds) for name, number in zip(("few", "many"), cases, strict=True)
        ]
        runs = [benchmark.run(options.rounds) for benchmark in benchmarks]
        plans = _plans(benchmarks[-1]) if options.cases >= PLANS_FROM else []
        due = min(MOST_REMINDERS, options.reminders or options.cases // 10)
        reminders, outbox_plans = measure_reminders(server, options.cases, due)
        plans += outbox_plans if options.cases >= PLANS_FROM else []
        engine = measure_engine(Random(options.cases), min(ENGINE_ROUNDS, options.rounds))
        full_passes = measure_full_passes(_worker_settings(benchmarks[-1]).database_url, benchmarks[-1].superuser_url)
        for benchmark in benchmarks:
            benchmark.runtime.engine.dispose()
            benchmark.bare.dispose()
    report = Report(where, cases, seconds, runs, plans, reminders, engine, full_passes)
    print(*report.lines(), sep="\n")
    if options.json:
        options.json.write_text(report.as_json(), encoding="utf-8")
    else:
        print(MARKER, report.as_json(), sep="\n")
    return 1 if report.faults() else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="how many cases; a tenth of them is measured too")
    parser.add_argument("--rounds", type=int, default=60, help="how often each page is asked for")
    parser.add_argument("--reminders", type=int, help="how many to send; a tenth of the cases, at most 10,000")
    parser.add_argument("--json", type=Path, help="file for the figures; else they are printed after a marker")
    return parser.parse_args(arguments)


def _seeded(server: PostgresServer, name: str, cases: int, seconds: list[float]) -> PageBenchmark:
    started = time.perf_counter()
    make_database(server, name)
    coalition = seed(server.url(name), cases, Random(cases), today())
    seconds.append(time.perf_counter() - started)
    print(f"{cases:,} cases seeded in {seconds[-1]:.1f} s", file=sys.stderr)
    settings = settings_of(role_url(server, name, WEB), WORKER_DATABASE_URL=role_url(server, name, WORKER))
    return PageBenchmark(runtime_of(settings), coalition, server.url(name))


def _plans(benchmark: PageBenchmark) -> list[Plan]:
    found: list[Plan] = []
    runtime = runtime_of(_worker_settings(benchmark))  # which may act as a person without their session
    for office, size in ((benchmark.coalition.large, "large"), (benchmark.coalition.small, "small")):
        assert office.coordinator is not None
        actor = PersonActor(office.coordinator, "")
        for request in benchmark.lists():
            of_section = replace(request, name=f"{size}, {request.name}")
            found += plans_of_list(runtime.units, runtime.engine, actor, of_section)
    runtime.engine.dispose()
    return found


def _worker_settings(benchmark: PageBenchmark) -> Settings:
    settings = benchmark.runtime.settings
    return settings.of_process(settings.worker_database_url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
