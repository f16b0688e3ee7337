"""The command line: lazy imports, and one sentence for an error."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from caseflow import cli
from caseflow.errors import CaseflowError


def test_the_list_of_commands_loads_none_of_them():
    code = "import sys; from caseflow.cli import main; main(['--help'], standalone_mode=False); print('flask' in sys.modules, 'sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "up " in done.stdout
    assert done.stdout.rstrip().endswith("False False")


@pytest.mark.parametrize("name", ["up", "migrate"])
def test_each_command_explains_itself(name):
    result = CliRunner().invoke(cli.main, [name, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_an_error_for_people_is_a_sentence_and_not_a_traceback(monkeypatch):
    @click.command()
    def fail() -> None:
        raise CaseflowError("The well is dry. Fill it.")

    monkeypatch.setattr(cli.LazyGroup, "get_command", lambda *_: fail)
    result = CliRunner().invoke(cli.main, ["fail"])
    assert result.exit_code == 1
    assert result.output == "The well is dry. Fill it.\n"


def test_an_unknown_command_is_refused():
    result = CliRunner().invoke(cli.main, ["dance"])
    assert result.exit_code == 2
    assert "No such command" in result.output
