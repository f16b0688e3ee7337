"""A real SMTP server on the loopback that stores mails, and can refuse them, delay them, or stop."""

import asyncio
import socket
import ssl
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.local.waiting import HANG_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Sink:
    """Collects mails. `answer` returns the reply to a recipient; "" accepts the mail.

    With a `certificate` (its file and that of its key) it uses TLS: from the first byte on, or with STARTTLS (`starttls`).
    With `accounts` (passwords by name) it accepts mails only after a login, and a login only over TLS.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        certificate: tuple[Path, Path] | None = None,
        starttls: bool = True,
        accounts: dict[str, str] | None = None,
    ) -> None:
        self.mails: list[Message] = []
        self.connections = 0
        self.answer: Callable[[str], str] = lambda _address: ""
        self.seconds_per_mail = 0.0
        self.port = port or free_port()
        self.signed_in: list[str] = []
        self._accounts = accounts
        context = None
        if certificate is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(*certificate)
        options: dict[str, Any] = {"tls_context": context, "require_starttls": True} if context and starttls else {}
        if accounts is not None:
            options |= {"authenticator": self._authenticate, "auth_required": True, "auth_require_tls": starttls}
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            server_hostname="localhost",
            ready_timeout=HANG_SECONDS,
            ssl_context=None if starttls else context,
            **options,
        )

    def _authenticate(self, _server: object, _session: object, _envelope: object, _how: str, data: Any) -> AuthResult:
        name, password = data.login.decode(), data.password.decode()
        is_right = bool(self._accounts) and self._accounts.get(name) == password
        if is_right:
            self.signed_in.append(name)
        return AuthResult(success=is_right, handled=False)  # the server replies 535, as real ones do

    @property
    def ids(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for mail in self.mails)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the server if it runs."""
        if self._controller.server is not None:
            self._controller.stop()

    async def handle_EHLO(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self.answer(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content))
        await asyncio.sleep(self.seconds_per_mail)
        return "250 Taken"
