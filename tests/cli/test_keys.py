"""`caseflow keys rotate`: what it prints, and with what it ends."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from caseflow.cli import main
from caseflow.db.sealing import KeyRing
from caseflow.models import Role
from tests.factories import make_actor, make_case, make_section

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture
def run(settings, runtime, monkeypatch):
    """Rotate with these keys, the first the current one; return the exit code and what was printed."""

    def run(**keys):
        given = replace(settings, data_keys=keys)
        ring = KeyRing(given.data_keys, given.current_data_key)
        monkeypatch.setattr("caseflow.cli.keys.current_settings", lambda: given)
        monkeypatch.setattr(
            "caseflow.cli.keys.make_runtime", lambda _: replace(runtime, units=replace(runtime.units, keys=ring))
        )
        result = CliRunner().invoke(main, ["keys", "rotate"])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def test_it_says_what_was_sealed_and_which_key_may_go(runtime, run):
    ana = make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))
    make_case(replace(runtime.units, keys=KeyRing({"k1": OLD}, "k1")), ana, contact_note="Mornings")
    code, output = run(k2=NEW)
    assert code == 1
    assert "1 rows can't be opened" in output
    code, output = run(k2=NEW, k1=OLD)
    assert (code, output.splitlines()) == (
        0,
        ["case: 1 rows sealed again.", "Everything is sealed with the key k2.",
         "Take k1 out of DATA_KEYS, and keep it with the backups that were made before today."],
    )  # fmt: skip
    assert run(k2=NEW) == (0, "Everything is sealed with the key k2.\n")
