"""A private PostgreSQL: its data folder, its command, its address.

It listens on one unix socket in a closed folder and on nothing else, asks every role for a password (SCRAM), and writes
neither statements nor row values into its log: logs carry ids, never values.
"""

import os
import select
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote

import psycopg

from caseflow.errors import CaseflowError
from caseflow.local.account import Account, hand_over, run_as
from caseflow.local.programs import PostgresPrograms

SUPERUSER = "postgres"
PORT = 5432  # only part of the socket's name
LONGEST_NUMBER = 20  # bytes read of a file that holds one
STOP_SIGNAL = signal.SIGINT  # the "fast" shutdown: ends the sessions, writes everything

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",  # DETAIL lines carry the values of a row
    "log_min_error_statement": "panic",
    "log_checkpoints": "off",
}
THROW_AWAY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "200"}


@dataclass(frozen=True)
class PostgresServer:
    """One PostgreSQL that belongs to one caseflow home (or to one run of the tests)."""

    programs: PostgresPrograms
    data: Path
    sockets: Path
    password: str = field(repr=False)  # of the superuser
    account: Account | None
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def command(self) -> list[str]:
        """The server in the foreground."""
        options = {**SETTINGS, **self.settings, "unix_socket_directories": f'"{self.sockets}"'}
        return [
            str(self.programs.postgres),
            *("-D", str(self.data)),
            *("-p", str(PORT)),
            *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
        ]

    @property
    def environment(self) -> dict[str, str]:
        """Nothing inherited: a PGHOST or PGDATA that was set for another server must not affect this one."""
        return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def url(self, database: str, role: str = SUPERUSER, password: str | None = None) -> str:
        """Return the address of a database for a role."""
        secret = quote(self.password if password is None else password, safe="")
        return f"postgresql://{role}:{secret}@/{database}?host={quote(str(self.sockets), safe='')}&port={PORT}"

    def make_data(self, *, sync: bool = True) -> None:
        """Make the data folder on the first start; later refuse data of another version, and say what to do."""
        version = data_version(self.data)
        if version is None:
            if self.data.exists() and (not self.data.is_dir() or any(self.data.iterdir())):
                raise CaseflowError(
                    f"{self.data} is no data folder of PostgreSQL: it has no PG_VERSION. Nothing was changed. Bring it back from a "
                    "backup, or, if there is nothing to keep, move it away together with the folder secrets and start again."
                )
            self._initdb(sync=sync)
        elif version != self.programs.version:
            raise CaseflowError(
                f"The data in {self.data} was written by PostgreSQL {version}, but the program found is "
                f"{self.programs.version} ({self.programs.folder}), which can't read it. Nothing was changed. Install PostgreSQL "
                f"{version} again (or set CASEFLOW_SERVERS to the one you used before) and start; to change over, "
                f"take the data out with pg_dumpall of version {version} and bring it into a new CASEFLOW_HOME."
            )

    def _initdb(self, *, sync: bool) -> None:
        unfinished = self.data.with_name(self.data.name + ".new")  # a power cut leaves no partial data folder
        shutil.rmtree(unfinished, ignore_errors=True)
        hand_over(unfinished, self.account)
        with NamedTemporaryFile("w", dir=self.data.parent, prefix="pw") as password:
            password.write(self.password)
            password.flush()
            if self.account is not None:
                os.chown(password.name, self.account.uid, self.account.gid)
            made = run_as(
                self.account,
                [
                    str(self.programs.initdb),
                    *("-D", str(unfinished)),
                    *("-U", SUPERUSER),
                    "--auth=scram-sha-256",
                    f"--pwfile={password.name}",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",  # the same sort order everywhere, and upper case of accented letters
                    *(() if sync else ("--no-sync",)),
                ],
                folder=unfinished,
                environment=self.environment,
            )
        if made.returncode != 0:
            raise CaseflowError(f"PostgreSQL could not make its data folder {self.data}:\n{made.stderr.strip()}")
        unfinished.rename(self.data)

    def forget_dead_server(self) -> None:
        """Remove the lock files of a server that a power cut ended; stop one that outlived its supervisor.

        PostgreSQL looks only whether the process number in the file exists. In a container the same small numbers come
        again after a restart, and an unrelated process would block the data for ever.
        """
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        for pid in _servers_of(lock, self.data):
            try:
                descriptor = os.pidfd_open(pid)
            except ProcessLookupError:  # it ended meanwhile
                continue
            try:
                os.kill(pid, STOP_SIGNAL)
                _wait_for_exit(descriptor, seconds=30, what=self.data)
            finally:
                os.close(descriptor)
        lock.unlink(missing_ok=True)
        for stale in self.sockets.glob(f".s.PGSQL.{PORT}*"):
            stale.unlink(missing_ok=True)

    def is_ready(self) -> bool:
        """Return whether it answers a query."""
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True


def data_version(data: Path) -> int | None:
    """Return which PostgreSQL version wrote this data folder; None when there is none yet.

    Raises:
        CaseflowError: the file that says so is damaged.
    """
    mark = data / "PG_VERSION"
    if not mark.exists():
        return None
    written = mark.read_bytes()[:LONGEST_NUMBER].strip()
    if not written.isdigit():
        raise CaseflowError(
            f"{mark} is damaged: it does not name a version of PostgreSQL. Nothing was changed. "
            "Bring the data back from a backup; the disk may be failing."
        )
    return int(written)


def _servers_of(lock: Path, data: Path) -> list[int]:
    """Return the server that the lock file names, if it works on this data. A damaged file names none: then all are looked at."""
    first = lock.read_bytes()[:LONGEST_NUMBER].split(b"\n", 1)[0].strip()
    if first.isdigit():
        return [int(first)] if _works_in(int(first), data) else []
    working = {int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _works_in(int(entry.name), data)}
    return [pid for pid in working if _parent_of(pid) not in working]


def _parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _works_in(pid: int, folder: Path) -> bool:
    """Return whether that process is a server on this data: PostgreSQL's working folder is its data folder."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == folder.resolve()
    except OSError:
        return False


def _wait_for_exit(descriptor: int, *, seconds: float, what: Path) -> None:
    if not select.select([descriptor], [], [], seconds)[0]:
        raise CaseflowError(
            f"A PostgreSQL from an earlier start still runs on {what} and does not stop. Stop it, then start again."
        )
