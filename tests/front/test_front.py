"""The front over real connections, with limits of a tenth of a second, before an application that repeats what it was sent."""

import select
import socket
from contextlib import ExitStack, contextmanager
from threading import Event, Thread

import pytest
from structlog.testing import capture_logs

from caseflow.front import server
from caseflow.front.limits import Limits
from caseflow.front.server import Front
from tests.local.waiting import HANG_SECONDS, until

QUICK = Limits(
    silent=0.1, idle=0.1, head=0.1, transfer=0.1, slowest=1000, longest=0.2, body_size=1000, discarded_size=5000
)
PATIENT = Limits(silent=HANG_SECONDS, idle=HANG_SECONDS, head=HANG_SECONDS, transfer=HANG_SECONDS)
HEAD = b"POST /echo HTTP/1.1\r\nHost: localhost\r\n"


class Application:
    """Answers with what it was sent; `/large` with ten megabytes; `/wait` when told to."""

    def __init__(self):
        self.seen, self.go_on = [], Event()

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read()
        self.seen.append((environ["PATH_INFO"], environ.get("CONTENT_LENGTH"), body))
        if environ["PATH_INFO"] == "/wait":
            self.go_on.wait(HANG_SECONDS)
        answer = b"x" * 10_000_000 if environ["PATH_INFO"] == "/large" else b"got " + body
        start_response("200 OK", [("Content-Length", str(len(answer)))])
        return [answer]


class Running:
    def __init__(self, limits):
        self.application, self.stop = Application(), Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.front = Front(self.application, [self.listening], threads=2, backlog=500, limits=limits)
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        while not self.stop.is_set():
            self.front.serve(0.02)
        self.front.close()

    @property
    def connections(self):
        return list(self.front.listeners[0].active_channels.values())

    @contextmanager
    def client(self, beginning=b"", **options):
        with socket.socket() as connection:
            for option, value in options.items():
                connection.setsockopt(socket.SOL_SOCKET, getattr(socket, option), value)
            connection.settimeout(HANG_SECONDS)
            connection.connect(self.listening.getsockname())
            connection.sendall(beginning)
            yield connection


@pytest.fixture
def running(monkeypatch):
    monkeypatch.setattr(server, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(server, "LOG_SECONDS", 0.02)
    started = []

    def start(limits):
        started.append(Running(limits))
        return started[-1]

    yield start
    for one in started:
        one.application.go_on.set()
        one.stop.set()
        one.thread.join()


def everything(connection):
    """Return all that comes until the server closes the connection."""
    found = b""
    try:
        while data := connection.recv(65536):
            found += data
    except ConnectionResetError:
        pass
    return found


def answer(connection):
    """Return one answer of the application."""
    found = b""
    while b"\r\n\r\n" not in found:
        found += connection.recv(65536)
    head, _, body = found.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return head, body


@pytest.mark.parametrize(
    ("beginning", "reason"),
    [
        (b"", "silent"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-a: ", "head"),
        (b"G", "head"),
        (HEAD + b"Content-Length: 500\r\n\r\n", "body"),
        (HEAD + b"Content-Length: 500\r\n\r\nhalf", "body"),
        (HEAD + b"Content-Length: 4000\r\n\r\nmore than is kept", "body"),
    ],
)
def test_who_does_not_finish_a_request_is_closed_and_it_is_logged(running, beginning, reason):
    with capture_logs() as logged:
        one = running(QUICK)
        with one.client(beginning) as slow:
            assert everything(slow) == b""
        until(lambda: logged, "the log says so")
    assert logged[0] == {"event": "connections_closed", "log_level": "info", reason: 1}
    assert one.application.seen == []


def test_one_byte_now_and_then_does_not_hold_a_connection(running):
    one = running(QUICK)
    with one.client(HEAD) as slow:
        while not select.select([slow], [], [], 0.02)[0]:  # readable once it is closed
            slow.send(b"X")
        assert everything(slow) == b""
    assert one.application.seen == []


def test_an_answer_that_nobody_reads_is_given_up(running):
    one = running(QUICK)
    with one.client(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n", SO_RCVBUF=4096):
        until(lambda: one.application.seen, "the application was asked")
        until(lambda: not one.connections, "the connection is closed though nothing more fits into it")


def test_what_the_application_works_on_is_not_given_up(running):
    one = running(QUICK)
    with one.client(b"GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n") as patient, one.client() as silent:
        assert everything(silent) == b""
        until(lambda: one.application.seen, "the application was asked")
        one.application.go_on.set()
        assert answer(patient)[1] == b"got "


def test_one_connection_serves_several_requests(running):
    one = running(PATIENT)
    with one.client() as browser:
        for body in (b"first", b"second"):
            browser.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            assert answer(browser)[1] == b"got " + body


def test_head_and_body_in_pieces_are_one_request(running):
    one = running(PATIENT)
    with one.client() as browser:
        for piece in (HEAD[:10], HEAD[10:], b"Content-Length: 6\r\n", b"\r\nabc", b"def"):
            browser.sendall(piece)
        assert answer(browser)[1] == b"got abcdef"


def test_requests_sent_ahead_are_dropped_and_the_connection_closed(running):
    one = running(PATIENT)
    with one.client(b"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n" * 400) as hasty:
        head, _, body = everything(hasty).partition(b"\r\n\r\n")
    assert (body, len(one.application.seen)) == (b"got ", 1)
    assert b"Connection: close" in head


def test_a_body_that_is_too_large_is_read_and_thrown_away_so_that_the_application_can_answer(running):
    one = running(PATIENT.__class__(body_size=1000, discarded_size=100_000))
    with one.client() as browser:
        browser.sendall(HEAD + b"Content-Length: 50000\r\n\r\n" + b"x" * 50_000)
        assert answer(browser)[1] == b"got "
        browser.sendall(HEAD + b"Content-Length: 1000\r\n\r\n" + b"x" * 1000)
        assert answer(browser)[1] == b"got " + b"x" * 1000
    assert [(length, len(body)) for _, length, body in one.application.seen] == [("50000", 0), ("1000", 1000)]


@pytest.mark.parametrize("more", [b"Content-Length: 200000\r\n", b"Expect: 100-continue\r\nContent-Length: 50000\r\n"])
def test_a_body_that_is_far_too_large_is_answered_at_once(running, more):
    one = running(PATIENT.__class__(body_size=1000, discarded_size=100_000))
    with one.client(HEAD + more + b"\r\n") as browser:
        found = everything(browser)
    assert found.startswith(b"HTTP/1.1 200 OK\r\n")
    assert found.endswith(b"got ")
    assert len(one.application.seen) == 1


def test_who_asks_before_sending_a_body_is_told_to_send_it(running):
    one = running(PATIENT)
    with one.client(HEAD + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n") as browser:
        assert browser.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        browser.sendall(b"abc")
        assert answer(browser)[1] == b"got abc"


def test_who_asks_and_sends_the_body_at_once_is_answered(running):
    one = running(PATIENT)
    with one.client(HEAD + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc") as browser:
        assert answer(browser)[1] == b"got abc"


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", b"411 Length Required"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"a" * 20_000, b"431 Request Header Fields Too Large"),
        (b"GET /?" + b"a" * 20_000, b"431 Request Header Fields Too Large"),
        (b"<script>alert(1)</script>\r\n\r\n", b"400 Bad Request"),
        (HEAD + b"Content-Length: -1\r\n\r\n", b"400 Bad Request"),
        (HEAD + b"Content-Length: 1, 2\r\n\r\n", b"400 Bad Request"),
        (HEAD + b"a b: c\r\n\r\n", b"400 Bad Request"),
        (HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", b"400 Bad Request"),
        (b"GET http://[/ HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400 Bad Request"),
        (
            HEAD.replace(b"1.1", b"1.0") + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
            b"411 Length Required",
        ),
    ],
)
def test_what_is_no_request_is_refused_without_repeating_it(running, request_text, status):
    one = running(PATIENT)
    with one.client(request_text) as stranger:
        found = everything(stranger)
    head, _, body = found.partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[0].partition(b" ")[2] == status
    assert b"Content-Security-Policy: default-src 'none'" in head
    assert body == status + b"\n"
    assert one.application.seen == []


def test_when_all_places_are_taken_the_longest_waiting_of_the_largest_crowd_gives_way(running):
    with capture_logs() as logged:
        one = running(PATIENT.__class__(connections=3, silent=HANG_SECONDS, head=HANG_SECONDS))
        with one.client(b"GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n") as worked_for:
            until(lambda: one.application.seen, "the application was asked")
            with one.client() as first, one.client() as second:
                assert everything(first) == b""  # the last free place is always kept
                with one.client(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") as person:
                    assert answer(person)[1] == b"got "
                    assert everything(second) == b""
            one.application.go_on.set()
            assert answer(worked_for)[1] == b"got "
        until(lambda: logged, "the log says so")
    assert sum(line.get("made_room", 0) for line in logged) == 2


def test_many_silent_connections_of_one_client_keep_nobody_out(running):
    one = running(PATIENT.__class__(connections=50, silent=HANG_SECONDS))
    with ExitStack() as crowd:
        for _ in range(300):
            crowd.enter_context(one.client())
        with one.client(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") as person:
            assert answer(person)[1] == b"got "
        assert len(one.connections) <= 50


def test_networks_of_clients():
    of_one_person = {server._network((f"2001:db8:1:2::{number}", 1, 0, 0)) for number in range(9)}
    assert len(of_one_person) == 1
    assert server._network(("192.0.2.1", 1)) != server._network(("192.0.2.2", 1))
    assert server._network(("localhost", None)) == ""


def test_the_end_waits_for_what_has_begun_and_for_nothing_else(running):
    one = running(PATIENT)
    with one.client(b"GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n") as patient, one.client(b"GET") as slow:
        until(lambda: one.application.seen and len(one.connections) == 2, "both are there")
        one.front.stop_accepting()
        assert everything(slow) == b""
        assert one.front.is_busy
        one.application.go_on.set()
        assert answer(patient)[1] == b"got "
        until(lambda: not one.front.is_busy, "nothing is left")
