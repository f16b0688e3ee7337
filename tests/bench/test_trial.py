"""A short trial: everything is killed once, and nothing is lost or comes twice."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bench.trial.weather import WEIGHTS, forecast

ROOT = Path(__file__).parents[2]


@pytest.mark.servers
def test_a_short_trial_loses_nothing_and_tells_nothing_twice(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    options = ["--minutes", "0.4", "--rate", "4", "--kills", "8", "--after-a-day", "50", "--hurry"]
    command = [sys.executable, "-m", "bench.trial", *options, "--json", str(figures)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=150)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(figures.read_text(encoding="utf-8"))
    assert sum(found["kills"].values()) == len(WEIGHTS)
    assert (found["lost"], found["duplicated_by_message_id"], found["duplicated_in_app"]) == (0, 0, 0)
    assert found["due"] > 50


def test_a_forecast_can_be_had_again_and_has_every_misfortune() -> None:
    strokes = forecast(Random(3), 40, 100.0)
    assert strokes == forecast(Random(3), 40, 100.0)
    assert {stroke.what for stroke in strokes} == set(WEIGHTS)
    assert [stroke.at for stroke in strokes] == sorted(stroke.at for stroke in strokes)
    assert strokes[-1].at <= 100
