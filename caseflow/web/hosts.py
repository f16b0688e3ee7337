"""Requests for a host that is not ours end before the application sees them: addresses in answers are built from it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

NAME = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?(?::\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::\d{1,5})?")
LONGEST_NAME = 253 + len(":65535")

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class HostGuard:
    """Answers 400 to a Host header that is no name, or (when trusted names are given) not one of ours."""

    def __init__(self, app: Wsgi, trusted: frozenset[str] = frozenset()) -> None:
        self._app, self._trusted = app, trusted

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Pass the request on, or end it."""
        host = environ.get("HTTP_HOST", environ.get("SERVER_NAME", ""))
        is_name = len(host) <= LONGEST_NAME and NAME.fullmatch(host) is not None
        if is_name and (not self._trusted or host.rpartition(":")[0] in self._trusted or host in self._trusted):
            return self._app(environ, start)
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Security-Policy", "default-src 'none'"),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start("400 Bad Request", headers)
        return [b"This is not an address of caseflow.\n"]
