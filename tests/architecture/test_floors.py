"""import-linter keeps the layers of the code (`make lint`). Here: that it finds an import upwards."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

NOT_COPIED = shutil.ignore_patterns("__pycache__", "static")


@pytest.fixture
def code_copy(tmp_path):
    """A copy of the code that a test may change."""
    for name in ("caseflow", "worker"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=NOT_COPIED)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(code_copy: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(code_copy), "COLUMNS": "200"}
    return subprocess.run(command, cwd=code_copy, env=environment, capture_output=True, text=True, check=False)


def plant(code_copy: Path, path: str, line: str) -> None:
    file = code_copy / path
    file.write_text(f"{file.read_text('utf-8')}\n{line}\n", "utf-8")


UPWARDS = {
    "caseflow.law.dates": "caseflow.db.types",
    "caseflow.features.accounts.service": "caseflow.features.cases.service",
    "caseflow.features.reports.forms": "caseflow.features.accounts.views",
    "caseflow.models.monitoring": "caseflow.unit_of_work",
    "caseflow.law.routes.comparing": "caseflow.clock",
    "caseflow.features.remedy_maps.forms": "caseflow.features.readiness.service",
    "caseflow.features.reports.views": "caseflow.features.routes.views",
}
"""For every contract a file, and what must not be imported there."""


def test_imports_upwards_are_refused(code_copy):
    for name, target in UPWARDS.items():
        plant(code_copy, f"{name.replace('.', '/')}.py", f"import {target}  # planted")
    result = lint(code_copy)
    assert result.returncode == 1, result.stderr + result.stdout
    broken = {line.removesuffix(" BROKEN") for line in result.stdout.splitlines() if line.endswith(" BROKEN")}
    assert broken >= {
        "Layers: nothing imports upwards",
        "Features import each other in one order",
        "The law is pure",
        "Another feature's screens are private",
    }
    for name, target in UPWARDS.items():
        assert f"{name} -> {target}" in " ".join(result.stdout.split()), name
