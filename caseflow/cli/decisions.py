"""`caseflow import-decisions`: imports newer tables of the decisions of the Committee."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import click

from caseflow.access.actor import JobActor, SystemRole
from caseflow.cli.files import below, content_of, refuse
from caseflow.cli.law import INVALID, printable
from caseflow.cli.settings import current_settings
from caseflow.errors import Invalid
from caseflow.features.jurisprudence.importing import (
    LARGEST_FILE,
    ComparedRow,
    Fault,
    Preview,
    decisions_in,
    holdings_in,
    import_decisions,
    preview,
)
from caseflow.inbound.tables import Table
from caseflow.inbound.text import text_of
from caseflow.runtime import make_runtime

MOST_SHOWN: Final = 200
LONGEST_CELL: Final = 80
FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("import-decisions")
@click.argument("communications", type=FILE)
@click.argument("holdings", type=FILE)
@click.option("--dry-run", is_flag=True, help="Only say what the files would change.")
def import_files(communications: Path, holdings: Path, *, dry_run: bool) -> None:
    """Import newer tables with the columns of the packaged communications.csv and holdings.csv: all rows or none.

    The files are the whole tables: what is not in them is removed. Exits with status 2 if a file or a row is invalid, and
    prints the line and column of each error and how to correct it.
    """
    with make_runtime(current_settings()).units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        tables = _table(communications, decisions_in), _table(holdings, holdings_in)
        found = preview(uow, *tables)
        if found.faults:
            _show_faults(found.faults)
            sys.exit(INVALID)
        if not dry_run:
            import_decisions(uow, *tables)
    _show_changes(found)
    click.echo("Nothing was written." if dry_run else "Written.")


def _table(path: Path, table_in: Callable[[str], Table]) -> Table:
    try:
        return table_in(text_of(content_of(path, LARGEST_FILE), LARGEST_FILE))
    except Invalid as refused:
        refuse(path, refused)


def _show_faults(faults: Sequence[Fault]) -> None:
    for fault in faults[:MOST_SHOWN]:
        place = f"{fault.file}, line {fault.line}, {fault.key}, {fault.column} {fault.cell[:LONGEST_CELL]!r}"
        click.echo(printable(f"{place}: {fault.sentence}"), err=True)
    if len(faults) > MOST_SHOWN:
        click.echo(f"and {len(faults) - MOST_SHOWN} more.", err=True)
    click.echo("Nothing was written.", err=True)


def _show_changes(found: Preview) -> None:
    for what, rows in (("decision", found.decisions), ("holding", found.holdings)):
        for row in rows:
            if row.kind != "unchanged":
                click.echo(printable(_line(what, row)))
    for line in below(found.below):
        click.echo(line)
    for what, rows in (("Decisions", found.decisions), ("Holdings", found.holdings)):
        numbers = {kind: sum(row.kind == kind for row in rows) for kind in ("new", "changed", "removed", "unchanged")}
        click.echo(
            f"{what}: {numbers['new']} new, {numbers['changed']} changed, {numbers['removed']} removed, {numbers['unchanged']} as they are."
        )


def _line(what: str, row: ComparedRow) -> str:
    changes = "; ".join(f"{name}: {_cell(before)} -> {_cell(after)}" for name, (before, after) in row.changes.items())
    by_hand = " (changed or added here by hand)" if row.is_kept_by_hand else ""
    return f"{row.kind} {what} {row.key}{by_hand}{': ' if changes else ''}{changes}"


def _cell(value: object) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(getattr(value, "edtf", value) or "")
    return text or "-"
