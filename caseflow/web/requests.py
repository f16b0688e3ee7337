"""The request, with a body that may be malformed or too large, and a query that may be too long."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, Final

from flask import Flask, Request, request
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge, RequestURITooLarge
from werkzeug.formparser import FormDataParser

from caseflow.front.limits import LARGEST_REQUEST


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


class FormRequest(Request):
    """A request whose form may break off or be sent in malformed chunks: that is the sender's error and not ours."""

    form_data_parser_class = BoundedFormParser
    is_of_person = False
    """Whether somebody who is signed in sent it (set by `web.access`)."""

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
        RequestURITooLarge: the address is too long, or has too many fields.
    """
    if (request.content_length or 0) > LARGEST_REQUEST:
        raise RequestEntityTooLarge
    query = request.query_string
    if len(query) > LONGEST_QUERY or query.count(b"&") >= MOST_QUERY_FIELDS:
        raise RequestURITooLarge
