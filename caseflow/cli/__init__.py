"""The `caseflow` command.

A sub-command is imported when it is used, so that `caseflow assess` starts without Flask.
To add one: write a click command in `caseflow/cli/<module>.py` and add it to COMMANDS.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

COMMANDS = {
    # name of the command: (module, name in the module, help in the list of commands)
    "up": ("caseflow.cli.up", "up", "Run everything on this machine until Ctrl-C."),
    "prepare": ("caseflow.cli.migrate", "prepare", "Make roles, database and extensions (superuser, once)."),
    "migrate": ("caseflow.cli.migrate", "migrate", "Upgrade the database to the newest schema."),
    "assess": ("caseflow.cli.law", "assess", "Assess files of case facts."),
    "routes": ("caseflow.cli.routes", "routes", "Compare all international routes for case facts."),
    "case-facts": ("caseflow.cli.cases", "case_facts", "Print a case as case facts, without names."),
    "import-facts": ("caseflow.cli.cases", "import_facts", "Import a file of case facts as a case."),
    "import-docket": ("caseflow.cli.dockets", "import_file", "Enter letters of pending cases from a table."),
    "import-states": ("caseflow.cli.states", "import_file", "Import States into the register from a file."),
    "import-acceptances": ("caseflow.cli.acceptances", "import_list", "Import acceptances of other treaties."),
    "import-decisions": ("caseflow.cli.decisions", "import_files", "Import decisions of the Committee from two files."),
    "reassess": ("caseflow.cli.reassess", "reassess", "Reassess cases that time or new data may have changed."),
    "section": ("caseflow.cli.user", "section", "Add sections of the coalition."),
    "user": ("caseflow.cli.user", "user", "Add people and their roles."),
    "mail-bounce": ("caseflow.cli.mail", "mail_bounce", "Process a returned mail from standard input."),
    "keys": ("caseflow.cli.keys", "keys", "Seal everything again with the current data key."),
    "evidence": ("caseflow.cli.evidence", "evidence", "Check the files of evidence."),
    "audit": ("caseflow.cli.audit", "audit", "Verify the audit trail."),
    "explain": ("caseflow.cli.explain", "explain", "Explain a rule or a clock of the law engine."),
    "facts-schema": ("caseflow.cli.law", "facts_schema", "Print the JSON Schema of case facts."),
}


class LazyGroup(click.Group):
    """Imports a command's module only when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, _, help_text) in COMMANDS.items()])

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run a command; what goes wrong is printed as a sentence, with exit code 1 and no traceback."""
        try:
            result = super().main(args, *rest, **extra)
        except Exception as error:  # noqa: BLE001 - whatever it is, a person reads it
            from caseflow.local.failures import sentence_of  # noqa: PLC0415 - only then

            click.echo(sentence_of(error), err=True)
            sys.exit(1)
        finally:
            _close_output()
        return result


def _close_output() -> None:
    """Write what is still kept back. Where nobody reads it any more, or the disk is full, Python would print a traceback at its end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - kept open until the process ends


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Caseflow: the case file of coalitions that take rights violations to the United Nations."""
