"""What the application remembers of a session for a while: in Redis, sealed, under a hash of the session's token.

Nothing depends on it. When the session ends nobody has the token any more, so what is left can't be found until it expires.
"""

import hashlib
from time import monotonic
from typing import Any, Final, cast

import structlog
from flask import Flask, current_app
from flask_login import current_user
from redis import Redis
from redis.exceptions import RedisError

from caseflow.db.sealing import SealBroken
from caseflow.web.access import SignedIn, runtime, units

TIMEOUT_SECONDS: Final = 0.2
PAUSE_SECONDS: Final = 30.0
"""For so long Redis is not asked again after it did not answer, so that pages do not wait for it."""
KEY: Final = "caseflow.session_store"
log = structlog.get_logger(__name__)


class SessionStore:
    """The connection of this application to Redis, which is not waited for."""

    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(
            redis_url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS, retry=None
        )
        self._paused_until = 0.0

    def write(self, key: str, sealed: bytes, seconds: int) -> bool:
        """Keep a sealed value for so long. Return whether Redis did."""
        return bool(self._ask("set", key, sealed, ex=seconds))

    def read(self, key: str, seconds: int) -> bytes | None:
        """Return a sealed value, and keep it for so long from now on; None if there is none."""
        return cast("bytes | None", self._ask("getex", key, ex=seconds))

    def count(self, key: str, seconds: int) -> int | None:
        """Return the next number of a series, which begins again after so long without one; None without Redis."""
        number = self._ask("incr", key)
        self._ask("expire", key, seconds)
        return cast("int | None", number)

    def forget(self, key: str) -> None:
        """Forget a value."""
        self._ask("delete", key)

    def _ask(self, command: str, *arguments: Any, **options: Any) -> Any:
        if monotonic() < self._paused_until:
            return None
        try:
            return getattr(self._redis, command)(*arguments, **options)
        except (RedisError, OSError) as error:
            self._paused_until = monotonic() + PAUSE_SECONDS
            log.warning("session_store", error=type(error).__name__)
            return None


def remember(name: str, text: str, bound_to: str = "") -> bool:
    """Keep a text for this session under a name, until the session has been idle too long. Return whether it is kept."""
    key = _key(name)
    return _store().write(key, units().keys.seal(text, key + bound_to), _seconds())


def next_number(name: str) -> int | None:
    """Return how often this session has asked for a number of this name; None if that can't be kept."""
    return _store().count(_key(name), _seconds())


def recall(name: str, bound_to: str = "") -> str | None:
    """Return what this session has under a name; None if there is nothing, or it was bound to something else."""
    key = _key(name)
    return _opened(_store().read(key, _seconds()), key + bound_to)


def _opened(sealed: bytes | None, bound_to: str) -> str | None:
    try:
        return units().keys.open(sealed, bound_to) if sealed else None
    except (SealBroken, ValueError, IndexError):
        return None  # of an older release, or not ours


def remember_of(token: str, name: str, text: str) -> bool:
    """Keep a text for a session that has ended, for as long as a session lasts at most. Return whether it is kept."""
    key = _key_of(token, name)
    seconds = int(runtime().settings.session_absolute.total_seconds())
    return _store().write(key, units().keys.seal(text, key), seconds)


def recall_of(token: str, name: str) -> str | None:
    """Return what is kept for a session that has ended; None if there is nothing."""
    key = _key_of(token, name)
    return _opened(_store().read(key, _seconds()), key)


def forget_of(token: str, name: str) -> None:
    """Forget what is kept for a session that has ended."""
    _store().forget(_key_of(token, name))


def _store() -> SessionStore:
    return cast("SessionStore", current_app.extensions[KEY])


def _key(name: str) -> str:
    return _key_of(cast("SignedIn", current_user).token, name)


def _key_of(token: str, name: str) -> str:
    return f"{name}:" + hashlib.sha256(f"{name}:{token}".encode()).hexdigest()


def _seconds() -> int:
    return int(runtime().settings.session_idle.total_seconds())


def install(app: Flask) -> None:
    """Connect to Redis when it is first asked."""
    app.extensions[KEY] = SessionStore(runtime(app).settings.redis_url)
