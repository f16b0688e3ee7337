"""Writes mails, and sends them to an SMTP server or, on one machine without a server, to a folder.

Others may read mails on their way (`docs/threat-model.md`, trust lines): a mail is plain text with constant words, to one
recipient. The Message-ID is derived from a key, so that a mail that is sent twice can be recognised as one mail (RFC
5322, section 3.6.4), and is one file in the folder.
"""

import hashlib
import os
import smtplib
import ssl
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self
from urllib.parse import urlsplit
from uuid import UUID, uuid5

NAMESPACE = UUID("6f0d3a52-2f0b-4c7e-9a53-5a3a1c9f7b11")
"""Namespace of our Message-IDs. Random, must not change: mails sent again would get another Message-ID."""

TIMEOUT_SECONDS = 10.0
CLOSING = 421
"""'Service not available, closing transmission channel' (RFC 5321, section 3.8): the answer to any command."""
PERMANENT = range(500, 600)


class MailNotAccepted(Exception):
    """A mail was not accepted. The text is a word and the status code (`refused 550`); it is stored, so it has no names."""


class MailRefused(MailNotAccepted):
    """This mail will never be accepted: the address is invalid or unknown."""


class MailDelayed(MailNotAccepted):
    """The server does not accept this mail now. It may accept others."""


class MailServerUnavailable(Exception):
    """The server can't be reached, or refuses the login: no mail can be sent."""


class Mailer(Protocol):
    """Sends mails. As a context manager it uses one connection for all mails of the block."""

    def send(self, message: EmailMessage) -> None:
        """Send one mail; when this returns, the server has accepted it.

        Raises:
            MailRefused: this mail will never be accepted.
            MailDelayed: this mail is not accepted now.
            MailServerUnavailable: no mail can be sent now.
        """

    def __enter__(self) -> Self:
        """Start a series of mails."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the series."""


class MailSettings(Protocol):
    """The settings that decide where mail goes (`config.Settings` has them)."""

    @property
    def smtp_host(self) -> str | None: ...  # noqa: D102 - the names are those of the settings
    @property
    def smtp_port(self) -> int: ...  # noqa: D102
    @property
    def smtp_user(self) -> str | None: ...  # noqa: D102
    @property
    def smtp_password(self) -> str | None: ...  # noqa: D102
    @property
    def smtp_tls(self) -> str: ...  # noqa: D102
    @property
    def mail_folder(self) -> Path | None: ...  # noqa: D102


class CachingHeaderRegistry(HeaderRegistry):
    """Caches the parsed headers that are the same in all mails: parsing them was half the time of writing a mail."""

    CONSTANT = ("From", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")

    def __init__(self) -> None:
        super().__init__()
        self._cached = lru_cache(maxsize=32)(super().__call__)

    def __call__(self, name: str, value: Any) -> Any:
        """Return the parsed header."""
        return self._cached(name, value) if name in self.CONSTANT else super().__call__(name, value)


MAIL_POLICY = policy.SMTP.clone(header_factory=CachingHeaderRegistry())


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all mails have in common: the sender, and the address of the application."""

    sender: str
    base_url: str


def write_mail(head: Letterhead, *, to: str, subject: str, body: str, key: UUID, at: datetime) -> EmailMessage:
    """Return a plain text mail to one recipient. The same arguments give the same bytes.

    Raises:
        MailRefused: the address is not valid in a header (`docs/threat-model.md`, E8).
    """
    message = EmailMessage(policy=MAIL_POLICY)
    try:
        message["To"] = Address(addr_spec=to)
    except (ValueError, IndexError, MessageError) as error:  # raised by the parser of the standard library
        raise MailRefused("address") from error
    message["From"] = head.sender
    message["Subject"] = subject
    message["Message-ID"] = message_id(head, key)
    message["Date"] = format_datetime(at.astimezone(UTC).replace(microsecond=0))
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: prevents automatic replies
    message.set_content(body)
    return message


def message_id(head: Letterhead, key: UUID) -> str:
    """Return the Message-ID of a key: always the same; the key can't be derived from it."""
    return f"<{uuid5(NAMESPACE, str(key))}@{urlsplit(head.base_url).hostname}>"


class SmtpMailer:
    """Sends mails to an SMTP server over one connection, which is reopened when the server closed it."""

    def __init__(
        self, host: str, port: int, *, user: str | None = None, password: str | None = None, tls: str = "starttls"
    ) -> None:
        self._host, self._port, self._user, self._password, self._tls = host, port, user, password, tls
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Start a series; the connection is opened with the first mail."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()  # already lost; all mails sent before were accepted

    def send(self, message: EmailMessage) -> None:
        """Send one mail. A connection that the server has closed meanwhile is reopened once."""
        was_open = self._connection is not None
        try:
            self._transmit(message)
        except MailServerUnavailable:
            if not was_open:
                raise
            self._transmit(message)

    def _transmit(self, message: EmailMessage) -> None:
        try:
            self._connection = connection = self._connection or self._connect()
            connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            if code == CLOSING:
                self._close_and_raise("The mail server closed the connection.", error)
            if code in PERMANENT:
                raise MailRefused(f"refused {code}") from error
            raise MailDelayed(f"delayed {code}") from error
        except smtplib.SMTPDataError as error:
            # All our mails have the same text: a wrong filter rule of the server must not make all of them fail for good.
            if error.smtp_code == CLOSING:
                self._close_and_raise("The mail server closed the connection.", error)
            raise MailDelayed(f"delayed {error.smtp_code}") from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailRefused("address") from error
        except (OSError, smtplib.SMTPException) as error:  # also raised when the server refuses the sender
            self._close_and_raise("The mail server can't be reached.", error)

    def _connect(self) -> smtplib.SMTP:
        connection: smtplib.SMTP | None = None
        secure = ssl.create_default_context()
        try:
            if self._tls == "tls":
                connection = smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT_SECONDS, context=secure)
            else:
                connection = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_SECONDS)
            if self._tls == "starttls":
                connection.starttls(context=secure)
            if self._user:
                connection.login(self._user, self._password or "")
        except (OSError, smtplib.SMTPException) as error:
            if connection is not None:
                connection.close()
            raise MailServerUnavailable("The mail server can't be reached, or does not let us in.") from error
        return connection

    def _close_and_raise(self, sentence: str, error: Exception) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        raise MailServerUnavailable(sentence) from error


@dataclass(frozen=True, slots=True)
class SavedMail:
    """A mail in the folder, for the administrator's list."""

    name: str
    to: str
    subject: str
    at: datetime


class FolderMailer:
    """Saves mails as files, for one machine without an SMTP server; one file per Message-ID."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        """Make the folder, readable for this account only."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: no file stays open."""

    def send(self, message: EmailMessage) -> None:
        """Write the mail to a temporary file and move it: a reader never sees half a mail."""
        name = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest() + ".eml"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self._folder / name)
        except OSError as error:
            raise MailServerUnavailable("The folder of mails can't be written.") from error

    def latest(self, limit: int) -> list[SavedMail]:
        """Return the latest mails, newest first."""
        return list(islice(self._saved(), limit))

    def text_of(self, name: str) -> str | None:
        """Return the text of a mail, or None if there is no mail of that name."""
        known = {path.name: path for path in self._paths()}
        return known[name].read_text(encoding="utf-8", errors="replace") if name in known else None

    def _paths(self) -> list[Path]:
        return list(self._folder.glob("*.eml"))

    def _saved(self) -> Iterator[SavedMail]:
        read = BytesHeaderParser(policy=policy.default)
        for path in sorted(self._paths(), key=lambda path: path.stat().st_mtime_ns, reverse=True):
            with path.open("rb") as file:
                headers = read.parse(file)
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            yield SavedMail(path.name, str(headers["To"]), str(headers["Subject"]), written)


def make_mailer(settings: MailSettings) -> Mailer:
    """Return the mailer for the settings: an SMTP server if one is set, the folder otherwise.

    Raises:
        ValueError: neither is set.
    """
    if settings.smtp_host:
        return SmtpMailer(
            settings.smtp_host,
            settings.smtp_port,
            user=settings.smtp_user,
            password=settings.smtp_password,
            tls=settings.smtp_tls,
        )
    if settings.mail_folder is None:
        raise ValueError("mail has nowhere to go")
    return FolderMailer(settings.mail_folder)
