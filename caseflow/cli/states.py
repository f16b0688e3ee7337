"""`caseflow import-states`: imports the register of States from a file."""

import sys
from pathlib import Path
from typing import Final

import click

from caseflow.access.actor import JobActor, SystemRole
from caseflow.cli.files import DAY_ORDER, below, content_of, refuse
from caseflow.cli.law import INVALID, printable
from caseflow.cli.settings import current_settings
from caseflow.errors import Invalid
from caseflow.features.reference.importing import LARGEST_FILE, Preview, import_states, preview
from caseflow.inbound.days import DayOrder
from caseflow.inbound.text import text_of
from caseflow.runtime import make_runtime

UNCHANGED: Final = "unchanged"


@click.command("import-states")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--day-order", type=click.Choice([order.value for order in DayOrder]), help=DAY_ORDER)
@click.option("--dry-run", is_flag=True, help="Only say what the file would change.")
def import_file(path: Path, day_order: str | None, *, dry_run: bool) -> None:
    """Import States from a CSV file with the columns of the packaged states.csv: all rows or none.

    Exits with status 2 if the file or a row is invalid, and prints the line and column of each error and how to correct it.
    """
    content, order = content_of(path, LARGEST_FILE), DayOrder(day_order) if day_order else None
    with make_runtime(current_settings()).units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        try:
            text = text_of(content, LARGEST_FILE)
            found = preview(uow, text, order)
        except Invalid as refused:
            refuse(path, refused)
        if found.count_of_kind("faulty"):
            _show_faults(found)
            sys.exit(INVALID)
        if not dry_run:
            import_states(uow, text, found.seen, order)
    _show_changes(found)
    click.echo("Nothing was written." if dry_run else "Written. Cases of these States are assessed anew.")


def _show_faults(found: Preview) -> None:
    for row in found.rows:
        for fault in row.faults:
            click.echo(
                printable(f"line {row.line}, {row.code}, {fault.column} {fault.cell[:80]!r}: {fault.text}"), err=True
            )
    click.echo("Nothing was written.", err=True)


def _show_changes(found: Preview) -> None:
    for row in found.rows:
        if row.kind == UNCHANGED:
            continue
        changes = ", ".join(
            f"{name}: {before or '-'} -> {after or '-'}" for name, (before, after) in row.changes.items()
        )
        click.echo(printable(f"{row.kind} {row.code} {row.name}: {changes}"))
    for line in below(found.below):
        click.echo(line)
    click.echo(
        f"{found.count_of_kind('new')} new, {found.count_of_kind('changed')} changed, {found.count_of_kind('unchanged')} as they are."
    )
