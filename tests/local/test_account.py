"""Which account runs the servers."""

import os

import pytest

from caseflow.errors import CaseflowError
from caseflow.local.account import can_enter, can_run, hand_over, run_as, server_account


def test_an_ordinary_user_runs_servers_under_the_own_account(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert server_account() is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")
class TestAsRoot:
    def test_an_existing_account_without_privileges_is_used(self):
        account = server_account()
        assert account is not None
        assert run_as(account, ["id", "-u"]).stdout.strip() == str(account.uid)
        assert run_as(account, ["id", "-G"]).stdout.split() == [str(account.gid)]

    def test_root_is_never_used(self):
        with pytest.raises(CaseflowError, match="no account root"):
            server_account("root")

    def test_what_the_account_may_do_is_found_by_trying(self, tmp_path):
        account = server_account()
        program = tmp_path / "program"
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        for folder in (tmp_path.parent.parent, tmp_path.parent, tmp_path):
            if not can_enter(account, folder):
                assert not can_run(account, [str(program)])
                return
        assert can_run(account, [str(program)])

    def test_a_folder_is_handed_over_closed(self, tmp_path):
        account = server_account()
        folder = hand_over(tmp_path / "room", account)
        assert (folder.stat().st_uid, folder.stat().st_mode & 0o777) == (account.uid, 0o700)
