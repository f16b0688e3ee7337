"""The settings of a command."""

import os

from caseflow.db.engine import make_engine
from caseflow.db.migrate import require_current
from caseflow.errors import CaseflowError
from caseflow.local.home import open_home
from caseflow.local.settings import local_settings, port_of
from config import Settings


def current_settings(*, needs_schema: bool = True) -> Settings:
    """Return the settings of the environment; without a database in it, those of the one-machine home.

    Raises:
        CaseflowError: there is no home either, or the database has another schema than this code (unless it needs none).
    """
    settings = _settings()
    if needs_schema:
        engine = make_engine(settings.database_url, pool_size=1)
        with engine.connect() as connection:
            require_current(connection)
        engine.dispose()
    return settings


def _settings() -> Settings:
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE") or os.environ.get("CASEFLOW_ENVIRONMENT"):
        return Settings.from_env(os.environ)
    home = open_home(os.environ)
    if not (home.folder / "secrets" / "command_password").exists():
        raise CaseflowError(
            f"There is no caseflow in {home.folder} yet. Start it with `caseflow up`, or set DATABASE_URL to another one."
        )
    return local_settings(os.environ, home, port=port_of(os.environ))
