"""`caseflow migrate`."""

import click

from caseflow.access.actor import JobActor, JobName
from caseflow.cli.settings import current_settings
from caseflow.db.migrate import upgrade
from caseflow.errors import CaseflowError
from caseflow.features.reference.service import load_packs
from caseflow.runtime import make_runtime


@click.command()
def migrate() -> None:
    """Bring the database of OWNER_DATABASE_URL to the newest schema."""
    settings = current_settings()
    owner_url = settings.owner_database_url
    if owner_url is None:
        raise CaseflowError(
            "Set OWNER_DATABASE_URL to the role that owns the tables; the application's role may not change them."
        )
    upgrade(owner_url)
    with make_runtime(settings).units.begin(JobActor(JobName.ACCOUNTS_ADMIN)) as uow:
        load_packs(uow)
    click.echo("The database has the newest schema.")
