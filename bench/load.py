"""`python -m bench.load --people 50 --seconds 300`: people at one request a second against `caseflow up`; exit 1 on an error.

Printed are the requests served, errors, waits, processor time a request of the whole stack, and the memory of every
process at start and end. Each person waits for an answer before asking again, so a stack that is too slow serves less.
"""

import argparse
import os
import statistics
import sys
import time
from collections import Counter
from threading import Event

from bench.people import Person, sign_in_people
from bench.processes import Use, cpu_seconds, uses
from bench.stack import Stack, running_stack


def main(arguments: list[str]) -> int:
    """Run the load; return the exit status."""
    options = _options(arguments)
    with running_stack(options.web) as stack:
        stop = Event()
        people = sign_in_people(stack.address, stack.password, options.people, stop)
        before, begun, load_before = uses(stack.pid), time.monotonic(), os.getloadavg()[0]
        work(people, stop, options.seconds)
        after, seconds, load_after = uses(stack.pid), time.monotonic() - begun, os.getloadavg()[0]
        print(
            f"{os.cpu_count()} cores, load of the machine {load_before:.1f} at the start, {load_after:.1f} at the end"
        )
        print(*_lines(people, seconds, before, after), sep="\n")
        _print_log(stack, options)
    return 1 if any(person.errors for person in people) else 0


def work(people: list[Person], stop: Event, seconds: float) -> None:
    """Let people work for so long."""
    for person in people:
        person.start()
    stop.wait(seconds)
    stop.set()
    for person in people:
        person.join()


def p95(times: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(times, n=20)[18]


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--people", type=int, default=50, help="how many people are at work")
    parser.add_argument("--seconds", type=float, default=300.0, help="for how long")
    parser.add_argument("--web", help="command of another web server to ask instead, with {port}")
    parser.add_argument("--log", action="store_true", help="print the end of the log of the stack")
    return parser.parse_args(arguments)


def _lines(people: list[Person], seconds: float, before: list[Use], after: list[Use]) -> list[str]:
    times = [one for person in people for one in person.times]
    errors = Counter(error for person in people for error in person.errors)
    cpu = cpu_seconds(before, after)
    return [
        f"{len(people)} people for {seconds:.0f} s: {len(times):,} requests served, {len(times) / seconds:.1f} a second; "
        f"{errors.total()} errors {dict(errors) or ''}",
        f"p50 {statistics.median(times) * 1000:.0f} ms, p95 {p95(times) * 1000:.0f} ms, longest {max(times) * 1000:.0f} ms",
        f"processor time a request {sum(cpu.values()) / len(times) * 1000:.1f} ms: "
        + ", ".join(f"{kind} {used / len(times) * 1000:.1f}" for kind, used in sorted(cpu.items())),
        "p50 / p95 ms of each page: " + ", ".join(_by_page(people)),
        *_memory(before, after),
    ]


def _by_page(people: list[Person]) -> list[str]:
    found: dict[str, list[float]] = {}
    for person in people:
        for place, seconds in person.answers:
            found.setdefault(place, []).append(seconds)
    return [
        f"{place} {statistics.median(times) * 1000:.0f} / {p95(times) * 1000:.0f}"
        for place, times in sorted(found.items())
        if len(times) > 1
    ]


def _memory(before: list[Use], after: list[Use]) -> list[str]:
    earlier = {use.pid: use.memory_mb for use in before}
    rows = [
        (use.kind, use.pid, f"{earlier[use.pid]:.0f}" if use.pid in earlier else "-", f"{use.memory_mb:.0f}")
        for use in sorted(after, key=lambda use: (use.kind, use.pid))
    ]
    return [
        "memory in MB (PSS), at the start and at the end:",
        *(f"  {kind} {pid}: {start} {end}" for kind, pid, start, end in rows),
    ]


def _print_log(stack: Stack, options: argparse.Namespace) -> None:
    if options.log:
        print(stack.log.read_text(encoding="utf-8")[-5000:], file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
