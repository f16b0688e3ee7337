"""Refuses requests with an untrusted host name. Flask detects them (`TRUSTED_HOSTS`); they are answered before all else.

For these requests Flask has no URL map, so the usual error page can't be rendered.
"""

from flask import Flask, Response, request
from werkzeug.exceptions import BadHost, SecurityError


def install(app: Flask, trusted: list[str] | None) -> None:
    """Refuse every host name but the trusted ones; None allows all. Must be installed before other guards."""
    app.config["TRUSTED_HOSTS"] = trusted
    app.before_request(_refuse)
    app.register_error_handler(SecurityError, _refused)
    app.register_error_handler(BadHost, _refused)


def _refuse() -> None:
    if isinstance(request.routing_exception, SecurityError | BadHost):
        raise request.routing_exception


def _refused(_error: Exception) -> Response:
    answer = Response("This is not an address of caseflow.\n", 400, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    return answer
