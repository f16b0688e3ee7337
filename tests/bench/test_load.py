"""Small runs of the benchmarks over real connections, to check that they work."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.people import CASEWORKERS
from tests.local.waiting import HANG_SECONDS

pytestmark = [pytest.mark.servers, pytest.mark.slow]
ROOT = Path(__file__).parents[2]


def run(program, *options):
    command = [sys.executable, "-m", f"bench.{program}", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=3 * HANG_SECONDS)


def test_people_at_work_are_served_without_an_error():
    # Everybody, and a whole journey of eleven pages.
    done = run("load", "--people", str(len(CASEWORKERS)), "--seconds", "13")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\d+ people for \d+ s: \d+ requests served", done.stdout)
    assert "0 errors" in done.stdout
    assert "processor time a request" in done.stdout
    assert re.search(r"^  web \d+: \d+ \d+$", done.stdout, re.MULTILINE)


def test_slow_clients_are_tried_one_kind_after_the_other():
    done = run("slow_clients", "--number", "10", "--people", "2", "--seconds", "3")
    assert done.returncode in {0, 1}, done.stderr
    lines = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines[1:-1]] == [
        "alone", "beside 10 half requests", "beside 10 half bodies", "beside 10 silent connections", "beside 10 all three",
    ]  # fmt: skip
    assert all("0 errors" in line for line in lines[1:-1])
    assert lines[-1].startswith(("Held up", "Not held up"))
