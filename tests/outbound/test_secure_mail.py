"""Mail to a server that requires TLS and a password, with a certificate of a test authority."""

import ssl
from pathlib import Path
from uuid import UUID

import pytest

from caseflow.outbound.mail import MailServerUnavailable, SmtpMailer
from tests.outbound.certificates import Authority
from tests.outbound.sink import Sink
from tests.outbound.test_mail import mail

# The test server does not know that the connection uses TLS from the first byte on.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
ACCOUNTS = {"caseflow": "a long password"}
WAYS = pytest.mark.parametrize("way", ["starttls", "tls"])


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """A certificate authority that this process trusts (`SSL_CERT_FILE`)."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
    return authority


def server(certificate: tuple[Path, Path], way: str) -> Sink:
    return Sink(certificate=certificate, starttls=way == "starttls", accounts=ACCOUNTS)


def mailer(sink: Sink, way: str, password: str = "a long password") -> SmtpMailer:
    return SmtpMailer("localhost", sink.port, user="caseflow", password=password, tls=way)


@WAYS
def test_mails_go_through_tls_after_signing_in(authority: Authority, way: str):
    with server(authority.certificate_of("localhost"), way) as sink, mailer(sink, way) as sending:
        for number in range(3):
            sending.send(mail(key=UUID(int=number)))
    assert len(sink.mails) == 3
    assert sink.signed_in == ["caseflow"]


@WAYS
def test_a_certificate_of_another_name_is_refused(authority: Authority, way: str):
    with server(authority.certificate_of("elsewhere.example.org"), way) as sink:
        with mailer(sink, way) as sending, pytest.raises(MailServerUnavailable) as lost:
            sending.send(mail())
        assert isinstance(lost.value.__cause__, ssl.SSLCertVerificationError)
        assert (sink.mails, sink.signed_in) == ([], [])


@WAYS
def test_a_certificate_of_an_unknown_authority_is_refused(tmp_path: Path, authority: Authority, way: str):
    folder = tmp_path / "other"
    folder.mkdir()
    with server(Authority(folder).certificate_of("localhost"), way) as sink:
        with mailer(sink, way) as sending, pytest.raises(MailServerUnavailable):
            sending.send(mail())
        assert (sink.mails, sink.signed_in) == ([], [])


@WAYS
def test_with_a_wrong_password_the_server_is_unavailable_and_no_mail_is_lost(authority: Authority, way: str):
    with server(authority.certificate_of("localhost"), way) as sink:
        with mailer(sink, way, "another password") as sending, pytest.raises(MailServerUnavailable) as lost:
            sending.send(mail())
        assert "another password" not in str(lost.value)
        assert sink.mails == []
        with mailer(sink, way) as sending:
            sending.send(mail())
        assert len(sink.mails) == 1


def test_the_password_is_never_sent_in_clear(authority: Authority):
    """A server that does not offer TLS, or an attacker who removes the offer."""
    with Sink(accounts=ACCOUNTS) as sink, mailer(sink, "starttls") as sending, pytest.raises(MailServerUnavailable):
        sending.send(mail())
    assert sink.signed_in == []
