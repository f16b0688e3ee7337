"""The home: secrets that stay, one stack at a time, sockets with short paths."""

import os
import stat

import pytest

from caseflow.errors import CaseflowError
from caseflow.local.home import LONGEST_SOCKET_NAME, LONGEST_SOCKET_PATH, Home, open_home


@pytest.fixture
def home(tmp_path):
    tmp_path.chmod(0o711)
    return Home(tmp_path, None)


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_secrets_are_made_once_and_closed(home):
    first = home.secret("secret_key")
    assert home.secret("secret_key") == first
    assert len(first) == 64
    assert mode(home.folder / "secrets") == 0o700
    assert mode(home.folder / "secrets" / "secret_key") == 0o600


def test_a_power_cut_while_a_secret_was_written_leaves_no_half_of_it(home):
    home.secret("other")
    (home.folder / "secrets" / "secret_key.new").write_text("half")
    assert len(home.secret("secret_key")) == 64


def test_a_lost_secret_is_not_replaced_when_data_exist(home):
    home.secret("data_keys")
    home.postgres.mkdir()
    (home.folder / "secrets" / "data_keys").unlink()
    with pytest.raises(CaseflowError, match=r"data_keys is missing.*Bring it back from a backup"):
        home.secret("data_keys")


def test_a_second_start_on_the_same_home_is_refused_in_a_sentence(home):
    with (
        home.locked("http://localhost:8123"),
        pytest.raises(CaseflowError) as refused,
        home.locked("http://localhost:8124"),
    ):
        pass
    sentence = str(refused.value)
    assert f"already runs from {home.folder} (process {os.getpid()}, http://localhost:8123)" in sentence
    assert "CASEFLOW_HOME" in sentence


def test_the_lock_is_released_after_a_normal_end_and_after_an_error(home):
    with home.locked("one") as unclean:
        assert not unclean
    (home.folder / "lock").write_text("4711 http://localhost:8000\n")  # as after a power cut
    with home.locked("two") as unclean:
        assert unclean
    with home.locked("three") as unclean:
        assert not unclean


def test_sockets_are_inside_the_home_when_the_path_is_short(home):
    assert home.sockets() == home.run


def test_a_long_home_gets_a_short_closed_folder_for_its_sockets(home):
    deep = Home(home.folder / ("x" * LONGEST_SOCKET_PATH), None)
    sockets = deep.sockets()
    try:
        assert len(os.fsencode(sockets / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH
        assert mode(sockets) == 0o700
        assert deep.sockets() == sockets
    finally:
        sockets.rmdir()


def test_a_short_folder_of_another_account_is_refused(home):
    deep = Home(home.folder / ("y" * LONGEST_SOCKET_PATH), None)
    sockets = deep.sockets()
    sockets.rmdir()
    sockets.symlink_to(home.folder)
    try:
        with pytest.raises(CaseflowError, match="belongs to somebody else"):
            deep.sockets()
    finally:
        sockets.unlink()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may have to choose another place")
def test_the_home_of_an_ordinary_user_is_in_the_checkout_unless_said_otherwise(tmp_path):
    assert open_home({}, tmp_path).folder == tmp_path / "var"
    assert open_home({"CASEFLOW_HOME": str(tmp_path / "elsewhere")}, tmp_path).folder == tmp_path / "elsewhere"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")
class TestAsRoot:
    def test_only_the_folders_of_the_servers_belong_to_the_account(self, run_servers):
        home = open_home({"CASEFLOW_HOME": str(run_servers.folder / f"home-{os.getpid()}")})
        assert home.account is not None
        assert home.folder.stat().st_uid == 0
        assert home.run.stat().st_uid == home.account.uid
        assert home.logs.stat().st_uid == 0

    def test_a_home_below_a_closed_folder_is_refused_with_a_solution(self, tmp_path):
        tmp_path.chmod(0o700)
        with pytest.raises(CaseflowError, match=r"can't reach .* every account may enter"):
            open_home({"CASEFLOW_HOME": str(tmp_path / "home")})

    def test_an_account_that_does_not_exist_is_not_made(self, tmp_path):
        with pytest.raises(CaseflowError, match="no account nobody-of-this-name"):
            open_home({"CASEFLOW_HOME": str(tmp_path), "CASEFLOW_ACCOUNT": "nobody-of-this-name"})


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_secret_that_others_may_read_is_refused(home, mode):
    home.secret("secret_key")
    path = home.folder / "secrets" / "secret_key"
    path.chmod(mode)
    with pytest.raises(CaseflowError, match="chmod 600"):
        home.secret("secret_key")


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_secret_that_was_cut_off_is_refused(home, content):
    home.secret("secret_key")
    (home.folder / "secrets" / "secret_key").write_bytes(content)
    with pytest.raises(CaseflowError, match="empty or damaged"):
        home.secret("secret_key")


def test_a_damaged_lock_file_is_no_obstacle(home):
    (home.folder / "lock").write_bytes(b"\xff\xfe\x00")
    with home.locked("http://localhost") as unclean:
        assert unclean
