"""`python -m tests.law.oracle`: compare the engine with the oracle on many random documents, in one process per core."""

import argparse
import os
import secrets
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from operator import itemgetter

from tests.law.oracle.runner import Outcome, run

BATCH = 2000
"""Documents generated from one seed. The batches do not depend on the number of processes."""


def main() -> int:
    """Compare and print; return 1 if any document differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200_000, help="how many documents")
    parser.add_argument("--seed", default=secrets.token_hex(4), help="the same seed gives the same documents")
    parser.add_argument(
        "--every-day", action="store_true", help="try every day of a vague date, not only those near a change of answer"
    )
    parser.add_argument("--show", type=int, default=3, help="how many differences to shrink and print")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    started = time.monotonic()
    counts = [min(BATCH, options.count - done) for done in range(0, options.count, BATCH)]
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
    answers = sum((each.answers for each in outcomes), Counter())
    (rule, answer), times = min(answers.items(), key=itemgetter(1))
    print(f"{len(answers)} different answers of rules; the rarest, {answer} of {rule}, {times} times")
    print(
        f"{compared} documents compared, {refused} refused, {differing} differences; seed {options.seed}; {seconds:.0f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
