"""A tiny run of the benchmark: so that it still runs on the day when somebody needs its figures."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bench.chain import jsonb_text
from bench.seed import seed
from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.audit import verify
from caseflow.clock import today

ROOT = Path(__file__).parents[2]


@pytest.mark.servers
def test_a_tiny_run_gives_figures_of_every_page(tmp_path: Path) -> None:
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
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    report = json.loads(figures.read_text(encoding="utf-8"))
    pages = report["runs"][-1]["pages"]
    assert {"case list", "case page", "quick capture (POST)"} <= pages.keys()
    assert pages["case list"]["floor"]["bytes"] > 0.8 * pages["case list"]["app"]["bytes"]
    assert report["engine"]["each_second"] > 0
    assert [(night["changed"], night["mended"]) for night in report["nights"][:3]] == [(0, 0)] * 3, (
        "seeded as the app keeps it"
    )
    assert len({night["cases"] for night in report["nights"]}) == 1
    assert [sent["received"] for sent in report["reminders"]] == [10, 10]


@pytest.mark.commits
def test_the_seeded_audit_trail_is_whole(database, runtime) -> None:
    seed(database.superuser_url, 40, Random(1), today())
    with runtime.units.begin(JobActor(SystemRole.AUDIT_VERIFY)) as uow:
        assert [str(fault) for fault in verify(uow.session)] == []


def test_jsonb_is_written_with_short_keys_first() -> None:
    assert jsonb_text({"title": [None, "é"], "b": [None, "x"]}) == '{"b": [null, "x"], "title": [null, "é"]}'
