"""`caseflow import-docket`: letters of cases that were pending before they were recorded here."""

import sys
from pathlib import Path

import click

from caseflow.access import PersonActor
from caseflow.cli.cases import actor_of
from caseflow.cli.settings import current_settings
from caseflow.errors import CaseflowError
from caseflow.features.communications.importing.service import Imported, Refused, import_docket
from caseflow.features.communications.importing.table import LARGEST_TABLE, CaseRows, read_table
from caseflow.runtime import Runtime, make_runtime


class _TrialIsOver(Exception):
    """Ends the transaction of a trial, so that nothing of it is kept."""

    def __init__(self, done: Imported) -> None:
        super().__init__()
        self.done = done


@click.command("import-docket")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "email", required=True, help="Mail address of the person in whose name the letters are entered.")
@click.option("--dry-run", is_flag=True, help="Check everything, and save nothing.")
def import_file(path: Path, email: str, *, dry_run: bool) -> None:
    """Enter the letters of a table (CSV) on the dockets of cases. Of each case all lines are brought in, or none.

    Ends with 1 if a line was refused. Run again, it adds only what is not there yet.
    """
    runtime = make_runtime(current_settings())
    actor = actor_of(runtime, email)
    with path.open("rb") as file:
        cases, faults = read_table(file.read(LARGEST_TABLE + 1))
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        raise CaseflowError("Nothing was brought in.")
    refused = [rows for rows in cases if not _import(runtime, actor, rows, dry_run=dry_run)]
    if refused:
        sys.exit(1)


def _import(runtime: Runtime, actor: PersonActor, rows: CaseRows, *, dry_run: bool) -> bool:
    """Bring in the lines of one case, print what was done, and return whether it was."""
    try:
        done = _saved(runtime, actor, rows, dry_run=dry_run)
    except _TrialIsOver as trial:
        _say(rows, trial.done, "would be ")
        return True
    except Refused as refused:
        click.echo(f"{rows.name}: nothing was brought in.", err=True)
        for fault in refused.faults:
            click.echo(f"  {fault}", err=True)
        return False
    _say(rows, done, "")
    return True


def _saved(runtime: Runtime, actor: PersonActor, rows: CaseRows, *, dry_run: bool) -> Imported:
    with runtime.units.begin(actor) as uow:
        done = import_docket(uow, rows)
        if dry_run:
            raise _TrialIsOver(done)
    return done


def _say(rows: CaseRows, done: Imported, would_be: str) -> None:
    opened = f"{would_be}opened as filed, " if done.is_new else ""
    name = rows.name if done.is_new and would_be else done.reference
    click.echo(f"{name}: {opened}{done.added} letters {would_be}added, {done.there_already} there already.")
