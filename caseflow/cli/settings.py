"""The settings of a command."""

import os

from caseflow.errors import CaseflowError
from caseflow.local.home import open_home
from caseflow.local.settings import DEFAULT_PORT, local_settings
from config import Settings


def current_settings() -> Settings:
    """Return the settings of the environment; without a database in it, those of the one-machine home.

    Raises:
        CaseflowError: there is no home either.
    """
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE") or os.environ.get("CASEFLOW_ENVIRONMENT"):
        return Settings.from_env(os.environ)
    home = open_home(os.environ)
    if not (home.folder / "secrets" / "app_password").exists():
        raise CaseflowError(
            f"There is no caseflow in {home.folder} yet. Start it with `caseflow up`, or set DATABASE_URL to another one."
        )
    return local_settings(os.environ, home, port=int(os.environ.get("PORT") or DEFAULT_PORT))
