"""`python -m tests.law.oracle`: hold the engine against the second computation on many documents, on all cores."""

import argparse
import os
import secrets
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.law.oracle.running import Outcome, run

PART = 2000
"""Documents made from one seed. The parts are the same however many processes share them."""


def main() -> int:
    """Compare and print; return 1 where a document differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200_000, help="how many documents")
    parser.add_argument("--seed", default=secrets.token_hex(4), help="repeats a run")
    parser.add_argument(
        "--every-day", action="store_true", help="try every day of a vague date, not only where it may turn"
    )
    parser.add_argument("--show", type=int, default=3, help="how many differences to make small and print")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    started = time.monotonic()
    counts = [min(PART, options.count - done) for done in range(0, options.count, PART)]
    seeds = [f"{options.seed}/{number}" for number in range(len(counts))]
    with ProcessPoolExecutor(options.processes) as pool:
        outcomes = list(pool.map(partial(run, every=options.every_day, show=options.show), seeds, counts))
    _print(outcomes, options, time.monotonic() - started)
    return 1 if any(each.differing for each in outcomes) else 0


def _print(outcomes: list[Outcome], options: argparse.Namespace, seconds: float) -> None:
    for text in [text for each in outcomes for text in each.shown][: options.show]:
        print(text, end="\n\n")
    compared, refused, differing = (
        sum(getattr(each, name) for each in outcomes) for name in ("compared", "refused", "differing")
    )
    print(
        f"{compared} documents compared, {refused} refused, {differing} differences; seed {options.seed}; {seconds:.0f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
