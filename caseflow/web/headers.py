"""The headers of every answer, as security.md asks: nothing from elsewhere, nothing framed, nothing kept, nothing told.

The browser is the last wall: a narrative that slipped through escaping must still find no script that may run.
"""

import secrets
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, g, request

A_YEAR: Final = 31_536_000
"""Seconds. A static file's address changes with its content, so it may be kept as long as browsers keep anything."""

FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
}


def csp_nonce() -> str:
    """Return this request's nonce: the one word that lets a script of ours run."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def content_security_policy(nonce: str | None) -> str:
    """Return the policy of a page; without a nonce no script runs at all. Scripts need the nonce, also those that they import; style, type and pictures are ours."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'" if nonce else "script-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def install(app: Flask) -> None:
    """Set the headers on every answer of the application. A view that needs a stricter policy (a download) sets its own."""

    @app.after_request
    def guard(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", content_security_policy(g.get("csp_nonce")))
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains")
        response.headers["Cache-Control"] = _keeping(response)
        return response


def may_be_kept(time: timedelta) -> None:
    """Say that browsers and proxies may keep the answer to this request: it is the same for all who read its language."""
    g.kept_for = time


def _keeping(response: Response) -> str:
    """Return how long an answer may be kept: pages never (but the public one), static files for good when their address names the content."""
    if response.status_code == HTTPStatus.OK and "kept_for" in g:
        response.vary.add("Accept-Language")
        return f"public, max-age={g.kept_for.total_seconds():.0f}"
    if request.endpoint != "static" or response.status_code not in {200, 206, 304}:
        return "no-store"
    named_by_content = "v" in request.args or request.path.startswith(f"{request.script_root}/static/vendor/")
    return f"public, max-age={A_YEAR}, immutable" if named_by_content else "no-cache"
