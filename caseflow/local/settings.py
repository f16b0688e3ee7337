"""The settings of the one-machine stack: from the environment, and otherwise from the home."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from caseflow.db.prepare import COMMAND, OWNER, WEB, WORKER
from caseflow.errors import CaseflowError
from caseflow.local.home import Home
from config import Settings

DATABASE = "caseflow"
DEFAULT_PORT = 8000
HIGHEST_PORT = 65535
LONGEST_PORT = 5
ROLES = {
    "DATABASE_URL": COMMAND,
    "OWNER_DATABASE_URL": OWNER,
    "WEB_DATABASE_URL": WEB,
    "WORKER_DATABASE_URL": WORKER,
}
"""The roles of the database that each address is for."""


def local_settings(environ: Mapping[str, str], home: Home, *, port: int) -> Settings:
    """Return full settings for this home. The environment takes precedence."""
    sockets = home.sockets()
    values = dict(environ)
    values.setdefault("CASEFLOW_ENVIRONMENT", "one-machine")
    values["CASEFLOW_DEMO"] = "yes" if _has_demo(values, home) else "no"
    values.setdefault("BASE_URL", f"http://localhost:{port}")
    for name in ("secret_key", "data_keys"):
        if not _is_set(values, name.upper()):
            values[name.upper()] = home.secret(name)
    if not _is_set(values, "DATABASE_URL"):
        for name, role in ROLES.items():
            password = home.secret(f"{role.removeprefix('caseflow_')}_password", is_set_at_start=True)
            values[name] = _socket_url(sockets, role, password)
    if not _is_set(values, "REDIS_URL"):
        values["REDIS_URL"] = f"unix://{sockets / 'redis.sock'}?db=0"
    values.setdefault("FILES_FOLDER", str(home.folder / "files"))
    if "SMTP_HOST" not in values:
        values.setdefault("MAIL_FOLDER", str(home.folder / "mail"))
    return Settings.from_env(values)


def port_of(environ: Mapping[str, str]) -> int:
    """Return the port of the pages.

    Raises:
        CaseflowError: PORT is no port.
    """
    raw = environ.get("PORT") or str(DEFAULT_PORT)
    if not (
        raw.isascii() and raw.isdigit() and 0 < int(raw[:LONGEST_PORT]) <= HIGHEST_PORT and len(raw) <= LONGEST_PORT
    ):
        raise CaseflowError(f"PORT must be a number from 1 to {HIGHEST_PORT}, and is {raw[:40]!r}.")
    return int(raw)


def _has_demo(environ: Mapping[str, str], home: Home) -> bool:
    """Return whether this home holds the demo coalition: a new one does, unless it is meant for real work.

    Pages of real data must never say that all names are invented, and those of the demo always must; so a home never
    changes from one to the other.
    """
    wanted = environ.get("CASEFLOW_DEMO")
    if wanted == "no":
        return False
    if home.began_with_demo or (own_servers(environ)[0] and not home.has_data):
        return True
    if wanted == "yes" and home.has_data:
        raise CaseflowError(
            f"{home.folder} holds data of its own, and the demo is only put into an empty home. "
            "Leave CASEFLOW_DEMO out, or choose another CASEFLOW_HOME."
        )
    return wanted == "yes"


def own_servers(environ: Mapping[str, str]) -> tuple[bool, bool]:
    """Return whether this start runs its own PostgreSQL, and its own Redis."""
    return not _is_set(environ, "DATABASE_URL"), not _is_set(environ, "REDIS_URL")


def _is_set(values: Mapping[str, str], name: str) -> bool:
    return bool(values.get(name) or values.get(f"{name}_FILE"))


def _socket_url(sockets: Path, role: str, password: str) -> str:
    return f"postgresql://{role}:{password}@/{DATABASE}?host={quote(str(sockets), safe='')}"
