"""`caseflow prepare` and `caseflow migrate`: set up and upgrade the database."""

import click

from caseflow.access.actor import JobActor, SystemRole
from caseflow.cli.settings import current_settings
from caseflow.db.migrate import upgrade
from caseflow.db.prepare import COMMAND
from caseflow.errors import CaseflowError
from caseflow.local.prepare import prepare_as_superuser
from caseflow.runtime import check_database, load_all_packs, make_runtime


@click.command()
@click.argument("admin_url")
def prepare(admin_url: str) -> None:
    """Make roles, database and extensions as the superuser of ADMIN_URL; once for each database, before `migrate`.

    Passwords are those of DATABASE_URL (caseflow_command), OWNER_DATABASE_URL, WEB_DATABASE_URL and WORKER_DATABASE_URL.
    Safe to run again.
    """
    prepare_as_superuser(current_settings(needs_schema=False), admin_url)
    click.echo("The database is prepared: run `caseflow migrate` next.")


@click.command()
def migrate() -> None:
    """Upgrade the database of OWNER_DATABASE_URL to the newest schema."""
    settings = current_settings(needs_schema=False)
    owner_url = settings.owner_database_url
    if owner_url is None:
        raise CaseflowError(
            "Set OWNER_DATABASE_URL to the role that owns the tables; the application's role may not change them."
        )
    upgrade(owner_url)
    check_database(settings, COMMAND)
    with make_runtime(settings).units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        load_all_packs(uow)
    click.echo("The database has the newest schema.")
