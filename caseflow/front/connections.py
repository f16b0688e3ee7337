"""One connection: which limit applies to it now, and how its requests are read.

Waitress reads requests whole and hands them to threads, but it limits neither the time of a request nor of an answer, only the
time without any byte; a byte now and then holds a connection for ever. It reads any number of requests ahead, and cuts off a
body that is too large so that browsers show a broken connection. This is what is added here.
"""

import time
from enum import StrEnum
from io import BytesIO
from typing import Any, BinaryIO, Final

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import FixedStreamReceiver
from waitress.task import ErrorTask
from waitress.utilities import Error

from caseflow.front.limits import Limits
from caseflow.front.spool import Room, SealedSpool

NO_ROOM: Final = "CASEFLOW_NO_ROOM"
"""The header field by which the application learns that a body was thrown away because too many others are being taken."""
REFUSAL_HEADERS = (
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
)


class Phase(StrEnum):
    """What a connection is waiting for."""

    SILENT = "silent"
    IDLE = "idle"
    HEAD = "head"
    BODY = "body"
    WORK = "work"
    ANSWER = "answer"


class LengthRequired(Error):  # type: ignore[misc]  # waitress publishes no types
    """The body has no announced length. Browsers always announce it, and so does a proxy that buffers."""

    code = 411
    reason = "Length Required"


class Discarded:
    """Stands for a body that is too large: its bytes are counted and thrown away."""

    error = None

    def __init__(self, size: int) -> None:
        self.remain = size

    @property
    def completed(self) -> bool:
        """Whether all of it has arrived."""
        return self.remain == 0

    def received(self, data: bytes) -> int:
        """Count bytes; return how many belonged to the body."""
        taken = min(len(data), self.remain)
        self.remain -= taken
        return taken

    def getfile(self) -> BinaryIO:
        """Return an empty body: the application refuses it by its length."""
        return BytesIO()

    getbuf = getfile


class RequestParser(HTTPRequestParser):  # type: ignore[misc]  # waitress publishes no types
    """Reads a request. A body that is too large is not kept, and one without a length is refused."""

    chunked: bool
    completed: bool
    content_length: int
    path: str
    expect_continue: bool
    headers: dict[str, str]
    body_bytes_received: int

    def parse_header(self, header_plus: bytes) -> None:
        """Parse the first line and the header fields.

        Raises:
            ParsingError: they are no request. Waitress lets a number or an address that Python can't read end the connection.
        """
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            raise ParsingError("unreadable") from error
        self.headers.pop(NO_ROOM, None)
        limits: Limits = self.adj.limits
        room: Room = self.adj.room
        if self.chunked or "TRANSFER_ENCODING" in self.headers:  # waitress leaves it to requests that are not HTTP/1.1
            self.error, self.completed = LengthRequired("Send the body with a Content-Length."), True
        elif self.content_length > limits.largest(self.path):
            self._discard(limits)
        elif self.content_length and not room.has_room(self.content_length):
            self.headers[NO_ROOM] = "yes"
            self._discard(limits)
        elif self.content_length:
            self.body_rcv = FixedStreamReceiver(self.content_length, SealedSpool(self.content_length, room))

    def _discard(self, limits: Limits) -> None:
        """Read the body and throw it away, or do not even read it; the field itself keeps the length that was announced."""
        is_read = self.content_length <= limits.discarded_size and not self.expect_continue
        if not is_read:
            self.headers["CONNECTION"] = "close"
        self.body_rcv = Discarded(self.content_length if is_read else 0)
        self.completed = not is_read
        self.expect_continue = False
        self.content_length = 0


class RefusalTask(ErrorTask):  # type: ignore[misc]  # waitress publishes no types
    """Answers what is no request, in plain text and without repeating any of it."""

    def execute(self) -> None:
        """Write the answer."""
        error = self.request.error
        self.status = f"{error.code} {error.reason}"
        body = f"{self.status}\n".encode()
        self.response_headers.extend(REFUSAL_HEADERS)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Connection(HTTPChannel):  # type: ignore[misc]  # waitress publishes no types
    """One connection of a client."""

    parser_class = RequestParser
    error_task_class = RefusalTask
    request: RequestParser | None
    requests: list[RequestParser]
    will_close: bool
    sent_continue: bool
    total_outbufs_len: int
    connected: bool

    def __init__(self, server: Any, sock: Any, address: Any, adjustments: Any, map: Any = None) -> None:  # noqa: A002 - waitress's name
        self.begun = 0
        """How many requests have begun."""
        self.answered = 0
        """Bytes of the present answer that the client took."""
        self._seen = (Phase.SILENT, 0)
        self._since = time.monotonic()
        super().__init__(server, sock, address, adjustments, map=map)

    def received(self, data: bytes) -> bool:
        """Take one request. What a client sends before it has the answer is dropped, and the connection closed after the answer."""
        with self.requests_lock:
            if self.will_close or self.close_when_flushed or self.requests:
                return False
            if self.request is None:
                self.request = self.parser_class(self.adj)
                self.begun += 1
            request = self.request
            rest = data
            while rest and not request.completed:  # first the head is taken, then the body
                rest = rest[request.received(rest) :]
            if (
                request.expect_continue
                and request.headers_finished
                and not request.completed
                and not self.sent_continue
            ):
                self.send_continue()
            if request.completed:
                self.request, self.sent_continue = None, False
                if request.empty:
                    self.will_close = True
                else:
                    if rest:
                        request.headers["CONNECTION"] = "close"
                    self.requests.append(request)
                    self.server.add_task(self)
        return True

    def readable(self) -> bool:
        """Return whether to wait for bytes. Not once it is closed: the next connection may have the same descriptor already."""
        return bool(self.connected and super().readable())

    def writable(self) -> bool:
        """Return whether to wait until more can be sent."""
        return bool(self.connected and super().writable())

    def send(self, data: bytes, do_close: bool = True) -> int:  # noqa: FBT001, FBT002 - waitress's signature
        """Send, and count what the client took."""
        sent: int = super().send(data, do_close=do_close)
        self.answered += sent
        return sent

    def handle_close(self) -> None:
        """Close the connection, and drop what has arrived of a request: waitress would keep its body."""
        super().handle_close()
        if self.request is not None:
            self.request.close()
            self.request = None

    def service(self) -> None:
        """Answer one request, in a thread."""
        self.answered = 0
        super().service()

    @property
    def phase(self) -> Phase:
        """What it is waiting for now."""
        request = self.request
        if self.requests and self.total_outbufs_len <= self.adj.outbuf_high_watermark:
            return Phase.WORK
        if self.total_outbufs_len:  # also of a file whose next piece waits for the client
            return Phase.ANSWER
        if request is None:
            return Phase.IDLE if self.begun else Phase.SILENT
        return Phase.BODY if request.headers_finished else Phase.HEAD

    def waited(self, now: float) -> float:
        """Return for how many seconds it has been in its phase, as far as was noticed: called once a second."""
        seen = (self.phase, self.begun)
        if seen != self._seen:
            self._seen, self._since = seen, now
        return now - self._since

    def is_overdue(self, now: float, limits: Limits) -> bool:
        """Return whether it has used up the time of its phase. Our own threads may take the time that they need."""
        waited, request = self.waited(now), self.request
        match self._seen[0]:
            case Phase.WORK:
                return False
            case Phase.SILENT:
                return waited > limits.silent
            case Phase.IDLE:
                return waited > limits.idle
            case Phase.HEAD:
                return waited > limits.head
            case Phase.BODY:
                return waited > limits.patience(0 if request is None else request.body_bytes_received)
            case Phase.ANSWER:
                return waited > limits.patience(self.answered)
