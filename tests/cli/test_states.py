"""`caseflow import-states`: dry run, write, and what is refused with which exit code."""

import pytest
from click.testing import CliRunner

from caseflow.access.actor import JobActor, SystemRole
from caseflow.cli import states
from caseflow.features.reference.commands import STATE_COLUMNS
from caseflow.features.reference.queries import current_register

SLOVENIA = "SI,Slovenia,party,2009-09-24,2025-11-30,ratification,,,no,no,,verified,C.N.1.2025,2026-11-23"


@pytest.fixture
def run(runtime, monkeypatch, tmp_path):
    """Run the command on a file with these lines below the header."""
    monkeypatch.setattr(states, "current_settings", lambda: runtime.settings)
    monkeypatch.setattr(states, "make_runtime", lambda _settings: runtime)

    def run_it(*lines, options=()):
        file = tmp_path / "states.csv"
        file.write_text("\n".join([",".join(STATE_COLUMNS), *lines]))
        return CliRunner().invoke(states.import_file, [str(file), *options])

    return run_it


def deposit(runtime):
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        return current_register(uow).states["SI"].op_deposit


def test_a_dry_run_says_what_would_change_and_writes_nothing(runtime, run):
    done = run(SLOVENIA, options=["--dry-run"])
    assert (done.exit_code, deposit(runtime)) == (0, None)
    assert "changed SI Slovenia: op_deposit: - -> 2025-11-30" in done.output
    assert done.output.endswith("0 new, 1 changed, 0 as they are.\nNothing was written.\n")


def test_the_file_is_written(runtime, run):
    assert run(SLOVENIA).exit_code == 0
    assert deposit(runtime).isoformat() == "2025-11-30"
    assert "0 new, 0 changed, 1 as they are." in run(SLOVENIA).output


def test_an_invalid_row_ends_with_2_and_is_named(runtime, run):
    done = run(SLOVENIA.replace("C.N.1.2025", ""))
    assert (done.exit_code, deposit(runtime)) == (2, None)
    assert done.stderr.startswith("line 2, SI, source '': Enter where this can be found")


def test_a_file_that_is_no_register_ends_with_2(run):
    assert "no State in this file" in run().stderr
    assert run().exit_code == 2


def test_control_characters_are_escaped_for_the_terminal(run):
    changed = run(SLOVENIA.replace("Slovenia", "Slo\x1b]0;title\x07venia"), options=["--dry-run"])
    assert r"Slo\u001b]0;title\u0007venia" in changed.output
    assert not set("\x1b\x07") & set(changed.output)
