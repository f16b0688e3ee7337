"""The security headers of every response (docs/security.md): no foreign content, no framing, no caching, no referrer.

The content security policy is the last defence: if a text is not escaped by mistake, its script must still not run.
"""

import secrets
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, g, request

A_YEAR: Final = 31_536_000
"""Seconds. The address of a static file changes with its content, so it can be cached for long."""

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
    """Return this request's nonce, without which no script runs."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def content_security_policy(nonce: str | None) -> str:
    """Return the policy of a page; without a nonce no script runs. Imported scripts need the nonce too; styles, fonts and images come from this site."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'" if nonce else "script-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            *(["connect-src 'self'"] if nonce else []),
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def install(app: Flask) -> None:
    """Set the headers of every response. A view that needs a stricter policy (a download) sets its own."""

    @app.after_request
    def guard(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", content_security_policy(g.get("csp_nonce")))
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains")
        response.headers["Cache-Control"] = _cache_control_for(response)
        return response


def allow_caching(time: timedelta) -> None:
    """Let browsers and proxies cache this response: it depends on the address and the language only."""
    g.cached_for = time


def _cache_control_for(response: Response) -> str:
    """Return the Cache-Control header: none but the public page is stored; versioned static files are immutable."""
    if response.status_code == HTTPStatus.OK and "cached_for" in g:
        response.vary.add("Accept-Language")
        return f"public, max-age={g.cached_for.total_seconds():.0f}"
    if request.endpoint != "static" or response.status_code not in {200, 206, 304}:
        return "no-store"
    named_by_content = "v" in request.args or request.path.startswith(f"{request.script_root}/static/vendor/")
    return f"public, max-age={A_YEAR}, immutable" if named_by_content else "no-cache"
