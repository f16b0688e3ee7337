"""A PostgreSQL of its own for one run of the benchmark, with the settings that `caseflow up` serves with (fsync is on)."""

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caseflow.access.actor import JobActor, SystemRole
from caseflow.db.migrate import upgrade
from caseflow.db.prepare import COMMAND, CONNECTION_LIMITS, prepare_database
from caseflow.features.reference.service import load_packs
from caseflow.jobs import Job
from caseflow.local import process
from caseflow.local.account import hand_over, server_account
from caseflow.local.postgres import STOP_SIGNAL, PostgresServer
from caseflow.local.programs import Servers, find_postgres
from caseflow.runtime import Runtime, make_runtime
from caseflow.unit_of_work import SendJob
from config import Settings

PASSWORD = secrets.token_urlsafe(16)


@contextmanager
def own_folder(name: str) -> Iterator[Path]:
    """Yield a folder that the servers' account may enter; it is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"caseflow-{name}-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def make_server(folder: Path) -> PostgresServer:
    """Make a server with empty data, not started."""
    account = server_account(os.environ.get("CASEFLOW_ACCOUNT"))
    sockets = hand_over(folder / "run", account)
    wanted = Servers.wanted(os.environ.get("CASEFLOW_SERVERS"))
    programs = find_postgres(wanted, account, folder / "programs", data_version=None)
    server = PostgresServer(programs, folder / "postgres", sockets, PASSWORD, account)
    server.make_data()
    return server


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Yield a fresh server in its own folder; stop it and remove the folder at the end."""
    with own_folder("bench") as folder:
        server = make_server(folder)
        with (folder / "log").open("ab") as log:
            running = process.start(
                server.command,
                account=server.account,
                folder=server.sockets,
                environment=server.environment,
                last_signal=signal.SIGQUIT,
                output=log.fileno(),
            )
        try:
            process.wait_until_ready(running, server.is_ready, what="PostgreSQL")
            yield server
        finally:
            process.end(running, first=STOP_SIGNAL)


def make_database(server: PostgresServer, name: str) -> None:
    """Make a migrated database with the reference data of the packs."""
    prepare_database(server.url("postgres"), name, dict.fromkeys(CONNECTION_LIMITS, PASSWORD))
    upgrade(server.url(name, "caseflow_owner", PASSWORD))
    runtime = runtime_of(settings_of(role_url(server, name, COMMAND)))
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        load_packs(uow)
    runtime.engine.dispose()


def role_url(server: PostgresServer, name: str, role: str) -> str:
    """Return the address for the role of a process, which is subject to row security."""
    return server.url(name, role, PASSWORD)


def settings_of(database_url: str, **more: str) -> Settings:
    """Return the settings of one machine: the full cost of Argon2, no queue."""
    return Settings.from_env(
        {
            "CASEFLOW_ENVIRONMENT": "one-machine",
            "DATABASE_URL": database_url,
            "REDIS_URL": "redis://localhost:1/0",  # never contacted: see `runtime_of`
            "SECRET_KEY": "hVq7ZtLw3mXc9RfKp2YbN8sDgJ4uEa6T",
            "DATA_KEYS": "b1:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=",
            "BASE_URL": "http://localhost",
            "MAIL_FOLDER": "/nonexistent",
            "LOG_LEVEL": "ERROR",
            **more,
        }
    )


def _drop_job(_job: Job, _arguments: dict[str, str]) -> None:
    """Drop a job: the sweep is measured by itself."""


def runtime_of(settings: Settings, send: SendJob = _drop_job) -> Runtime:
    """Make the runtime as an entry point does. Jobs are dropped unless `send` is given."""
    return make_runtime(settings, send=send)
