"""The list from which a person opened a case: the way back to it, and the cases before and after.

Kept for the session in Redis, sealed, under a hash of the session's token. Nothing depends on it: without Redis there is
only the way to all cases.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from time import monotonic
from typing import Any, Final, cast
from uuid import UUID

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
KEY: Final = "caseflow.trail"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of a list: its address, what it is called, and the ids on it in order."""

    href: str
    name: str
    ids: Sequence[str]
    is_whole: bool
    """Whether the list has no other pages."""


class TrailStore:
    """The trails of all sessions of this application."""

    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(
            redis_url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS, retry=None
        )
        self._paused_until = 0.0

    def write(self, key: str, sealed: bytes, seconds: int) -> None:
        """Keep a sealed trail for so long."""
        self._ask("set", key, sealed, ex=seconds)

    def read(self, key: str, seconds: int) -> bytes | None:
        """Return a sealed trail, and keep it for so long from now on; None if there is none."""
        return cast("bytes | None", self._ask("getex", key, ex=seconds))

    def _ask(self, command: str, *arguments: Any, **options: Any) -> Any:
        if monotonic() < self._paused_until:
            return None
        try:
            return getattr(self._redis, command)(*arguments, **options)
        except (RedisError, OSError) as error:
            self._paused_until = monotonic() + PAUSE_SECONDS
            log.warning("trail", error=type(error).__name__)
            return None


def remember_trail(trail: Trail) -> None:
    """Keep the page of a list that the person is shown, for the pages of its cases."""
    key = _key()
    _store().write(key, units().keys.seal(json.dumps(asdict(trail)), key), _seconds())


def recall_trail(case_id: UUID) -> Trail | None:
    """Return the page of the list from which the person came, if the case is on it."""
    key = _key()
    sealed = _store().read(key, _seconds())
    if not sealed:
        return None
    try:
        trail = Trail(**json.loads(units().keys.open(sealed, key)))
    except (SealBroken, ValueError, TypeError, IndexError):
        return None  # of an older release, or not ours
    return trail if str(case_id) in trail.ids else None


def _store() -> TrailStore:
    return cast("TrailStore", current_app.extensions[KEY])


def _key() -> str:
    token = cast("SignedIn", current_user).token
    return "trail:" + hashlib.sha256(b"trail:" + token.encode()).hexdigest()


def _seconds() -> int:
    return int(runtime().settings.session_idle.total_seconds())


def install(app: Flask) -> None:
    """Connect to Redis when it is first asked."""
    app.extensions[KEY] = TrailStore(runtime(app).settings.redis_url)
