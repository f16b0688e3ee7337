"""Static files leave compressed, for browsers that take it: each is compressed once in a process and kept.

A proxy does the same from files that were compressed beforehand (deploy/nginx.py).
"""

import gzip
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Flask, Response, request

COMPRESSIBLE: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""By ending, with the type. Fonts are compressed already."""


def install(app: Flask) -> None:
    """Answer with compressed files in place of the plain ones."""
    assert app.static_folder is not None
    folder, plain, kept = Path(app.static_folder), app.send_static_file, dict[tuple[str, int], bytes]()

    def static(filename: str) -> Response:
        answer = plain(filename)
        file = folder / filename
        if file.suffix not in COMPRESSIBLE:
            return answer
        answer.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] <= 0 or "Range" in request.headers or answer.status_code != HTTPStatus.OK:
            return answer
        answer.close()
        key = (filename, file.stat().st_mtime_ns)
        if key not in kept:
            kept[key] = gzip.compress(file.read_bytes(), 9, mtime=0)
        return _compressed(kept[key], COMPRESSIBLE[file.suffix])

    app.view_functions["static"] = static


def _compressed(content: bytes, kind: str) -> Response:
    answer = Response(content, content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(sha256(content).hexdigest()[:32])
    answer.make_conditional(request)
    return answer
