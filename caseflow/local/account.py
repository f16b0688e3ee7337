"""The account under which the servers run.

PostgreSQL refuses to run as root, and nothing else should. When root starts the stack, an existing unprivileged account is
used; none is created, and the permissions of parent folders are not changed.
"""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from caseflow.errors import CaseflowError

CANDIDATES = ("caseflow", "nobody")


@dataclass(frozen=True)
class Account:
    """An existing unprivileged account that the servers run under when root starts them."""

    name: str
    uid: int
    gid: int


def server_account(wanted: str | None = None) -> Account | None:
    """Return the account for the servers: None, the current one, unless root starts them."""
    if os.geteuid() != 0:
        return None
    for name in (wanted,) if wanted else CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise CaseflowError(
        f"PostgreSQL does not run as root, and this machine has no account {wanted or ' or '.join(CANDIDATES)}. "
        "Start caseflow as an ordinary user, or set CASEFLOW_ACCOUNT to an existing account without privileges."
    )


def run_as(
    account: Account | None,
    command: Sequence[str],
    *,
    folder: Path = Path("/"),
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a short command to its end under that account and capture its output."""
    return subprocess.run(  # noqa: S603 - the commands are ours, no shell reads them
        list(command),
        cwd=folder,
        env=dict(environment) if environment is not None else None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def can_run(account: Account | None, command: Sequence[str]) -> bool:
    """Return whether the account can execute this, by trying: permissions, mounts and libraries all count."""
    try:
        return run_as(account, command).returncode == 0
    except PermissionError:
        return False


def can_enter(account: Account | None, folder: Path) -> bool:
    """Return whether the account can enter this folder."""
    return can_run(account, ["/usr/bin/test" if Path("/usr/bin/test").exists() else "test", "-x", str(folder)])


def hand_over(folder: Path, account: Account | None, mode: int = 0o700) -> Path:
    """Make a folder that the account owns and no other account may enter."""
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(mode)
    return folder
