"""`caseflow audit verify`: checks that no audit entry was changed."""

import sys

import click

from caseflow.access.actor import JobActor, SystemRole
from caseflow.audit import contains_head, heads, verify
from caseflow.cli.settings import current_settings
from caseflow.runtime import make_runtime

BROKEN = 1


@click.group()
def audit() -> None:
    """Verify the audit trail."""


@audit.command("verify")
@click.option(
    "--head",
    "known",
    multiple=True,
    help="A head that was kept elsewhere: SECTION:NUMBER:HASH, as this command prints it.",
)
def verify_all(known: tuple[str, ...]) -> None:
    """Compute every hash of every section's chain again. Ends with 1 if an entry was altered, removed, swapped or cut off."""
    with make_runtime(current_settings()).units.begin(JobActor(SystemRole.AUDIT_VERIFY)) as uow:
        faults = list(verify(uow.session))
        lines = heads(uow.session)
        missing = [line for line in known if not contains_head(uow.session, line)]
    for fault in faults:
        click.echo(str(fault), err=True)
    for line in missing:
        click.echo(f"{line}: this head, kept elsewhere, is not in the trail any more.", err=True)
    for line in lines:
        click.echo(line)
    if faults or missing:
        sys.exit(BROKEN)
    click.echo("The audit trail is whole.")
