"""The floors of the house are kept by import-linter (`make lint`). Here: that it would see an import upwards."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, Source, sources

WEB = ("flask", "wtforms", "celery", "caseflow.web")
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
    "caseflow.models.monitoring": "caseflow.unit_of_work",
    "caseflow.law.routes.comparing": "caseflow.clock",
    "caseflow.features.procedures.service": "wtforms",
    "caseflow.features.readiness.full_pass": "flask",
    "caseflow.features.treaties.queries": "caseflow.features.treaties.service",
    "caseflow.features.treaties.service": "flask",
    "caseflow.features.remedy_maps.steps": "caseflow.web.kit",
    "caseflow.features.remedy_maps.forms": "caseflow.features.readiness.service",
    "caseflow.features.reports.views": "caseflow.features.routes.views",
}
"""Of every kind of room and folder, also inside a feature: what must not be imported there."""


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
        "Inside every feature: views over forms and service, service over queries",
        "Business code knows no web and no queue",
        "Another feature's screens are private",
    }
    for name, target in UPWARDS.items():
        assert f"{name} -> {target}" in " ".join(result.stdout.split()), name


def of_business(source: Source) -> bool:
    """Tell whether a room imports nothing of the web, and no words for pages."""
    imported = [node for node in ast.walk(source.tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [getattr(node, "module", None) or node.names[0].name for node in imported]
    return not any(name.startswith(WEB) or name.endswith(".words") for name in names)


def unnamed(files: list[Source], contract: list[str]) -> list[str]:
    """Return the rooms without web that the contract does not name: tomorrow somebody would import it there."""
    patterns = [re.compile(re.escape(one).replace(r"\*\*", r"[\w.]+")) for one in contract]
    modules = {file.path.removesuffix(".py").replace("/", "."): file for file in files if file.name != "__init__.py"}
    return [
        name
        for name, file in modules.items()
        if of_business(file) and not any(pattern.fullmatch(name) for pattern in patterns)
    ]


def test_every_room_without_web_is_held_to_it():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (contract,) = (
        one["source_modules"] for one in contracts if one["name"] == "Business code knows no web and no queue"
    )
    assert unnamed(sources("caseflow/features"), contract) == [], "name it in the contract in pyproject.toml"
    assert unnamed([Source("caseflow/features/cases/planted.py", "import datetime")], contract)
    assert not unnamed([Source("caseflow/features/cases/planted.py", "from flask import g")], contract)
