"""The fixtures of servers and databases."""

import secrets
import socket

import psycopg
import pytest
from sqlalchemy import text

from tests.network import NetworkRefused
from tests.servers import Database, RunServers

WRITE = text("CREATE TEMPORARY TABLE only_here (id int)")


def role(database: Database) -> str:
    with database.sessions() as session:
        return session.scalar(text("SELECT current_user"))


def test_the_application_role_owns_nothing_and_can_not_bypass_row_security(database):
    with database.sessions() as session:
        row = session.execute(
            text("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        ).one()
    assert tuple(row) == ("caseflow_tests", False, False)


@pytest.mark.parametrize("turn", [1, 2])
def test_commits_of_a_test_are_gone_in_the_next(database, turn):
    with database.sessions() as session:
        assert session.scalar(text("SELECT to_regclass('pg_temp.only_here')")) is None
        session.execute(WRITE)
        session.commit()
    with database.sessions() as session:
        assert session.scalar(text("SELECT count(*) FROM only_here")) == 0


@pytest.mark.commits
def test_with_commits_each_test_has_a_database_of_its_own(database, settings):
    assert "/own_" in settings.database_url
    assert role(database) == "caseflow_tests"


def test_the_superuser_is_not_subject_to_row_security(database):
    with database.as_superuser() as engine, engine.connect() as connection:
        assert connection.scalar(text("SELECT usesuper FROM pg_user WHERE usename = current_user"))


def test_redis_replies(run_servers):
    assert run_servers.redis.is_ready()


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("mail.example.org", 25), ("127.0.0.1", 25)])
def test_the_network_is_closed(address):
    with socket.socket() as connection, pytest.raises(NetworkRefused):
        connection.connect(address)


def test_a_database_is_dropped_in_the_background_and_a_failure_is_not_lost(run_servers):
    servers = RunServers(run_servers.folder)
    name = f"dropped_{secrets.token_hex(4)}"
    with servers.clone(name):
        pass
    servers.finish()
    with psycopg.connect(servers.postgres.url("postgres"), autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name]).fetchone() == (0,)

        servers = RunServers(run_servers.folder)
        with servers.clone(name):
            connection.execute(f"DROP DATABASE {name}".encode())
    with pytest.raises(psycopg.errors.InvalidCatalogName):
        servers.finish()
