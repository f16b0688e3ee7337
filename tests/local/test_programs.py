"""Which PostgreSQL and Redis are used."""

from pathlib import Path

import pytest

from caseflow.errors import CaseflowError
from caseflow.local import programs
from caseflow.local.account import run_as
from caseflow.local.programs import PostgresPrograms, Servers, find_postgres, find_redis

OLD, NEW = (PostgresPrograms(Path(f"/pg/{version}"), version, Servers.SYSTEM) for version in (15, 18))


@pytest.fixture
def found(monkeypatch):
    """Set which PostgreSQL versions the system and the wheels have."""

    def be(system=(), wheel=()):
        monkeypatch.setattr(programs, "_system_postgres", lambda: list(system))
        monkeypatch.setattr(programs, "_wheel_postgres", lambda *_: list(wheel))
        monkeypatch.setattr(programs, "can_run", lambda *_: True)

    return be


@pytest.mark.parametrize(
    ("wanted", "data_version", "chosen"),
    [
        (Servers.AUTO, None, OLD),
        (Servers.SYSTEM, None, OLD),
        (Servers.WHEEL, None, NEW),
        (Servers.AUTO, 18, NEW),  # the version of the data decides
        (Servers.SYSTEM, 18, OLD),  # which then reports that it can't read them
    ],
)
def test_system_programs_are_preferred_and_existing_data_decide(found, wanted, data_version, chosen):
    found(system=[OLD], wheel=[NEW])
    assert find_postgres(wanted, None, Path("/none"), data_version=data_version) == chosen


def test_a_postgresql_that_is_too_old_is_not_used(found):
    found(system=[PostgresPrograms(Path("/pg/13"), 13, Servers.SYSTEM)], wheel=[NEW])
    assert find_postgres(Servers.AUTO, None, Path("/none"), data_version=None) == NEW
    with pytest.raises(CaseflowError, match=r"PostgreSQL 15 or newer was not found.*CASEFLOW_SERVERS=wheel"):
        find_postgres(Servers.SYSTEM, None, Path("/none"), data_version=None)


def test_a_missing_redis_is_reported_with_a_solution(monkeypatch):
    monkeypatch.setenv("PATH", "/none")
    with pytest.raises(CaseflowError, match=r"Redis was not found.*apt-get install redis-server"):
        find_redis(Servers.SYSTEM, None, Path("/none"))


def test_programs_of_an_activated_environment_are_not_taken_for_system_programs(monkeypatch, tmp_path):
    own = tmp_path / "bin"
    own.mkdir()
    for name in ("redis-server", "initdb"):
        (own / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(own))
    assert find_redis(Servers.SYSTEM, None, Path("/none")) == own / "redis-server"
    monkeypatch.setattr(programs.sys, "executable", str(own / "python"))
    with pytest.raises(CaseflowError, match="Redis was not found"):
        find_redis(Servers.SYSTEM, None, Path("/none"))


def test_a_setting_that_does_not_exist_is_refused():
    with pytest.raises(CaseflowError, match="must be auto, system or wheel"):
        Servers.wanted("docker")


def test_programs_that_the_account_can_not_reach_are_copied(tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "can_run", lambda _account, command: str(tmp_path) in command[0])
    postgres = find_postgres(Servers.WHEEL, None, tmp_path, data_version=None)
    assert postgres.folder.is_relative_to(tmp_path)
    for program in (postgres.initdb, postgres.postgres):  # including libraries
        assert run_as(None, [str(program), "--version"]).returncode == 0
    copied = (postgres.folder / "postgres").stat().st_ino
    again = find_postgres(Servers.WHEEL, None, tmp_path, data_version=None)
    assert (again.folder / "postgres").stat().st_ino == copied
    redis = find_redis(Servers.WHEEL, None, tmp_path)
    assert redis.is_relative_to(tmp_path)
    assert run_as(None, [str(redis), "-v"]).returncode == 0


def test_an_incomplete_copy_is_made_again(tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "can_run", lambda _account, command: str(tmp_path) in command[0])
    redis = find_redis(Servers.WHEEL, None, tmp_path)
    (tmp_path / "redis" / "copied-from").unlink()
    redis.write_bytes(b"half")
    assert len(find_redis(Servers.WHEEL, None, tmp_path).read_bytes()) > 4


def test_a_server_program_that_is_a_link_keeps_the_name_it_is_called_by(tmp_path, monkeypatch):
    (tmp_path / "redis-check-rdb").write_text("#!/bin/sh\n")
    (tmp_path / "redis-check-rdb").chmod(0o755)
    (tmp_path / "redis-server").symlink_to("redis-check-rdb")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_redis(Servers.SYSTEM, None, tmp_path) == tmp_path / "redis-server"
