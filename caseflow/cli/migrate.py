"""`caseflow migrate`."""

import click

from caseflow.cli.settings import current_settings
from caseflow.db.migrate import upgrade
from caseflow.errors import CaseflowError


@click.command()
def migrate() -> None:
    """Bring the database of OWNER_DATABASE_URL to the newest schema."""
    owner_url = current_settings().owner_database_url
    if owner_url is None:
        raise CaseflowError(
            "Set OWNER_DATABASE_URL to the role that owns the tables; the application's role may not change them."
        )
    upgrade(owner_url)
    click.echo("The database has the newest schema.")
