"""CASEFLOW_HOME: the one folder in which a one-machine caseflow keeps its data, secrets, mails and logs.

When root starts it, root owns the folder itself, and the account of the servers owns only their subfolders; so someone who
broke into a server can't replace the secrets.
"""

import base64
import fcntl
import hashlib
import os
import pwd
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from caseflow.errors import CaseflowError
from caseflow.local.account import Account, can_enter, hand_over, server_account

CHECKOUT = Path(__file__).resolve().parents[2]
LONGEST_SOCKET_PATH = 107  # bytes; sun_path in <sys/un.h> holds 108 with its closing zero
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_LOCK = 200
"""Characters that are read of the lock file: process and address."""


@dataclass(frozen=True)
class Home:
    """An existing home, and the account that its servers run under (None: the current one)."""

    folder: Path
    account: Account | None

    @property
    def postgres(self) -> Path:
        """The data of PostgreSQL."""
        return self.folder / "postgres"

    @property
    def run(self) -> Path:
        """Files that the processes need only while they run."""
        return self.folder / "run"

    @property
    def logs(self) -> Path:
        """One log file per process."""
        return self.folder / "logs"

    @property
    def programs(self) -> Path:
        """Copies of server programs, in case the account can't reach the originals."""
        return self.folder / "programs"

    @property
    def has_data(self) -> bool:
        """Whether it has been started before."""
        return self.postgres.exists()

    @property
    def began_with_demo(self) -> bool:
        """Whether it was filled with the demo coalition; then it keeps the password of the demo users."""
        return (self.folder / "secrets" / "demo_password").exists()

    def sockets(self) -> Path:
        """Return the private folder of the sockets: inside the home, or elsewhere when that path would be too long."""
        if len(os.fsencode(self.run / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return self.run
        short = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        base = Path("/run") if os.geteuid() == 0 and Path("/run").is_dir() else Path("/tmp")  # noqa: S108 - made and checked below
        return _private_folder(base / f"caseflow-{os.geteuid()}-{short}", self.account)

    def forget_sockets(self) -> None:
        """Remove an empty socket folder outside the home."""
        if (sockets := self.sockets()) != self.run and not any(sockets.iterdir()):
            sockets.rmdir()

    def secret(self, name: str, *, is_set_at_start: bool = False) -> str:
        """Read a secret of this home; make it on the first start, but never when data already depends on it.

        Nothing depends on the passwords of roles that every start sets (`is_set_at_start`): they may be made later.
        """
        folder = hand_over(self.folder / "secrets", None)
        path = folder / name
        if not path.exists():
            if self.postgres.exists() and not is_set_at_start:
                raise CaseflowError(
                    f"{path} is missing, and the data in {self.postgres} can't be used without it. "
                    "Bring it back from a backup; a new one would not open them."
                )
            unfinished = folder / f"{name}.new"
            unfinished.unlink(missing_ok=True)
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(_new_secret(name))
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        return _read_secret(path)

    @contextmanager
    def locked(self, address: str) -> Iterator[bool]:
        """Lock the home while the stack runs; yields whether the last run ended without cleaning up.

        The kernel releases the lock however the process ends, so there is no stale lock to remove.
        """
        path = self.folder / "lock"
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", errors="replace") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pid, _, where = file.read(LONGEST_LOCK).strip().partition(" ")
                raise CaseflowError(
                    f"Caseflow already runs from {self.folder} (process {pid}, {where}). "
                    "Stop that one with Ctrl-C, or choose another CASEFLOW_HOME and PORT to run a second one beside it."
                ) from None
            unclean = bool(file.read(1))
            _write(file.fileno(), f"{os.getpid()} {address}\n")
            try:
                yield unclean
            finally:
                _write(file.fileno(), "")


def open_home(environ: Mapping[str, str], checkout: Path = CHECKOUT) -> Home:
    """Find or make the home, and choose the account of its servers."""
    account = server_account(environ.get("CASEFLOW_ACCOUNT"))
    folder = _choose(environ, account, checkout)
    account = _owner_of_the_data(folder / "postgres", account)
    if "\0" in str(folder):
        raise CaseflowError("CASEFLOW_HOME has a sign that no path may have. Choose another.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711 if account else 0o700)
        home = Home(folder, account)
        hand_over(home.run, account)
        hand_over(home.logs, None)
    except PermissionError:
        raise CaseflowError(
            f"This account may not use {folder}: it belongs to another. "
            "Start caseflow under the account that started it first, or choose another CASEFLOW_HOME."
        ) from None
    if account is not None and not can_enter(account, folder):
        raise CaseflowError(
            f"The account {account.name} can't reach {folder}, and PostgreSQL does not run as root. "
            "Choose a CASEFLOW_HOME that every account may enter, such as /var/lib/caseflow."
        )
    return home


def _choose(environ: Mapping[str, str], account: Account | None, checkout: Path) -> Path:
    if wanted := environ.get("CASEFLOW_HOME"):
        return Path(wanted).expanduser().absolute()
    if account is None or can_enter(account, checkout):
        return checkout / "var"
    name = f"caseflow-{hashlib.sha256(os.fsencode(checkout)).hexdigest()[:12]}"
    return (Path("/var/lib") if os.access("/var/lib", os.W_OK) else Path("/var/tmp")) / name  # noqa: S108 - made private at once


def _owner_of_the_data(data: Path, account: Account | None) -> Account | None:
    """Keep serving data under the account that it belongs to: PostgreSQL accepts no other."""
    if account is None or not data.exists():
        return account
    owner = data.stat()
    if owner.st_uid in (0, account.uid):
        return account
    names = [entry.pw_name for entry in pwd.getpwall() if entry.pw_uid == owner.st_uid]
    return Account(names[0] if names else str(owner.st_uid), owner.st_uid, owner.st_gid)


def _private_folder(path: Path, account: Account | None) -> Path:
    """Make a private folder inside a public one; refuse one that another user made first."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (
            os.geteuid(),
            account.uid if account else os.geteuid(),
        ):
            raise CaseflowError(
                f"{path} belongs to somebody else. Choose a CASEFLOW_HOME with a shorter path."
            ) from None
    return hand_over(path, account)


def _read_secret(path: Path) -> str:
    """Return a secret; refuse one that others may read, or that was cut off."""
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise CaseflowError(f"{path} is open to other accounts. Close it with: chmod 600 {path}")
    content = path.read_bytes().strip()
    if not content or not content.isascii():
        raise CaseflowError(
            f"{path} is empty or damaged. Bring it back from a backup; a new one would not open the data."
        )
    return content.decode("ascii")


def _new_secret(name: str) -> str:
    if name == "data_keys":
        return f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    if name == "demo_password":  # people type it: no letters that look alike
        return "-".join("".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4)) for _ in range(4))
    return secrets.token_hex(32)


def _write(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text.encode(), 0)
