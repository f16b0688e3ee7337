"""The private PostgreSQL: access, logs without values, and recovery after a power cut."""

import os
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from caseflow.errors import CaseflowError
from caseflow.local import process
from caseflow.local.account import hand_over
from caseflow.local.postgres import STOP_SIGNAL, THROW_AWAY, PostgresServer
from tests.local.waiting import HANG_SECONDS, is_alive, until


@pytest.fixture
def server(run_servers, request):
    """A separate PostgreSQL, not started."""
    shared = run_servers.postgres
    folder = run_servers.folder / f"pg-{os.getpid()}-{abs(hash(request.node.name)):x}"[:60]
    folder.mkdir()
    return PostgresServer(
        shared.programs, folder / "data", hand_over(folder / "s", shared.account), "pw", shared.account, THROW_AWAY
    )


def start(server: PostgresServer) -> process.Running:
    running = process.start(
        server.command,
        account=server.account,
        folder=server.sockets,
        environment=server.environment,
        output=subprocess.DEVNULL,
    )
    process.wait_until_ready(running, server.is_ready, what="PostgreSQL")
    return running


@pytest.mark.servers
def test_data_survive_and_a_stale_lock_with_a_reused_process_number_is_removed(server):
    server = replace(server, settings={})
    server.make_data(sync=False)
    running = start(server)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (id int)")
    process.kill_group(running)
    running.wait()
    lock = server.data / "postmaster.pid"
    lock.write_text(
        lock.read_text().replace(str(running.pid), str(os.getpid()), 1)
    )  # the process number is that of the test
    server.make_data()
    until(lambda: not working_in(server.data), "the processes of the dead server are gone")
    server.forget_dead_server()
    again = start(server)
    try:
        with psycopg.connect(server.url("postgres")) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    finally:
        process.end(again, first=STOP_SIGNAL)


@pytest.mark.servers
def test_a_server_whose_lock_file_is_damaged_is_found_and_stopped(server):
    server.make_data(sync=False)
    running = start(server)
    (server.data / "postmaster.pid").write_bytes(b"\x00\xff garbage")
    server.forget_dead_server()
    running.wait(HANG_SECONDS)
    assert not (server.data / "postmaster.pid").exists()


@pytest.mark.parametrize("content", [b"", b"garbage", b"\xff\xfe", b"-1\n", b"9" * 400])
def test_a_damaged_lock_file_without_a_server_is_removed(server, content):
    server.data.mkdir()
    (server.data / "postmaster.pid").write_bytes(content)
    server.forget_dead_server()
    assert not (server.data / "postmaster.pid").exists()


@pytest.mark.parametrize("content", [b"", b"eighteen", b"\xff\xfe"])
def test_a_damaged_version_is_refused_with_a_solution(server, content):
    server.data.mkdir()
    (server.data / "PG_VERSION").write_bytes(content)
    with pytest.raises(CaseflowError, match="does not name a version"):
        server.make_data()


def test_a_folder_that_is_no_data_of_postgresql_is_left_alone(server):
    server.data.mkdir()
    (server.data / "base").mkdir()
    with pytest.raises(CaseflowError, match=r"has no PG_VERSION. Nothing was changed"):
        server.make_data()
    assert [entry.name for entry in server.data.iterdir()] == ["base"]


@pytest.mark.servers
def test_a_server_that_outlived_its_supervisor_is_stopped_first(server):
    server.make_data(sync=False)
    running = start(server)
    server.forget_dead_server()
    running.wait(HANG_SECONDS)
    assert not is_alive(running.pid)
    assert not (server.data / "postmaster.pid").exists()


def test_data_of_another_version_are_refused_with_a_solution(server):
    hand_over(server.data, None)
    (server.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(CaseflowError) as refused:
        server.make_data()
    sentence = str(refused.value)
    assert f"written by PostgreSQL 12, but the program found is {server.programs.version}" in sentence
    assert "Nothing was changed" in sentence
    assert "pg_dumpall" in sentence


def test_connections_need_a_password(run_servers):
    stranger = replace(run_servers.postgres, password="guessed")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stranger.url("postgres"))


def test_it_listens_on_no_port(run_servers):
    with psycopg.connect(run_servers.postgres.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_the_log_holds_no_values(run_servers):
    with psycopg.connect(run_servers.postgres.url("postgres")) as connection:
        connection.execute("CREATE TEMPORARY TABLE secret_names (name text PRIMARY KEY)")
        connection.execute("INSERT INTO secret_names VALUES ('canary-of-the-log')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO secret_names VALUES ('canary-of-the-log')")
    log = (run_servers.folder / "PostgresServer.log").read_text()
    assert "secret_names_pkey" in log
    assert "canary-of-the-log" not in log


def test_upper_and_lower_case_of_accents_are_known(run_servers):
    with psycopg.connect(run_servers.postgres.url("postgres")) as connection:
        assert connection.execute("SELECT lower('ÉÑŠ')").fetchone() == ("éñš",)


def working_in(folder: Path) -> list[str]:
    """Return the processes with that working folder; those of a PostgreSQL have its data folder."""
    found = []
    for process_folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process_folder / "cwd").readlink() == folder:
                found.append(process_folder.name)
    return found
