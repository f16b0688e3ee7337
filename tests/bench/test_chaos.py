"""A short chaos run: everything is killed once, and nothing is lost or duplicated."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bench.chaos.faults import WEIGHTS, fault_schedule
from tests.local.waiting import HANG_SECONDS

ROOT = Path(__file__).parents[2]
RUN_SECONDS = 6 * HANG_SECONDS  # the run itself stops without progress for ten minutes


@pytest.mark.servers
@pytest.mark.slow
def test_a_short_run_loses_and_duplicates_nothing(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    options = ["--minutes", "0.4", "--rate", "4", "--kills", "8", "--after-a-day", "50", "--hurry"]
    command = [sys.executable, "-m", "bench.chaos", *options, "--json", str(figures)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=RUN_SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(figures.read_text(encoding="utf-8"))
    assert sum(found["kills"].values()) == len(WEIGHTS)
    assert (found["lost"], found["duplicated_by_message_id"], found["duplicated_in_app"]) == (0, 0, 0)
    assert found["due"] > 50


def test_a_fault_schedule_is_repeatable_and_has_every_kind() -> None:
    faults = fault_schedule(Random(3), 40, 100.0)
    assert faults == fault_schedule(Random(3), 40, 100.0)
    assert {fault.kind for fault in faults} == set(WEIGHTS)
    assert [fault.at for fault in faults] == sorted(fault.at for fault in faults)
    assert faults[-1].at <= 100
