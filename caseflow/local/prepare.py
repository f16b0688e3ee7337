"""Prepare the database: roles, migrations, first contents. The supervisor runs it as a separate process.

So the supervisor stays small and can be stopped at any moment, and the owner's and the superuser's passwords live only as
long as this process. The lines for the terminal go to the file named in CASEFLOW_GREETING.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from caseflow.db.migrate import upgrade
from caseflow.db.prepare import COMMAND, OWNER, WEB, WORKER, ExtensionMissing, prepare_database
from caseflow.errors import CaseflowError
from caseflow.local.failures import sentence_of
from caseflow.local.first_start import first_start
from caseflow.runtime import check_database
from config import Settings


def prepare(settings: Settings, admin_url: str | None) -> list[str]:
    """Prepare the database for this version of the code; return the lines to print."""
    if settings.owner_database_url is None or settings.web_database_url is None or settings.worker_database_url is None:
        raise CaseflowError(
            "DATABASE_URL is set, so this start uses your own PostgreSQL: set OWNER_DATABASE_URL as well, to the role that "
            "owns the tables and runs the migrations, and WEB_DATABASE_URL and WORKER_DATABASE_URL to the roles of web and "
            "worker. DATABASE_URL itself is that of caseflow_command (docs/operating.md)."
        )
    if admin_url is not None:
        prepare_as_superuser(settings, admin_url)
    upgrade(settings.owner_database_url)
    check_database(settings, COMMAND)
    return first_start(settings)


def prepare_as_superuser(settings: Settings, admin_url: str) -> None:
    """Make the roles, the database and its extensions, with the names and passwords that the settings hold.

    Raises:
        CaseflowError: the settings do not name each role, or PostgreSQL lacks its contrib modules.
    """
    urls = {
        COMMAND: ("DATABASE_URL", settings.database_url),
        OWNER: ("OWNER_DATABASE_URL", settings.owner_database_url),
        WEB: ("WEB_DATABASE_URL", settings.web_database_url),
        WORKER: ("WORKER_DATABASE_URL", settings.worker_database_url),
    }
    if wrong := [f"{name} to {role}" for role, (name, url) in urls.items() if urlsplit(url or "").username != role]:
        raise CaseflowError(f"Set {', '.join(wrong)}, so that each role gets the password of its address.")
    try:
        passwords = {role: _password(url or "") for role, (_, url) in urls.items()}
        prepare_database(admin_url, urlsplit(settings.database_url).path.lstrip("/"), passwords)
    except ExtensionMissing as missing:
        raise CaseflowError(str(missing)) from None


def _password(url: str) -> str:
    return unquote(urlsplit(url).password or "")


def main() -> None:
    """Prepare with the settings of the environment."""
    try:
        lines = prepare(Settings.from_env(os.environ), os.environ.get("CASEFLOW_ADMIN_URL"))
    except Exception as error:  # noqa: BLE001 - its line is all that the person who starts caseflow sees
        raise SystemExit(sentence_of(error)) from None
    Path(os.environ["CASEFLOW_GREETING"]).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
