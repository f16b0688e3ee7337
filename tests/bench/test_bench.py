"""A small run of the benchmark, to check that it works."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bench.chain import jsonb_text
from bench.pages import SAVE_REMEDY
from bench.report import WATCHED
from bench.seed import seed
from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.audit import verify
from caseflow.clock import today
from tests.local.waiting import HANG_SECONDS

ROOT = Path(__file__).parents[2]
RUN_SECONDS = 6 * HANG_SECONDS  # the run seeds two databases and starts a dozen processes


@pytest.mark.servers
@pytest.mark.slow
def test_a_small_run_measures_every_page(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    command = [
        sys.executable,
        "-m",
        "bench",
        "--cases",
        "200",
        "--rounds",
        "2",
        "--reminders",
        "10",
        "--json",
        str(figures),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=RUN_SECONDS)
    assert done.returncode == 0, done.stderr
    report = json.loads(figures.read_text(encoding="utf-8"))
    pages = report["runs"][-1]["pages"]
    assert {*WATCHED, SAVE_REMEDY, "quick capture (POST)"} <= pages.keys()
    for name in (*WATCHED, SAVE_REMEDY):
        assert pages[name]["floor"]["p50_ms"] > 0
        assert f"\n{name}: " in done.stdout
        assert (
            f" x the floor, {pages[name]['app']['statements']} statements (floor {pages[name]['floor']['statements']})"
            in done.stdout
        )
    assert pages[SAVE_REMEDY]["floor"]["statements"] < pages[SAVE_REMEDY]["app"]["statements"]
    assert pages["case list"]["floor"]["bytes"] > 0.8 * pages["case list"]["app"]["bytes"]
    assert report["engine"]["each_second"] > 0
    passes = report["full_passes"]
    assert [(one["changed"], one["corrected"]) for one in passes[:3]] == [(0, 0)] * 3, "seeded as the application saves"
    assert len({one["cases"] for one in passes}) == 1
    assert [sent["received"] for sent in report["reminders"]] == [10, 10]


@pytest.mark.commits
def test_the_seeded_audit_trail_is_whole(database, runtime) -> None:
    seed(database.superuser_url, 40, Random(1), today())
    with runtime.units.begin(JobActor(SystemRole.AUDIT_VERIFY)) as uow:
        assert [str(fault) for fault in verify(uow.session)] == []


def test_jsonb_is_written_with_short_keys_first() -> None:
    assert jsonb_text({"title": [None, "é"], "b": [None, "x"]}) == '{"b": [null, "x"], "title": [null, "é"]}'
