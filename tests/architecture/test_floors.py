"""The floors of the house are kept by import-linter (`make lint`). Here: that it would see an import upwards."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

NO_RUBBISH = shutil.ignore_patterns("__pycache__", "static")


@pytest.fixture
def house(tmp_path):
    """A copy of the code that a test may spoil."""
    for name in ("caseflow", "worker"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=NO_RUBBISH)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(house), "COLUMNS": "200"}
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)


def plant(house: Path, path: str, line: str) -> None:
    file = house / path
    file.write_text(f"{file.read_text('utf-8')}\n{line}\n", "utf-8")


UPWARDS = {
    "caseflow.law.dates": "caseflow.db.types",
    "caseflow.features.reports.queries": "flask",
    "caseflow.features.accounts.service": "caseflow.features.cases.service",
    "caseflow.features.reports.forms": "caseflow.features.accounts.views",
    "caseflow.models.watch": "caseflow.unit_of_work",
}


def test_imports_upwards_are_refused(house):
    for name, target in UPWARDS.items():
        plant(house, f"{name.replace('.', '/')}.py", f"import {target}  # planted")
    result = lint(house)
    assert result.returncode == 1, result.stderr + result.stdout
    broken = {line.removesuffix(" BROKEN") for line in result.stdout.splitlines() if line.endswith(" BROKEN")}
    assert broken >= {
        "The house has floors: nothing imports upwards",
        "Features stand on each other in one order",
        "The law is pure",
        "Business code knows no web and no queue",
        "Another feature's screens are private",
    }
    for name, target in UPWARDS.items():
        assert f"{name} -> {target}" in result.stdout
