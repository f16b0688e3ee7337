"""Mail: written in one way, handed to an SMTP server or, on one machine without one, to a folder.

The relay is assumed to be read by others (`threat_model.md`, trust lines): nothing is sent but constant words, to one
recipient a mail, as plain text. The Message-ID is made from a key, so that the same mail handed over twice is one mail
to whoever folds by it (RFC 5322, section 3.6.4), and one file in the folder.
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
"""Of our Message-IDs. Random, chosen once; another one would make old mails look new."""

TIMEOUT_SECONDS = 10.0
CLOSING = 421
"""'Service not available, closing transmission channel' (RFC 5321, section 3.8): the answer to any command."""
PERMANENT = range(500, 600)


class MailNotTaken(Exception):
    """One mail was not taken. The text is a word and the server's answer (`refused 550`): it is kept, and never a name."""


class MailRefused(MailNotTaken):
    """This mail will never be taken: the address is none, or the server knows nobody there."""


class MailDelayed(MailNotTaken):
    """The server does not take this mail now. Others may go through."""


class MailServerLost(Exception):
    """The server can't be reached, or does not let us in: no mail goes through until that is mended."""


class Mailer(Protocol):
    """Hands mails over. As a context manager it keeps one connection for all that are sent inside."""

    def send(self, message: EmailMessage) -> None:
        """Hand one mail over; when this returns, the other side has taken it.

        Raises:
            MailRefused: never for this mail.
            MailDelayed: not now.
            MailServerLost: no mail at all, for now.
        """

    def __enter__(self) -> Self:
        """Begin a series of mails."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""


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


class Headers(HeaderRegistry):
    """Parses a header as it is set; those that are the same in all our mails, once: half the time of writing a mail."""

    ALIKE = ("From", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")

    def __init__(self) -> None:
        super().__init__()
        self._once = lru_cache(maxsize=32)(super().__call__)

    def __call__(self, name: str, value: Any) -> Any:
        """Return the header."""
        return self._once(name, value) if name in self.ALIKE else super().__call__(name, value)


WRITTEN = policy.SMTP.clone(header_factory=Headers())


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all our mails have in common: who sends them, and the address of the application."""

    sender: str
    base_url: str


def write_mail(head: Letterhead, *, to: str, subject: str, body: str, key: UUID, at: datetime) -> EmailMessage:
    """Return a plain mail to one recipient. The same key and moment give the same bytes.

    Raises:
        MailRefused: the address can't be written into a header (`threat_model.md`, E8).
    """
    message = EmailMessage(policy=WRITTEN)
    try:
        message["To"] = Address(addr_spec=to)
    except (ValueError, IndexError, MessageError) as error:  # what the parser of the standard library raises
        raise MailRefused("address") from error
    message["From"] = head.sender
    message["Subject"] = subject
    message["Message-ID"] = message_id(head, key)
    message["Date"] = format_datetime(at.astimezone(UTC).replace(microsecond=0))
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answers, please
    message.set_content(body)
    return message


def message_id(head: Letterhead, key: UUID) -> str:
    """Return the Message-ID of a key: always the same, and from it nobody finds the key."""
    return f"<{uuid5(NAMESPACE, str(key))}@{urlsplit(head.base_url).hostname}>"


class SmtpMailer:
    """Hands mails to an SMTP server over one connection, which is opened again when the server closed it."""

    def __init__(
        self, host: str, port: int, *, user: str | None = None, password: str | None = None, tls: str = "starttls"
    ) -> None:
        self._host, self._port, self._user, self._password, self._tls = host, port, user, password, tls
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Connect with the first mail: a sweep that finds nothing due costs the server nothing."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()  # it is gone already, with everything that was handed over taken

    def send(self, message: EmailMessage) -> None:
        """Hand one mail over. A connection that the server has closed meanwhile is opened anew, once."""
        kept = self._connection is not None
        try:
            self._hand_over(message)
        except MailServerLost:
            if not kept:
                raise
            self._hand_over(message)

    def _hand_over(self, message: EmailMessage) -> None:
        try:
            self._connection = connection = self._connection or self._connect()
            connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            if code == CLOSING:
                self._drop("The mail server closed the connection.", error)
            if code in PERMANENT:
                raise MailRefused(f"refused {code}") from error
            raise MailDelayed(f"delayed {code}") from error
        except smtplib.SMTPDataError as error:
            # Our mails are all alike: a text refused for good by a wrong rule over there must not burn all of them.
            if error.smtp_code == CLOSING:
                self._drop("The mail server closed the connection.", error)
            raise MailDelayed(f"delayed {error.smtp_code}") from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailRefused("address") from error
        except (OSError, smtplib.SMTPException) as error:  # also: the server refuses us as sender
            self._drop("The mail server can't be reached.", error)

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
            raise MailServerLost("The mail server can't be reached, or does not let us in.") from error
        return connection

    def _drop(self, sentence: str, error: Exception) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        raise MailServerLost(sentence) from error


@dataclass(frozen=True, slots=True)
class FiledMail:
    """A mail in the folder, for the list of the administrator."""

    name: str
    to: str
    subject: str
    at: datetime


class FolderMailer:
    """Keeps mails as files, for one machine without an SMTP server. The same Message-ID is the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        """Make the folder, for this account only."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open."""

    def send(self, message: EmailMessage) -> None:
        """Write the mail beside its place and move it there: a reader sees all of it or nothing."""
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
            raise MailServerLost("The folder of mails can't be written.") from error

    def latest(self, limit: int) -> list[FiledMail]:
        """Return the mails written last, newest first."""
        return list(islice(self._filed(), limit))

    def text_of(self, name: str) -> str | None:
        """Return a mail as text, or None when there is none of that name."""
        known = {path.name: path for path in self._paths()}
        return known[name].read_text(encoding="utf-8", errors="replace") if name in known else None

    def _paths(self) -> list[Path]:
        return list(self._folder.glob("*.eml"))

    def _filed(self) -> Iterator[FiledMail]:
        read = BytesHeaderParser(policy=policy.default)
        for path in sorted(self._paths(), key=lambda path: path.stat().st_mtime_ns, reverse=True):
            with path.open("rb") as file:
                headers = read.parse(file)
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            yield FiledMail(path.name, str(headers["To"]), str(headers["Subject"]), written)


def make_mailer(settings: MailSettings) -> Mailer:
    """Return the mailer that the settings ask for: a server when one is named, the folder otherwise."""
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
