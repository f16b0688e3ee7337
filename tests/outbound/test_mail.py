"""Mails: constant bytes, one recipient, no header injection; a server or a folder accepts each once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest

from caseflow.outbound.mail import (
    FolderMailer,
    Letterhead,
    MailDelayed,
    MailRefused,
    MailServerUnavailable,
    SmtpMailer,
    write_mail,
)
from tests.outbound.sink import Sink

HEAD = Letterhead("caseflow@example.org", "https://cases.example.org")
KEY = UUID("0a4e9b52-8b74-4a4f-bc5c-6c8c0d3b9a11")
AT = datetime(2026, 6, 1, 7, 0, 0, 123456, tzinfo=UTC)


def mail(to: str = "ana@example.org", key: UUID = KEY) -> EmailMessage:
    return write_mail(HEAD, to=to, subject="Look", body="Sign in.\n", key=key, at=AT)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as running:
        yield running


def test_the_same_key_gives_the_same_bytes():
    assert mail().as_bytes() == mail().as_bytes()
    assert mail()["Message-ID"].endswith("@cases.example.org>")
    assert str(KEY) not in mail().as_string()
    assert mail()["Message-ID"] != mail(key=UUID(int=1))["Message-ID"]
    assert mail()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "address", ["ana@example.org\r\nBcc: x@example.org", "ana@example.org\nX: y", "a@b, c@d", "ana", "", "@"]
)
def test_an_invalid_address_is_refused(address: str):
    with pytest.raises(MailRefused):
        mail(address)


def test_one_connection_for_a_series(sink: Sink):
    with SmtpMailer("127.0.0.1", sink.port, tls="none") as mailer:
        for number in range(3):
            mailer.send(mail(key=UUID(int=number)))
    assert (len(sink.mails), sink.connections) == (3, 1)
    assert sink.mails[0]["To"] == "ana@example.org"


@pytest.mark.parametrize(
    ("answer", "error"),
    [("550 no such user", MailRefused), ("451 later", MailDelayed), ("421 bye", MailServerUnavailable)],
)
def test_permanent_and_temporary_refusals_are_distinguished(sink: Sink, answer: str, error: type[Exception]):
    sink.answer = lambda _address: answer
    with SmtpMailer("127.0.0.1", sink.port, tls="none") as mailer:
        with pytest.raises(error) as caught:
            mailer.send(mail())
        sink.answer = lambda _address: ""
        mailer.send(mail())
    assert "ana" not in str(caught.value)
    assert len(sink.mails) == 1


def test_an_unreachable_server_or_one_without_tls_is_unavailable(sink: Sink):
    with SmtpMailer("127.0.0.1", sink.port, tls="starttls") as mailer, pytest.raises(MailServerUnavailable):
        mailer.send(mail())
    with Sink() as other:
        port = other.port
    with SmtpMailer("127.0.0.1", port, tls="none") as mailer, pytest.raises(MailServerUnavailable):
        mailer.send(mail())


def test_a_restarted_server_is_connected_again():
    with Sink() as first:
        port = first.port
        mailer = SmtpMailer("127.0.0.1", port, tls="none")
        with mailer:
            mailer.send(mail())
            first.stop()
            with Sink(port) as second:
                mailer.send(mail())
                assert len(second.mails) == 1


def test_a_folder_holds_each_mail_once(tmp_path: Path):
    mailer = FolderMailer(tmp_path / "mails")
    with mailer:
        mailer.send(mail())
        mailer.send(mail())
        mailer.send(mail(key=UUID(int=1)))
    assert len(list((tmp_path / "mails").iterdir())) == 2
    filed = mailer.latest(1)
    assert [(one.to, one.subject) for one in filed] == [("ana@example.org", "Look")]
    assert "Sign in." in (mailer.text_of(filed[0].name) or "")
    assert mailer.text_of("../../etc/passwd") is None
