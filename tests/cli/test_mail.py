"""`caseflow mail-bounce` in the pipe of a mail server: it succeeds with any input."""

import pytest
from click.testing import CliRunner

from caseflow.cli import main
from tests.outbound.test_bounces import ANA, report


@pytest.mark.parametrize("message", [b"", b"\xff\x00 hello", report(ANA), report(ANA) * 2000])
def test_any_mail_is_taken(settings, runtime, monkeypatch, message):
    monkeypatch.setattr("caseflow.cli.mail.current_settings", lambda: settings)
    monkeypatch.setattr("caseflow.cli.mail.make_runtime", lambda _settings: runtime)
    result = CliRunner().invoke(main, ["mail-bounce"], input=message)
    assert (result.exit_code, result.output) == (0, "Mails of ours that came back: 0.\n")
