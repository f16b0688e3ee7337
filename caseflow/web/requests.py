"""The request, with a body that may be malformed or too large, and a query that may be too long."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, Final, Protocol

from flask import Flask, Request, request
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    RequestEntityTooLarge,
    RequestURITooLarge,
    ServiceUnavailable,
)
from werkzeug.formparser import FormDataParser

from caseflow.front.limits import LARGEST_REQUEST, LARGEST_UPLOAD, takes_files


@dataclass(frozen=True, slots=True)
class FormLimits:
    """The largest form, in bytes, and its most escapes, such as `%41`: parsing takes two hundred bytes of memory for each."""

    size: int
    escapes: int


OF_STRANGERS: Final = FormLimits(1024 * 1024, 350_000)
"""The longest text of a field in the widest script takes 180,000 bytes and 60,000 escapes."""
OF_PEOPLE: Final = FormLimits(LARGEST_REQUEST, LARGEST_REQUEST // 3)
"""Whoever is signed in gets a far too long text back, with a message at its field."""
MOST_FIELDS: Final = 1000
"""Of a form; our longest have under two hundred."""
LONGEST_QUERY: Final = 8000
"""Characters of the part of an address after the question mark."""
MOST_QUERY_FIELDS: Final = 100
NO_ROOM: Final = "Caseflow-No-Room"
"""The header field of the front for a body that it threw away (`front.connections`)."""
PIECE: Final = 64 * 1024


class BoundedFormParser(FormDataParser):
    """Parses a form of limited size with a limited number of fields. Werkzeug limits neither for url-encoded forms."""

    limits = OF_STRANGERS

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Any:
        """Return stream, fields and files.

        Raises:
            RequestEntityTooLarge: it is larger, or has more fields, than any of our forms.
        """
        if mimetype == "application/x-www-form-urlencoded":
            stream = BytesIO(self._read(stream))
        return super().parse(stream, mimetype, content_length, options)

    def _read(self, stream: IO[bytes]) -> bytes:
        body = bytearray()
        while len(body) <= self.limits.size and (piece := stream.read(PIECE)):
            body += piece
        is_too_large = len(body) > self.limits.size or body.count(b"%") > self.limits.escapes
        if is_too_large or body.count(b"&") >= MOST_FIELDS:
            raise RequestEntityTooLarge
        return bytes(body)


class Sink(Protocol):
    """Where the bytes of one file of a form go."""

    def write(self, data: bytes) -> int:
        """Take the next bytes."""

    def close(self) -> None:
        """Throw away what nobody has taken over."""


class FormRequest(Request):
    """A request whose form may break off or be sent in malformed chunks: that is the sender's error and not ours.

    Nothing of it goes to disk: Werkzeug would write files to temporary ones, in clear.
    """

    form_data_parser_class = BoundedFormParser
    is_of_person = False
    """Whether somebody who is signed in sent it (set by `web.access`)."""
    new_sink: Callable[[], Sink] | None = None
    """Makes the place of each file of the form, set by a view before it reads the form; by default memory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sinks: list[Sink] = []

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - Werkzeug's signature
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        """Return where the next file of the form goes."""
        if self.new_sink is None or not filename:
            return BytesIO()
        self._sinks.append(sink := self.new_sink())
        return sink  # type: ignore[return-value]  # Werkzeug writes to it, rewinds and closes it

    def close(self) -> None:
        """Throw away the files that nobody has taken over, also when the form broke off in the middle of one."""
        super().close()
        for sink in self._sinks:
            sink.close()

    def make_form_data_parser(self) -> FormDataParser:
        """Return a parser with the limits of people or of strangers."""
        limits = OF_PEOPLE if self.is_of_person else OF_STRANGERS
        self.max_form_memory_size = limits.size
        parser = super().make_form_data_parser()
        assert isinstance(parser, BoundedFormParser)
        parser.limits = limits
        return parser

    def _load_form_data(self) -> None:
        """Parse the form.

        Raises:
            BadRequest: the body can't be read. Every server raises errors of its own for that, while it is read.
        """
        try:
            super()._load_form_data()
        except HTTPException:
            raise
        except Exception as error:
            raise BadRequest from error


def install(app: Flask) -> None:
    """Limit the size of every request before anything reads it."""
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST, MAX_FORM_PARTS=MOST_FIELDS)
    app.before_request(_refuse_too_large)


def _refuse_too_large() -> None:
    """Refuse by what is known of a request without reading it.

    Raises:
        RequestEntityTooLarge: the body is too large. The front has thrown it away, and passes its length on.
        ServiceUnavailable: the front has thrown it away because too many other files are being sent, or its disk is full.
        RequestURITooLarge: the address is too long, or has too many fields.
    """
    request.max_content_length = LARGEST_UPLOAD if takes_files(request.path) else LARGEST_REQUEST
    if (request.content_length or 0) > request.max_content_length:
        raise RequestEntityTooLarge
    if NO_ROOM in request.headers:
        raise ServiceUnavailable
    query = request.query_string
    if len(query) > LONGEST_QUERY or query.count(b"&") >= MOST_QUERY_FIELDS:
        raise RequestURITooLarge
