"""`caseflow evidence verify` and `reconcile`: what the worker does by itself, at once and with its result printed."""

import math
import sys

import click

from caseflow.cli.settings import current_settings
from caseflow.features.evidence.checking import check_files
from caseflow.features.evidence.checking import reconcile as reconcile_store
from caseflow.runtime import make_runtime


@click.group()
def evidence() -> None:
    """The files of evidence (FILES_FOLDER): whether they are there, and as they came."""


@evidence.command()
def verify() -> None:
    """Read every file again and compare it with its fingerprint; ends with 1 if one is missing or altered."""
    runtime = make_runtime(current_settings())
    done = check_files(runtime.units, runtime.store, most_seconds=math.inf, is_everything=True)
    click.echo(f"{done.files:,} files read, {done.damaged:,} missing or altered.")
    if done.damaged:
        click.echo("The pages of their cases say which. Bring them back from a backup, and run this again.", err=True)
        sys.exit(1)


@evidence.command()
@click.option("--force", is_flag=True, help="Also if very many files have no row.")
def reconcile(*, force: bool) -> None:
    """Compare the store with the database; set aside files without a row, and remove them after a month. Ends with 1 if a file is missing."""
    runtime = make_runtime(current_settings())
    done = reconcile_store(runtime.units, runtime.store, is_forced=force)
    click.echo(f"{done.missing:,} files missing, {done.set_aside:,} without a row set aside, {done.removed:,} removed.")
    if done.is_refused:
        click.echo(
            f"{done.strays:,} files have no row: were they stored for another database? Nothing was set aside. If they are"
            " leftovers all the same, run this again with --force.",
            err=True,
        )
    if done.missing or done.is_refused:
        sys.exit(1)
