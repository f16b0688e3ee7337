"""`python -m bench.crawl --requests 20000`: exit 1 when anything of another section came out, or an answer was a 5xx.

Eight sections are made on a PostgreSQL of its own, with people of every role and a canary in every text field. Each person
follows links and searches, then tries the addresses of what others have; hidden and missing must be answered alike.
"""

import argparse
import secrets
import sys
import time
from random import Random

from bench.crawl.visits import Crawl, Findings
from bench.crawl.world import World, make_world
from bench.server import make_database, role_url, running_server, runtime_of, settings_of
from caseflow.app import create_app
from caseflow.db.prepare import COMMAND, WEB

SHOWN = 20


def main(arguments: list[str]) -> int:
    """Run the crawl; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.crawl", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="how many at most")
    parser.add_argument("--people", type=int, default=4, help="of each role in each section")
    parser.add_argument("--cases", type=int, default=8, help="in each section; one of four sealed, one of five shared")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="random without it")
    options = parser.parse_args(arguments)
    chance = Random(options.seed)
    with running_server() as server:
        make_database(server, "crawl")
        command = runtime_of(settings_of(role_url(server, "crawl", COMMAND)))
        world = make_world(command.units, chance, people=options.people, cases=options.cases)
        command.engine.dispose()
        runtime = runtime_of(settings_of(role_url(server, "crawl", WEB)))
        print(
            f"{len(world.names)} sections, {len(world.visitors)} people, {len(world.cases)} cases are made",
            file=sys.stderr,
        )
        started = time.perf_counter()
        found = Crawl(create_app(runtime), world, chance, options.requests).run()
        runtime.engine.dispose()
    print("\n".join(lines(found, world, options.seed, time.perf_counter() - started)))
    return 0 if found.is_clean else 1


def lines(found: Findings, world: World, seed: int, seconds: float) -> list[str]:
    """Return the figures of a run, and the first findings of each kind."""
    statuses = ", ".join(f"{number} of {status}" for status, number in sorted(found.by_status.items()))
    text = [
        f"seed {seed}: {found.requests} requests by {len(world.visitors)} people of {len(world.names)} sections in {seconds:.0f} s "
        f"({statuses}), {len(found.endpoints)} endpoints",
        f"{len(world.cases)} cases with canaries; canaries found: {len(found.canaries)} (of those whom they concern: in {found.own} answers)",
        f"answers of 5xx: {len(found.errors)}",
        f"{found.pairs} pairs hidden and missing; different: {len(found.differences)}",
    ]
    for kind in (found.canaries, found.errors, found.differences):
        text += [f"  {each}" for each in kind[:SHOWN]]
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
