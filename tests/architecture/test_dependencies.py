"""Every pin has a row with its licence, and "not checked" is never taken for "no known fault"."""

import json
import os
import stat
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from deploy import advisories
from deploy.pins import PAGE, ROOT, Pin, incompatible, licence_of, page, pins

EVERY = pins((ROOT / "requirements-test.txt").read_text("utf-8"))
TWO = {"flask": Pin("flask", "3.1.3", ()), "mako": Pin("mako", "1.4.3", ())}


def rows():
    lines = [line.split("|") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    return {cells[1].strip(): [cell.strip() for cell in cells[2:-1]] for cells in lines}


def test_every_pin_has_a_row_with_a_compatible_licence_and_a_reason():
    found = rows()
    assert {name: pin.version for name, pin in EVERY.items()} == {name: row[0] for name, row in found.items()}
    assert {name: row[1] for name, row in found.items() if incompatible(row[1])} == {}
    assert all(row[2] and row[3] for row in found.values())


def test_the_page_is_the_one_that_is_written():
    assert PAGE.read_text("utf-8") == page()


@pytest.mark.parametrize("licence", ["unknown", "Proprietary", "MIT AND Proprietary", "SSPL-1.0", ""])
def test_a_planted_licence_is_found(licence):
    assert incompatible(licence)


def test_one_of_several_licences_is_enough_and_a_package_that_is_not_installed_is_found():
    assert not incompatible("Proprietary OR (MIT AND BSD-3-Clause)")
    assert incompatible(licence_of("a-package-that-nobody-pins"))


def test_the_licence_of_caseflow_is_there_and_named():
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text("utf-8")
    assert 'license = "AGPL-3.0-or-later"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert "AGPL-3.0-or-later" in (ROOT / "README.md").read_text("utf-8")


def answer(*named):
    return json.dumps({"dependencies": list(named)})


FLASK = {"name": "flask", "version": "3.1.3", "vulns": []}
MAKO = {"name": "mako", "version": "1.4.3", "vulns": []}


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "{}",
        "null",
        "Traceback (most recent call last):",
        answer(
            {"name": "flask", "skip_reason": "Dependency not found"},
            {"name": "mako", "skip_reason": "Dependency not found"},
        ),
        answer(FLASK, {"name": "mako", "skip_reason": "Dependency not found on PyPI and could not be audited"}),
        answer(FLASK, MAKO | {"version": "1.0"}),
        answer(FLASK, MAKO | {"vulns": None}),
        answer(FLASK),
        answer(),
    ],
)
def test_an_answer_that_does_not_cover_every_pin_is_none(said):
    with pytest.raises(advisories.NotCheckedError):
        advisories.faults_of(said, TWO)


def test_faults_in_an_answer_are_named():
    assert advisories.faults_of(answer(FLASK, MAKO), TWO) == []
    other = {**TWO, "colorama": Pin("colorama", "0.4.6", (), is_for_some=True)}
    assert advisories.faults_of(answer(FLASK, MAKO), other) == []
    faulty = MAKO | {"vulns": [{"id": "PYSEC-2022-260"}]}
    assert advisories.faults_of(answer(FLASK, faulty), TWO) == ["mako 1.4.3: PYSEC-2022-260"]


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("echo '{\"dependencies\": []}'; echo 'No known vulnerabilities found' >&2; exit 0", 3, "NOT CHECKED"),
        ("echo unreachable >&2; exit 1", 3, "NOT CHECKED"),
        ("exit 0", 3, "NOT CHECKED"),
        (f"echo '{answer(FLASK, MAKO)}'", 0, ""),
        (f"echo '{answer(FLASK, MAKO | {'vulns': [{'id': 'X-1'}]})}'; exit 1", 1, "mako 1.4.3: X-1"),
        (None, 3, "pip-audit is not installed"),
    ],
)
def test_the_command_says_loudly_when_nothing_was_checked(tmp_path, script, code, said):
    (tmp_path / "requirements.txt").write_text(
        "flask==3.1.3 \\\n    --hash=x\n    # via caseflow\nmako==1.4.3\n    # via alembic\n"
    )
    if script is not None:
        program = tmp_path / "pip-audit"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    done = subprocess.run(
        [sys.executable, str(ROOT / "deploy" / "advisories.py"), "--requirements", str(tmp_path / "requirements.txt")],
        env={"PATH": f"{tmp_path}{os.pathsep}/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert said in done.stderr


def archive(folder, *records):
    file = folder / "all.zip"
    with zipfile.ZipFile(file, "w") as out:
        for number, record in enumerate(records):
            out.writestr(f"{number}.json", json.dumps(record) if isinstance(record, dict) else record)
    return file


NOW = datetime(2026, 11, 30, tzinfo=UTC)


def record(name, *versions, age=1, **more):
    modified = (NOW - timedelta(days=age)).isoformat()
    return {
        "id": "X-1",
        "modified": modified,
        "affected": [{"package": {"name": name}, "versions": list(versions)}],
        **more,
    }


def test_a_database_names_the_faults_of_pinned_versions(tmp_path):
    file = archive(
        tmp_path, record("Mako", "1.4.2", "1.4.3"), record("flask", "3.0"), record("mako", "1.4.3", withdrawn="2026")
    )
    assert advisories.by_database(file, TWO, NOW) == ["mako 1.4.3: X-1"]
    assert advisories.by_database(archive(tmp_path, record("flask", "3.0")), TWO, NOW) == []


@pytest.mark.parametrize("records", [(), (b"no JSON",), ({"id": "X"},), (record("mako", "1.4.3", age=31),)])
def test_a_database_that_is_empty_broken_or_old_checks_nothing(tmp_path, records):
    with pytest.raises(advisories.NotCheckedError):
        advisories.by_database(archive(tmp_path, *records), TWO, NOW)
