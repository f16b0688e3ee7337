"""A PostgreSQL whose disk is full: small changes still succeed, saves fail, and `/health` says so."""

import signal
import subprocess
from contextlib import contextmanager, suppress

import psycopg
import pytest

from bench.server import make_database, make_server, own_folder, role_url, runtime_of, settings_of
from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.app import create_app
from caseflow.db.prepare import WORKER
from caseflow.features.monitoring.disk import DiskCheck
from caseflow.features.monitoring.service import beat
from caseflow.local import process
from caseflow.local.postgres import STOP_SIGNAL
from tests.local.waiting import HANG_SECONDS

pytestmark = [pytest.mark.servers, pytest.mark.slow]


@pytest.fixture(scope="module")
def disk():
    """A small disk in memory."""
    with own_folder("disk") as folder:
        place = folder / "disk"
        place.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=200m,mode=0711", "tmpfs", place],
            check=False,
            capture_output=True,
            text=True,
        )
        if mounted.returncode:
            pytest.skip(f"A FULL DISK WAS NOT TRIED: only root may make a small disk here ({mounted.stderr.strip()})")
        yield place
        subprocess.run(["umount", place], check=True)


@pytest.fixture(scope="module")
def server(disk):
    server = make_server(disk)
    with (disk.parent / "log").open("ab") as log:
        running = process.start(
            server.command,
            account=server.account,
            folder=server.sockets,
            environment=server.environment,
            last_signal=signal.SIGQUIT,
            output=log.fileno(),
        )
    process.wait_until_ready(running, server.is_ready, what="PostgreSQL")
    yield server
    process.end(running, first=STOP_SIGNAL, seconds=HANG_SECONDS)


@contextmanager
def full(disk):
    """Fill the disk while the block runs."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    yield
    filler.unlink()


def test_health_says_that_nothing_can_be_saved(disk, server):
    make_database(server, "filled")
    runtime = runtime_of(settings_of(role_url(server, "filled", WORKER), LOG_LEVEL="ERROR"))
    app = create_app(runtime)

    def heartbeat():
        with runtime.units.begin(JobActor(SystemRole.MONITOR)) as uow:
            beat(uow, "worker")

    def health():
        app.extensions["caseflow.disk_check"] = DiskCheck(runtime.units, refresh_seconds=0)
        answer = app.test_client().get("/health")
        assert answer.status_code == 503  # no worker runs here
        return answer.json

    heartbeat()
    assert health()["can_write"]
    with full(disk):
        with (
            psycopg.connect(server.url("filled"), autocommit=True) as connection,
            pytest.raises(psycopg.errors.DiskFull),
        ):
            connection.execute("CREATE TABLE saved AS SELECT repeat('x', 1000) FROM generate_series(1, 1000)")
        found = health()
        assert found["database"]
        assert not found["can_write"]
    assert health()["can_write"]
    runtime.engine.dispose()
