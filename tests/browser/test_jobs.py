"""The jobs that `python -m bench.jobs` counts can be done, and cost no more than the design allows."""

from dataclasses import replace

import pytest

from bench import jobs
from tests.browser.conftest import serving
from tests.servers import PASSWORD_OF_THE_DEMO

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_no_job_costs_more_than_the_design_allows(demo_database, make_app, chromium, capsys, monkeypatch):
    with serving(demo_database, make_app) as served:
        fits = jobs.measure(chromium, served.address, PASSWORD_OF_THE_DEMO)
        lines = capsys.readouterr().out
        assert fits, lines
        assert lines.count("clicks") == len(jobs.JOBS)
        monkeypatch.setattr(jobs, "JOBS", [replace(jobs.JOBS[0], most=(9, 999, 99))])
        assert not jobs.measure(chromium, served.address, PASSWORD_OF_THE_DEMO)
        assert "MORE THAN 9/999/99" in capsys.readouterr().out
