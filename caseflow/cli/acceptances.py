"""`caseflow import-acceptances`: imports a list of acceptances of other treaties."""

import sys
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

import click

from caseflow.access.actor import JobActor, SystemRole
from caseflow.cli.files import DAY_ORDER, below, content_of, refuse
from caseflow.cli.law import INVALID, Day, printable
from caseflow.cli.settings import current_settings
from caseflow.errors import Invalid
from caseflow.features.treaties.commands import GivenBeside
from caseflow.features.treaties.parsing import LARGEST_FILE
from caseflow.features.treaties.service import Preview, import_acceptances, preview
from caseflow.inbound.days import DayOrder
from caseflow.runtime import make_runtime

MOST_SHOWN: Final = 50


@click.command("import-acceptances")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", default="", help="Where the list comes from, for rows that don't say it.")
@click.option("--checked-on", type=Day(), help="The day on which the list was taken, for rows that don't say it.")
@click.option("--treaty", default="", help="The treaty that the whole list is about, such as OP-ICCPR.")
@click.option("--day-order", type=click.Choice([order.value for order in DayOrder]), help=DAY_ORDER)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def import_list(
    path: Path, source: str, checked_on: date | None, treaty: str, day_order: str | None, *, dry_run: bool
) -> None:
    """Import a list of acceptances of treaties, with our own columns or those of the UN's ratification lists.

    Imports all rows or none. Ends with 2 if the file or a row is invalid: each row with its number and what to do.
    """
    content = content_of(path, LARGEST_FILE)
    order = DayOrder(day_order) if day_order else None
    given = GivenBeside(source=source, checked_on=checked_on, treaty=treaty, day_order=order)
    with make_runtime(current_settings()).units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        try:
            found = preview(uow, content, given)
        except Invalid as invalid:
            refuse(path, invalid)
        if found.faults:
            _refuse([fault.line for fault in found.faults])
        if not dry_run:
            import_acceptances(uow, content, given)
    _say(found, dry_run=dry_run)


def _say(found: Preview, *, dry_run: bool) -> None:
    for listed in found.to_write[:MOST_SHOWN] if dry_run else ():
        changes = "; ".join(f"{name}: {before} -> {after}" for name, (before, after) in listed.changes.items())
        click.echo(printable(f"{listed.kind}: {listed.row.treaty} {listed.row.state}: {changes}"))
    for line in below(found.below):
        click.echo(line)
    if found.withdrawn:
        left = ", ".join(found.withdrawn)
        click.echo(printable(f"In brackets, so they have left the treaty; enter the day of each by hand: {left}."))
    counts = f"{found.count_of_kind('new')} new, {found.count_of_kind('changed')} changed, {found.count_of_kind('unchanged')} as they were"
    click.echo(f"{counts}; passed over {sum(found.passed_over.values())}.{' Nothing was written.' if dry_run else ''}")


def _refuse(lines: list[str]) -> NoReturn:
    for line in lines[:MOST_SHOWN]:
        click.echo(printable(line), err=True)
    if len(lines) > MOST_SHOWN:
        click.echo(f"and {len(lines) - MOST_SHOWN} more. Nothing was written.", err=True)
    sys.exit(INVALID)
