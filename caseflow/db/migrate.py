"""Migrations from inside the application: up, down, and whether the schema is what the code expects."""

from pathlib import Path

from alembic import command, util
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from caseflow.errors import CaseflowError

NEWER = (
    "The database was changed by a newer caseflow, which this one can't use. Nothing was changed now. "
    "Install the newer version again, or bring back the backup that was made before it."
)
SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"


def alembic_config(owner_url: str) -> Config:
    """Return Alembic's settings for a database, without a file."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["url"] = owner_url
    return config


def upgrade(owner_url: str, revision: str = "head") -> None:
    """Bring the schema up, in one transaction, and reinstall row security.

    Raises:
        CaseflowError: the database was migrated by a newer version.
    """
    try:
        command.upgrade(alembic_config(owner_url), revision)
    except util.CommandError as error:
        raise CaseflowError(NEWER) from error


def downgrade(owner_url: str, revision: str) -> None:
    """Take the schema down to a revision (`base` removes all)."""
    command.downgrade(alembic_config(owner_url), revision)


def require_current(connection: Connection) -> None:
    """Check that the database is at the head of the migrations in this code.

    Raises:
        CaseflowError: it is empty, older or newer; the sentence says what to do.
    """
    scripts = ScriptDirectory(str(SCRIPTS))
    found = MigrationContext.configure(connection).get_current_revision()
    if found == scripts.get_current_head():
        return
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise CaseflowError(NEWER)
    raise CaseflowError("The database has no schema or an older one. Run `caseflow migrate` first.")


def is_current(connection: Connection) -> bool:
    """Return whether the database is at the head of the migrations in this code."""
    head = ScriptDirectory(str(SCRIPTS)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
