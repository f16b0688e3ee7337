"""Files that are handed out to be saved, not shown."""

from collections.abc import Iterable

from werkzeug.wrappers import Response


def attachment(pieces: Iterable[bytes], *, name: str, media_type: str, size: int) -> Response:
    """Return a file of `size` bytes that no browser shows or runs."""
    answer = Response(pieces, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.content_length = size
    return answer
