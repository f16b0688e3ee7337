"""The settings, read once from the environment, checked, and never changed.

Only the entry points read them (`wsgi`, `worker.app`, `migrations/env`, the command line, the one-machine stack); all
other code gets the values it needs. Missing or unsafe settings prevent the start, and all problems are reported at once.

Secrets may come from files (`SECRET_KEY_FILE=/run/secrets/key` in place of `SECRET_KEY`): only the owner
may have access to the file.
"""

import base64
import binascii
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from caseflow.email_addresses import checked_address
from caseflow.errors import CaseflowError, Invalid
from caseflow.setting_values import (
    ARGON2_PROFILES,
    CONTROL,
    LOCAL_HOSTS,
    Argon2Profile,
    can_be_read,
    is_guessable_key,
    is_guessable_text,
    problems_of_connections,
)
from caseflow.storage.settings import FileSettings

SECRET_KEY_BYTES = 32
DATA_KEY_BYTES = 32  # AES-256-GCM
LONGEST_KEY_ID = 60
LOCAL_SENDER = "caseflow@localhost"  # of mails that stay on one machine

_E = TypeVar("_E", bound=StrEnum)


class UnsafeSettings(CaseflowError):
    """Settings are missing or unsafe. `problems` has one sentence for each, saying what to set."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(["Caseflow does not start with these settings:", *(f"  - {p}" for p in problems)]))


class Environment(StrEnum):
    """Where this process runs. The default is production, the strictest."""

    PRODUCTION = "production"
    ONE_MACHINE = "one-machine"
    TEST = "test"


class MailTls(StrEnum):
    """How the connection to the mail server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class MailMode(StrEnum):
    """Whether mails are sent. A restored copy starts with `hold`, so that old reminders are not sent again (docs/operating.md)."""

    SEND = "send"
    HOLD = "hold"


@dataclass(frozen=True)
class Settings:
    """All settings. Secrets are not in `repr`, and so not in logs and error pages."""

    environment: Environment
    database_url: str = field(repr=False)  # of this process: its role owns nothing and can't bypass row security
    redis_url: str = field(repr=False)
    secret_key: bytes = field(repr=False)
    data_keys: Mapping[str, bytes] = field(repr=False)  # the first encrypts, all decrypt
    base_url: str
    owner_database_url: str | None = field(default=None, repr=False)  # for migrations only
    web_database_url: str | None = field(default=None, repr=False)  # for preparing the database only
    worker_database_url: str | None = field(default=None, repr=False)
    smtp_host: str | None = None
    smtp_port: int = 587
    smtp_user: str | None = None
    smtp_password: str | None = field(default=None, repr=False)
    smtp_tls: MailTls = MailTls.STARTTLS
    mail_folder: Path | None = None  # on one machine without SMTP
    mail_sender: str = LOCAL_SENDER
    mail_mode: MailMode = MailMode.SEND
    session_idle: timedelta = timedelta(minutes=30)
    session_absolute: timedelta = timedelta(hours=12)
    argon2_profile: str = "strong"
    trusted_proxies: int = 0
    log_level: str = "INFO"
    files: FileSettings = field(default_factory=FileSettings)
    demo_data: bool = False  # shows on every page that all names are invented

    def of_process(self, database_url: str | None) -> "Settings":
        """Return the settings of a process that signs in to the database with this address, and knows no other.

        Raises:
            UnsafeSettings: there is no such address.
        """
        if database_url is None:
            raise UnsafeSettings(["Set WEB_DATABASE_URL and WORKER_DATABASE_URL to caseflow_web and caseflow_worker."])
        return replace(
            self, database_url=database_url, owner_database_url=None, web_database_url=None, worker_database_url=None
        )

    @property
    def databases(self) -> dict[str, str | None]:
        """The addresses of the database by the names of their settings."""
        return {
            "DATABASE_URL": self.database_url,
            "OWNER_DATABASE_URL": self.owner_database_url,
            "WEB_DATABASE_URL": self.web_database_url,
            "WORKER_DATABASE_URL": self.worker_database_url,
        }

    @property
    def cookie_secure(self) -> bool:
        """Whether cookies are sent over https only: always in production, elsewhere if the base URL is https."""
        return self.environment is Environment.PRODUCTION or self.base_url.startswith("https://")

    @property
    def is_mail_held(self) -> bool:
        """Whether no mail is written or sent."""
        return self.mail_mode is MailMode.HOLD

    @property
    def argon2(self) -> Argon2Profile:
        """The cost of one password check."""
        return ARGON2_PROFILES[self.argon2_profile]

    @property
    def current_data_key(self) -> str:
        """The id of the key that encrypts."""
        return next(iter(self.data_keys))

    @property
    def celery_broker_url(self) -> str:
        """The Redis URL for Celery: kombu uses `redis+socket://` and `virtual_host` for a unix socket."""
        if self.redis_url.startswith("unix://"):
            return "redis+socket://" + self.redis_url.removeprefix("unix://").replace("?db=", "?virtual_host=")
        return self.redis_url

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Return the settings of an environment.

        Raises:
            UnsafeSettings: with every problem found.
        """
        read = _Reader(environ)
        environment = read.choice("CASEFLOW_ENVIRONMENT", Environment, Environment.PRODUCTION)
        settings = cls(
            environment=environment,
            database_url=read.database_url("DATABASE_URL") or "",
            owner_database_url=read.database_url("OWNER_DATABASE_URL", required=False),
            web_database_url=read.database_url("WEB_DATABASE_URL", required=False),
            worker_database_url=read.database_url("WORKER_DATABASE_URL", required=False),
            redis_url=read.redis_url("REDIS_URL"),
            secret_key=read.secret_key("SECRET_KEY"),
            data_keys=read.data_keys("DATA_KEYS"),
            base_url=read.base_url("BASE_URL", environment),
            smtp_host=read.text("SMTP_HOST"),
            smtp_port=read.number("SMTP_PORT", 587, most=65535),
            smtp_user=read.text("SMTP_USER"),
            smtp_password=read.secret("SMTP_PASSWORD"),
            smtp_tls=read.choice("SMTP_TLS", MailTls, MailTls.STARTTLS),
            mail_folder=Path(folder) if (folder := read.text("MAIL_FOLDER")) else None,
            mail_sender=read.sender("MAIL_SENDER"),
            mail_mode=read.choice("CASEFLOW_MAIL", MailMode, MailMode.SEND),
            session_idle=timedelta(minutes=read.number("SESSION_IDLE_MINUTES", 30, most=24 * 60)),
            session_absolute=timedelta(hours=read.number("SESSION_HOURS", 12, most=7 * 24)),
            argon2_profile=read.text("ARGON2_PROFILE") or "strong",
            trusted_proxies=read.number("TRUSTED_PROXIES", 0, least=0, most=8),
            log_level=(read.text("LOG_LEVEL") or "INFO").upper(),
            files=FileSettings.read(read),
            demo_data=read.text("CASEFLOW_DEMO") == "yes",
        )
        problems = read.problems + _contradictions(settings, environ)
        if problems:
            raise UnsafeSettings(problems)
        return settings

    def to_env(self) -> dict[str, str]:
        """Return the environment from which a child process reads the same settings."""
        values = {
            "CASEFLOW_ENVIRONMENT": self.environment.value,
            **self.databases,
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": self.secret_key.decode(),
            "DATA_KEYS": ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in self.data_keys.items()),
            "BASE_URL": self.base_url,
            "SMTP_HOST": self.smtp_host,
            "SMTP_PORT": str(self.smtp_port),
            "SMTP_USER": self.smtp_user,
            "SMTP_PASSWORD": self.smtp_password,
            "SMTP_TLS": self.smtp_tls.value,
            "MAIL_FOLDER": str(self.mail_folder) if self.mail_folder else None,
            "MAIL_SENDER": self.mail_sender,
            "CASEFLOW_MAIL": self.mail_mode.value,
            "SESSION_IDLE_MINUTES": str(int(self.session_idle.total_seconds() // 60)),
            "SESSION_HOURS": str(int(self.session_absolute.total_seconds() // 3600)),
            "ARGON2_PROFILE": self.argon2_profile,
            "TRUSTED_PROXIES": str(self.trusted_proxies),
            "LOG_LEVEL": self.log_level,
            **self.files.to_env(),
            "CASEFLOW_DEMO": "yes" if self.demo_data else None,
        }
        return {name: value for name, value in values.items() if value is not None}


def _contradictions(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """Return the problems of settings together, and those of production."""
    problems = []
    if settings.argon2_profile not in ARGON2_PROFILES:
        problems.append(f"ARGON2_PROFILE must be one of: {', '.join(ARGON2_PROFILES)}.")
    elif settings.argon2_profile == "quick" and settings.environment is not Environment.TEST:
        problems.append("ARGON2_PROFILE=quick is for tests; remove it, so that passwords are hashed at full cost.")
    if settings.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        problems.append("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")
    if settings.session_absolute < settings.session_idle:
        problems.append("SESSION_HOURS must not be shorter than SESSION_IDLE_MINUTES.")
    if settings.smtp_host is None and settings.mail_folder is None:
        problems.append("Mail has nowhere to go: set SMTP_HOST, or on one machine MAIL_FOLDER.")
    if settings.environment is Environment.PRODUCTION:
        problems += _unsafe_in_production(settings, environ)
    return problems


def _unsafe_in_production(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    problems = []
    if settings.mail_folder is not None:
        problems.append("MAIL_FOLDER keeps mails as files on one machine; in production remove it and set SMTP_HOST.")
    if not (environ.get("MAIL_SENDER") or "").strip():
        problems.append("Set MAIL_SENDER to the address from which reminders are sent.")
    if settings.smtp_host and settings.smtp_tls is MailTls.NONE and settings.smtp_host not in LOCAL_HOSTS:
        problems.append("SMTP_TLS=none sends mail in clear to another machine; set it to starttls or tls.")
    if settings.log_level == "DEBUG":
        problems.append("LOG_LEVEL=DEBUG may write values into the log; in production set INFO or higher.")
    if settings.demo_data:
        problems.append("CASEFLOW_DEMO=yes says on every page that all names are invented; in production remove it.")
    if guessable := [key_id for key_id, key in settings.data_keys.items() if is_guessable_key(key)]:
        problems.append(
            f"DATA_KEYS: others can guess the key {', '.join(guessable)}; draw keys with openssl rand -base64 32."
        )
    problems += problems_of_connections(settings.databases, settings.redis_url, environ)
    return problems


class _Reader:
    """Reads variables and collects all problems, instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def text(self, name: str) -> str | None:
        """Return a value without blanks around it. Nothing read here has two lines: some of it stands in headers."""
        value = self._environ.get(name, "").strip() or None
        if value is not None and CONTROL.search(value):
            self.problems.append(f"{name} holds a line break or another control character; write it on one line.")
            return CONTROL.sub("", value)
        return value

    def number(self, name: str, default: int, *, least: int = 1, most: int) -> int:
        raw = self.text(name)
        if raw is None:
            return default
        if raw.isascii() and raw.isdigit() and least <= int(raw) <= most:
            return int(raw)
        self.problems.append(f"{name} must be a whole number from {least} to {most}.")
        return default

    def choice(self, name: str, kind: type[_E], default: _E) -> _E:
        raw = self.text(name)
        if raw is None:
            return default
        if raw in [member.value for member in kind]:
            return kind(raw)
        self.problems.append(f"{name} must be one of: {', '.join(member.value for member in kind)}.")
        return default

    def secret(self, name: str) -> str | None:
        """Return a secret from the variable or from the file named by `<name>_FILE`."""
        direct, path = self.text(name), self.text(f"{name}_FILE")
        if path is None:
            return direct
        if direct is not None:
            self.problems.append(f"Set {name} or {name}_FILE, not both.")
            return direct
        try:
            mode = Path(path).stat().st_mode
            content = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            self.problems.append(
                f"{name}_FILE can't be read: {error.strerror}. Name a file that this account may read."
            )
            return None
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            self.problems.append(f"The file of {name}_FILE is open to other accounts; close it with chmod 600.")
        return content or None

    def secret_key(self, name: str) -> bytes:
        raw = self.secret(name) or ""
        if len(raw.encode()) < SECRET_KEY_BYTES:
            self.problems.append(f"Set {name} to at least {SECRET_KEY_BYTES} random characters (openssl rand -hex 32).")
        elif is_guessable_text(raw):
            self.problems.append(
                f"{name} is one that others can guess; set it to random characters (openssl rand -hex 32)."
            )
        return raw.encode()

    def data_keys(self, name: str) -> Mapping[str, bytes]:
        keys: dict[str, bytes] = {}
        raw = self.secret(name)
        if raw is None:
            self.problems.append(
                f"Set {name} to id:key, the key from openssl rand -base64 32; identities are encrypted with it."
            )
            return keys
        for entry in raw.split(","):
            key_id, _, encoded = entry.strip().partition(":")
            try:
                key = base64.b64decode(encoded, validate=True)
            except binascii.Error:
                key = b""
            if not 0 < len(key_id) <= LONGEST_KEY_ID or len(key) != DATA_KEY_BYTES or len(set(key)) == 1:
                self.problems.append(
                    f"{name} must be a list of id:key, each key {DATA_KEY_BYTES} random bytes in base64, the current one first."
                )
                break
            if key_id in keys:
                self.problems.append(f"{name} names the key {key_id} twice; every key needs an id of its own.")
            elif key in keys.values():
                self.problems.append(
                    f"{name} holds one key under two ids; draw a new one with openssl rand -base64 32."
                )
            keys[key_id] = key
        return keys

    def database_url(self, name: str, *, required: bool = True) -> str | None:
        url = self.secret(name)
        if url is None:
            if required:
                self.problems.append(f"Set {name} to postgresql://role:password@host/database.")
            return None
        if url.partition("://")[0] not in ("postgresql", "postgresql+psycopg"):
            self.problems.append(f"{name} must begin with postgresql:// - caseflow runs on PostgreSQL only.")
        elif not can_be_read(url):
            self.problems.append(f"{name} can't be read: set it to postgresql://role:password@host/database.")
        return url

    def sender(self, name: str) -> str:
        raw = self.text(name)
        if raw is None or raw == LOCAL_SENDER:
            return LOCAL_SENDER
        try:
            return checked_address(raw)
        except Invalid as error:
            self.problems.append(f"Set {name} to the address from which reminders are sent. {error}")
            return LOCAL_SENDER

    def redis_url(self, name: str) -> str:
        url = self.secret(name) or ""
        if url.partition("://")[0] not in ("redis", "rediss", "unix") or not can_be_read(url):
            self.problems.append(f"Set {name} to redis://host:6379/0, rediss:// for TLS, or unix:///path/to/socket.")
        return url

    def base_url(self, name: str, environment: Environment) -> str:
        raw = self.text(name)
        if raw is None and environment is not Environment.PRODUCTION:
            return "http://127.0.0.1:8000"
        parts = urlsplit(raw if raw and can_be_read(raw) else "")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            self.problems.append(f"Set {name} to the address people type, such as https://cases.example.org.")
        elif environment is Environment.PRODUCTION and parts.scheme != "https":
            self.problems.append(
                f"{name} must begin with https:// in production; names and passwords never travel in clear."
            )
        return (raw or "").rstrip("/")
