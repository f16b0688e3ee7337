"""Pages leave compressed, where lengths betray nothing (docs/security.md).

From the lengths of compressed pages a token or a name can be read, if somebody can have a browser ask for a page again and again
with chosen text in it (BREACH). So a page is compressed only when the browser says that no other site made it ask (Fetch
Metadata), and the token of forms is another text in every answer.
"""

import gzip
import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from flask import Flask, Response, g, request
from flask_wtf.csrf import generate_csrf

LEAST: Final = 1_000
"""Bytes. Shorter pages fit into one packet anyway."""
LEVEL: Final = 6
OWN: Final = frozenset({"same-origin", "none"})
"""`Sec-Fetch-Site` of requests that no other site made: a link or form of ours, an address that was typed."""
NONCE: Final = 12


def install(app: Flask) -> None:
    """Compress the pages of the application."""
    app.after_request(compress)


def compress(answer: Response) -> Response:
    """Return an answer compressed if it is a page that is asked for from here, by a browser that takes it."""
    if answer.mimetype != "text/html" or "Content-Encoding" in answer.headers or answer.is_streamed:
        return answer
    answer.vary.update(("Accept-Encoding", "Sec-Fetch-Site"))
    is_asked_from_here = request.headers.get("Sec-Fetch-Site") in OWN
    if is_asked_from_here and request.accept_encodings["gzip"] > 0 and (answer.content_length or 0) >= LEAST:
        answer.set_data(gzip.compress(answer.get_data(), LEVEL, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def form_token() -> str:
    """Return the CSRF token for the forms of this answer, masked: in the next answer all of it differs."""
    if "masked_token" not in g:
        g.masked_token = mask(generate_csrf())
    return str(g.masked_token)


def mask(token: str) -> str:
    """Return a token under a new random mask, which stands before it."""
    nonce = secrets.token_bytes(NONCE)
    return urlsafe_b64encode(nonce + _crossed(token.encode(), nonce)).decode()


def unmask(masked: str | None) -> str:
    """Return the token under its mask; nothing if it can't be read, which no check takes for a token."""
    try:
        read = urlsafe_b64decode((masked or "").encode())
        return _crossed(read[NONCE:], read[:NONCE]).decode()
    except ValueError:
        return ""


def _crossed(text: bytes, nonce: bytes) -> bytes:
    """Return the text crossed with a stream that is computed from the nonce."""
    stream = hashlib.shake_256(nonce).digest(len(text))
    return bytes(one ^ other for one, other in zip(text, stream, strict=True))
