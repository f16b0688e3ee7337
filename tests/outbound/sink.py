"""A real SMTP server on the loopback that keeps what it is given, and can be told to refuse, to put off, or to go away."""

import asyncio
import socket
from collections import Counter
from email import message_from_bytes
from typing import TYPE_CHECKING, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Sink:
    """Collects mails. `answer` decides what is said to a recipient; "" takes the mail."""

    def __init__(self, port: int = 0) -> None:
        self.mails: list[Message] = []
        self.connections = 0
        self.answer: Callable[[str], str] = lambda _address: ""
        self.seconds_per_mail = 0.0
        self.port = port or free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, server_hostname="localhost")

    @property
    def ids(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for mail in self.mails)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Go away, once."""
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
